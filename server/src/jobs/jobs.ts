import { asOwner, inSchemaTransaction, type Database, type Log } from "#database";
import { PgBoss } from "pg-boss";

/** A kind of job: a queue of its own, with data of one shape. */
export type JobKind<Data extends object> = { readonly name: string; readonly data?: Data };

export const defineJob = <Data extends object>(name: string): JobKind<Data> => ({ name });

/** Whoever runs SQL: a transaction, so that the job is there exactly if the transaction commits. */
type SqlRunner = { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> };

export type Jobs = {
  /** Says who does jobs of a kind; before `start`. A handler may run twice, so it goes on from what it finds done. */
  handle<Data extends object>(kind: JobKind<Data>, handler: (data: Data) => Promise<void>): void;
  /** Like `handle`, for what is done once a minute, by one of the nodes. */
  handleEveryMinute(kind: JobKind<object>, handler: () => Promise<void>): void;
  start(): Promise<void>;
  send<Data extends object>(tx: SqlRunner, kind: JobKind<Data>, data: Data): Promise<void>;
  /** Lets running jobs finish; what is left stays in the queue for the next start. */
  stop(): Promise<void>;
};

/** A worker that dies stops beating, and its job goes to another after this many seconds. */
const heartbeatSeconds = 10;
/** So often it is looked whether one has died. pg-boss would look once a minute, and half a rule edit would wait. */
const watchSeconds = 5;

/** A notice of one job can be taken for that of another that came right before; without this it would lie for 30 seconds. */
const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };

type Options = {
  /** Other processes do the jobs; this one puts them into queues that those have made. */
  readonly sendsOnly?: boolean;
};

export const createJobs = (
  database: Database,
  log: Log,
  { sendsOnly = false }: Options = {},
): Jobs => {
  const boss = new PgBoss({
    connectionString: database.ownerUrl,
    application_name: "muster jobs",
    max: sendsOnly ? 1 : 3,
    useListenNotify: !sendsOnly,
    ...(sendsOnly && { supervise: false, schedule: false, migrate: false }),
    superviseIntervalSeconds: watchSeconds,
    monitorIntervalSeconds: watchSeconds,
  });
  // pg-boss comes back from stopping before its connections have ended, and tells of each that the database ends first.
  let isStopped = false;
  boss.on("error", (error) => {
    if (!isStopped) log.warn({ err: error }, "A background job query failed; it is tried again.");
  });
  const handlers = new Map<string, (data: object) => Promise<void>>();
  const everyMinute = new Set<string>();
  return {
    handle: (kind, handler) => {
      handlers.set(kind.name, handler as (data: object) => Promise<void>);
    },
    handleEveryMinute: (kind, handler) => {
      handlers.set(kind.name, handler);
      everyMinute.add(kind.name);
    },
    start: async () => {
      await boss.start();
      if (sendsOnly) return;
      for (const [name, handler] of handlers) {
        await boss.createQueue(name, {
          retryLimit: 20,
          retryDelay: 1,
          retryBackoff: true,
          heartbeatSeconds,
          notify: true,
        });
        await boss.work<object>(name, polling, async (jobs) => {
          for (const job of jobs) await handler(job.data);
        });
        if (everyMinute.has(name)) await boss.schedule(name, "* * * * *");
      }
      await allowSending(database.ownerUrl);
    },
    send: async (tx, kind, data) => {
      await boss.send(kind.name, data, { db: tx });
    },
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 10_000 });
      isStopped = true;
    },
  };
};

/** The product's role may put jobs into the queue inside its own transactions. Two nodes that grant at once would fail. */
const allowSending = (ownerUrl: string): Promise<unknown> =>
  asOwner(ownerUrl, (client) =>
    inSchemaTransaction(client, () =>
      client.query(`do $$ begin
        if exists (select from pg_roles where rolname = 'muster_app') then
          grant usage on schema pgboss to muster_app;
          grant select, insert, update, delete on all tables in schema pgboss to muster_app;
          grant execute on all functions in schema pgboss to muster_app;
        end if;
      end $$`),
    ),
  );
