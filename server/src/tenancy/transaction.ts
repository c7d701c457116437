import {
  compile,
  connect,
  inDoubt,
  openConversation,
  type Conversation,
  type Query,
  type Statement,
} from "#database";
import type pg from "pg";
import type { EventKind, Subscriptions } from "./events.ts";
import { asId, asOrgId, type OrgId } from "./ids.ts";
import { scopeSettings } from "./scope-binding.ts";
import { boundTenant } from "./tenant-binding.ts";

/**
 * A database transaction bound to one organisation: row-level security shows it that organisation's rows only, and those
 * of one tenant only where the request is about one (`withinTenant`).
 */
export type Transaction = {
  readonly orgId: OrgId;
  /** The moment of this transaction, the same for every row it writes. */
  readonly now: Date;
  /**
   * Runs one statement and gives its rows. Statements that are asked for before any of them is awaited go to the
   * database in one message, in their order, each seeing what the ones before it did.
   */
  run<Row>(statement: Query<Row>): Promise<Row[]>;
  /** Like `run`, for a statement that gives at most one row. */
  first<Row>(statement: Query<Row>): Promise<Row | undefined>;
  /**
   * Keeps a write whose rows nobody awaits for the end, where all of them go to the database with the commit. A function is
   * asked for the write then, so that what comes until then can be part of it.
   */
  defer(write: Query<unknown> | (() => Query<unknown>)): void;
  /** Sends the deferred writes now, because what follows reads them. */
  flush(): Promise<void>;
  /** Tells the event's subscribers, who act inside this transaction. */
  raise<Payload>(kind: EventKind<Payload>, payload: Payload): Promise<void>;
  /**
   * Lets the rest of a transaction bound to a tenant, or to some, see all tenants: a decision about a person concerns every
   * one they have an account in. What the request is about must have been found before. Not for a read.
   */
  seeAllTenants(): Promise<void>;
  /**
   * Does what must see past the limits of somebody's access role (is a number taken, is a recovery over) and nothing
   * that shows them what lies beyond.
   */
  withoutScope<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * Has the statements that follow run as they were planned once, whatever their values, to the end of the transaction (for a
   * read, of the message): for those that an index answers with a row for each value, and that would take longer to plan.
   */
  keepPlans(): void;
  /** For a library that brings its own SQL (pg-boss), so that what it writes is part of this transaction. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Runs after the commit, and not at all after a rollback. */
  afterCommit(action: () => void): void;
};

/** What a statement needs to know of the transaction that it is for; also the place of it, in a prepared one. */
export type InOrganisation = Pick<Transaction, "orgId">;

/** How a transaction is opened. */
export type Opening = {
  readonly hold?: Hold;
  /**
   * Nothing is written and nothing held: then every message is a transaction of its own, in which the database refuses
   * to write, so that a read which asks everything at once is one message.
   */
  readonly isRead?: boolean;
};

/**
 * Something that many transactions may use at once, or one alone: the rules of a connection, say, which every decision
 * reads and an edit changes. Held until the transaction ends: shared with others from the first statement on, alone
 * before the work begins. `key` is a UUID.
 */
export type Hold = { readonly key: string; readonly mode: "shared" | "exclusive" };

/** Opens transactions, each bound to one organisation. */
export type Organisations = {
  /** @throws DatabaseUnavailable, besides what `work` throws */
  within<Result>(
    orgId: OrgId,
    work: (tx: Transaction) => Promise<Result>,
    opening?: Opening,
  ): Promise<Result>;
};

/** Holds several things alone until the transaction ends, in one order, so that two who do cannot deadlock. */
export const holdAlone = (tx: Transaction, keys: readonly string[]): Promise<void> =>
  holdEach(tx, keys, "exclusive");

/** Like `holdAlone`, together with others who do not change them: for who learns on the way what to hold. */
export const holdShared = (tx: Transaction, keys: readonly string[]): Promise<void> =>
  holdEach(tx, keys, "shared");

const holdEach = async (
  tx: Transaction,
  keys: readonly string[],
  mode: Hold["mode"],
): Promise<void> => {
  for (const key of keys.toSorted()) {
    const { text, values } = lock({ key: asId(key), mode });
    await tx.executeSql(text, [...values]);
  }
};

/** Thrown by work that began on what turns out to be otherwise: it is undone, and runs again. */
export class StartAgain extends Error {}

/** Serialization failure, deadlock, a table altered since a statement was prepared: the whole may simply run again. */
const retryable = new Set(["40001", "40P01", "0A000"]);

const mayRunAgain = (error: unknown): boolean =>
  error instanceof StartAgain || retryable.has((error as { code?: string }).code ?? "");

const attempts = 5;

export const createOrganisations = (
  pool: pg.Pool,
  subscriptions: Subscriptions,
): Organisations => ({
  within: async (orgId, work, opening = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runOnce(pool, subscriptions, { orgId: asOrgId(orgId), opening }, work);
      } catch (error) {
        if (attempt === attempts || !mayRunAgain(error)) throw error;
      }
    }
  },
});

type Opened = { readonly orgId: OrgId; readonly opening: Opening };

