import { execute, query, type Query } from "#database";
import type pg from "pg";
import type { EventKind, Subscriptions } from "./events.ts";
import { asId, asOrgId, type OrgId } from "./ids.ts";
import { boundTenant } from "./tenant-binding.ts";

/**
 * A database transaction bound to one organisation: row-level security shows it that organisation's rows only, and those
 * of one tenant only where the request is about one (`withinTenant`).
 */
export type Transaction = {
  readonly orgId: OrgId;
  /** The moment of this transaction, the same for every row it writes. */
  readonly now: Date;
  /** The rows of the query that was part of the opening message. */
  readonly opened: readonly Record<string, unknown>[];
  /** Runs one statement and gives its rows. */
  run<Row>(statement: Query<Row>): Promise<Row[]>;
  /** Like `run`, for a statement that gives at most one row. */
  first<Row>(statement: Query<Row>): Promise<Row | undefined>;
  /** Keeps a write whose rows nobody awaits for the end, where all of them go to the database as one statement. */
  defer(write: Query<unknown>): void;
  /** Sends the deferred writes now, because what follows reads them. */
  flush(): Promise<void>;
  /** Tells the event's subscribers, who act inside this transaction. */
  raise<Payload>(kind: EventKind<Payload>, payload: Payload): Promise<void>;
  /**
   * Lets the rest of a transaction bound to a tenant see all tenants: a decision about a person concerns every one they
   * have an account in. What the request is about must have been found before.
   */
  seeAllTenants(): Promise<void>;
  /** For a library that brings its own SQL (pg-boss), so that what it writes is part of this transaction. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Runs after the commit, and not at all after a rollback. */
  afterCommit(action: () => void): void;
};

/** What else the message that opens a transaction does. */
export type Opening = {
  readonly hold?: Hold;
  /** A query without parameters (only validated ids and hex digits may be written into it); its rows are `tx.opened`. */
  readonly read?: string;
};

/**
 * Something that many transactions may use at once, or one alone: the rules of a connection, say, which every decision
 * reads and an edit changes. Held until the transaction ends. `key` is a UUID.
 */
export type Hold = { readonly key: string; readonly mode: "shared" | "exclusive" };

/** Opens transactions, each bound to one organisation. */
export type Organisations = {
  within<Result>(
    orgId: OrgId,
    work: (tx: Transaction) => Promise<Result>,
    opening?: Opening,
  ): Promise<Result>;
};

/** Holds several things alone until the transaction ends, in one order, so that two who do cannot deadlock. */
export const holdAlone = async (tx: Transaction, keys: readonly string[]): Promise<void> => {
  for (const key of keys.toSorted())
    await tx.executeSql("select pg_advisory_xact_lock(hashtextextended($1, 0))", [asId(key)]);
};

/** Serialization failure, deadlock: the whole transaction may simply run again. */
const retryable = new Set(["40001", "40P01"]);
const attempts = 5;

export const createOrganisations = (
  pool: pg.Pool,
  subscriptions: Subscriptions,
): Organisations => ({
  within: async (orgId, work, alsoOpen = {}) => {
    const opening = openingStatements(orgId, alsoOpen);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runOnce(pool, subscriptions, { orgId, opening }, work);
      } catch (error) {
        if (attempt === attempts || !retryable.has((error as { code?: string }).code ?? ""))
          throw error;
      }
    }
  },
});

/** One message. SET takes no parameters; what is written into it are validated UUIDs. */
const openingStatements = (orgId: OrgId, { hold, read }: Opening): string => {
  const statements = [`begin; set local app.org = '${asOrgId(orgId)}'`];
  const tenantId = boundTenant();
  if (tenantId !== undefined) statements.push(`set local app.tenant = '${asId(tenantId)}'`);
  if (hold !== undefined) {
    const lock = hold.mode === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
    statements.push(`select ${lock}(hashtextextended('${asOrgId(hold.key)}', 0))`);
  }
  if (read !== undefined) statements.push(read);
  return statements.join("; ");
};

const runOnce = async <Result>(
  pool: pg.Pool,
  subscriptions: Subscriptions,
  { orgId, opening }: { orgId: OrgId; opening: string },
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const results: unknown = await client.query(opening);
    const opened = (results as pg.QueryResult[]).at(-1)?.rows ?? [];
    const { tx, afterCommit } = bind(client, subscriptions, { orgId, opened });
    const result = await work(tx);
    await tx.flush();
    await client.query("commit");
    for (const action of afterCommit) action();
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
};

const bind = (
  client: pg.PoolClient,
  subscriptions: Subscriptions,
  { orgId, opened }: Pick<Transaction, "orgId" | "opened">,
) => {
  let deferred: Query<unknown>[] = [];
  const afterCommit: (() => void)[] = [];
  const tx: Transaction = {
    orgId,
    opened,
    now: new Date(),
    run: (statement) => execute(client, statement),
    first: async (statement) => (await execute(client, statement))[0],
    defer: (write) => {
      deferred.push(write);
    },
    flush: async () => {
      const [only, ...others] = deferred;
      deferred = [];
      if (only === undefined) return;
      await execute(client, others.length === 0 ? only : asOneStatement([only, ...others]));
    },
    raise: async (kind, payload) => {
      for (const handler of subscriptions.handlersOf(kind)) await handler(tx, payload);
    },
    seeAllTenants: async () => {
      if (boundTenant() !== undefined) await client.query("set local app.tenant = ''");
    },
    executeSql: (text, values) => client.query(text, values),
    afterCommit: (action) => {
      afterCommit.push(action);
    },
  };
  return { tx, afterCommit };
};

/** `with w0 as (insert …), w1 as (update …) select`: one message, one snapshot; foreign keys are checked at its end. */
const asOneStatement = (writes: Query<unknown>[]): Query<unknown> => {
  let builder = query as unknown as WithBuilder;
  for (const [index, write] of writes.entries()) builder = builder.with(`w${index}`, () => write);
  return builder.selectNoFrom([]);
};

type WithBuilder = {
  with(name: string, expression: () => Query<unknown>): WithBuilder;
  selectNoFrom(selections: never[]): Query<unknown>;
};