const runOnce = async <Result>(
  pool: pg.Pool,
  subscriptions: Subscriptions,
  { orgId, opening }: Opened,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> => {
  const isRead = opening.isRead === true;
  const client = await connect(pool);
  const conversation = openConversation(
    client,
    isRead ? frameOfRead(orgId) : frameOfWrite(orgId, opening),
  );
  let broken: Error | undefined;
  try {
    const { tx, commit, afterCommit } = bind(conversation, subscriptions, { orgId, isRead });
    if (opening.hold?.mode === "exclusive") await conversation.run(lock(opening.hold));
    const result = await work(tx);
    if (!isRead) await commit();
    for (const action of afterCommit) action();
    return result;
  } catch (error) {
    await conversation.end();
    if (isRead ? conversation.hasFailed() : conversation.isUsed())
      await client.query("rollback").catch((failure: Error) => {
        broken = failure;
      });
    throw error;
  } finally {
    await conversation.end();
    client.release(broken);
  }
};

const begin: Statement = { text: "begin", values: [] };
const beginRead: Statement = { text: "begin read only", values: [] };
const keepPlans: Statement = { text: "set local plan_cache_mode = force_generic_plan", values: [] };
const commitStatement: Statement = { text: "commit", values: [] };

/** SET takes no parameters, and `set_config` would not reach the workers of Citus; what is written here are UUIDs. */
const setLocal = (setting: "app.org" | "app.tenant", id: string): Statement => ({
  text: `set local ${setting} = '${asId(id)}'`,
  values: [],
  isBinding: true,
});

const bindTo = (orgId: OrgId): Statement[] => {
  const tenantId = boundTenant();
  return [
    setLocal("app.org", orgId),
    ...(tenantId === undefined ? [] : [setLocal("app.tenant", tenantId)]),
    ...scopeSettings().map(({ bind: text }) => oneOff(text)),
  ];
};

const oneOff = (text: string): Statement => ({ text, values: [], isOneOff: true });

const frameOfRead = (orgId: OrgId) => ({
  before: [beginRead, ...bindTo(orgId)],
  behind: [commitStatement],
});

const frameOfWrite = (orgId: OrgId, { hold }: Opening) => ({
  opening: [begin, ...bindTo(orgId), ...(hold?.mode === "shared" ? [lock(hold)] : [])],
});

const lock = ({ key, mode }: Hold): Statement => {
  const take = mode === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  return { text: `select ${take}(hashtextextended($1, 0))`, values: [key] };
};

/** What part of the work no longer waits for fails with the rest, and is told there. */
const tolerate = <Value>(promise: Promise<Value>): Promise<Value> => {
  promise.catch(() => {});
  return promise;
};

type Bound = { readonly orgId: OrgId; readonly isRead: boolean };

const bind = (
  conversation: Conversation,
  subscriptions: Subscriptions,
  { orgId, isRead }: Bound,
) => {
  let deferred: (Query<unknown> | (() => Query<unknown>))[] = [];
  let now: Date | undefined;
  /** Those that hold still. */
  let limits = scopeSettings();
  const afterCommit: (() => void)[] = [];
  const run = <Row>(statement: Query<Row>): Promise<Row[]> =>
    tolerate(conversation.run(compile(statement)).then(({ rows }) => rows as Row[]));
  const tx: Transaction = {
    orgId,
    get now() {
      return (now ??= new Date());
    },
    run,
    first: (statement) => tolerate(run(statement).then(([row]) => row)),
    defer: (write) => {
      if (isRead) throw new Error("a read writes nothing");
      deferred.push(write);
    },
    flush: async () => {
      const writes = deferred;
      deferred = [];
      await Promise.all(writes.map((write) => run(typeof write === "function" ? write() : write)));
    },
    raise: async (kind, payload) => {
      for (const handler of subscriptions.handlersOf(kind)) await handler(tx, payload);
    },
    seeAllTenants: async () => {
      if (boundTenant() !== undefined) await conversation.run(oneOff("set local app.tenant = ''"));
      for (const { isOfTenants, loosen } of limits)
        if (isOfTenants) await conversation.run(oneOff(loosen));
      limits = limits.filter(({ isOfTenants }) => !isOfTenants);
    },
    withoutScope: async (work) => {
      for (const { loosen } of limits) await conversation.run(oneOff(loosen));
      const result = await work();
      for (const { bind: again } of limits) await conversation.run(oneOff(again));
      return result;
    },
    keepPlans: () => {
      void tolerate(conversation.run(keepPlans));
    },
    executeSql: (text, values = []) => conversation.run({ text, values, isOneOff: true }),
    afterCommit: (action) => {
      afterCommit.push(action);
    },
  };
  const commit = async (): Promise<void> => {
    if (deferred.length === 0 && !conversation.isUsed()) return;
    let tag: string;
    try {
      [, { tag }] = await Promise.all([tx.flush(), conversation.run(commitStatement)]);
    } catch (error) {
      throw inDoubt(error);
    }
    // After a failure that nobody looked at, the database rolls back and calls that a success.
    if (tag !== "COMMIT") throw new Error(`the transaction ended with ${tag}, not with COMMIT`);
  };
  return { tx, commit, afterCommit };
};
