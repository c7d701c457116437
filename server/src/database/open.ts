import { once } from "node:events";
import { Pool, types } from "pg";
import { joinEmbedded, startEmbedded, type EmbeddedServer } from "./embedded/index.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrate.ts";
import { prepareRole, verifyRole } from "./roles.ts";

export type Database = {
  /** Connections as a role that cannot bypass row-level security: what the product works with. */
  readonly pool: Pool;
  /** Connects as the owner of the tables, for migrations and for pg-boss. */
  readonly ownerUrl: string;
  readonly isEmbedded: boolean;
  readonly close: () => Promise<void>;
};

type Place = {
  /** How many processes will work with it; one unless told otherwise. */
  readonly workers?: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly log: Log;
};

/**
 * Opens the database for the server, migrated: the one at `databaseUrl`, or else the embedded one of the data folder.
 * @throws DataFolderInUse when another Muster serves from the folder, or Error with a sentence for the operator.
 */
export const openDatabase = (place: Place): Promise<Database> =>
  open(place, () =>
    startEmbedded({
      dataFolder: place.dataFolder,
      purpose: "serve",
      log: place.log,
      maxConnections: connectionsFor(place.workers ?? 1),
    }),
  );

/** Each process has a pool and a few more for its jobs; commands and backups find some too. */
const connectionsFor = (workers: number): number => 25 + 25 * workers;

/** Opens a database that another process of this Muster has opened and keeps open. */
export const attachDatabase = async (ownerUrl: string, log: Log): Promise<Database> => ({
  ...(await openPool(ownerUrl, log)),
  ownerUrl,
  isEmbedded: false,
});

/** Opens the same database for a command, also while a server runs on it. */
export const joinDatabase = (place: Place): Promise<Database> =>
  open(place, () => joinEmbedded(place.dataFolder, place.log));

const open = async (
  { databaseUrl, log }: Place,
  startOrJoin: () => Promise<EmbeddedServer>,
): Promise<Database> => {
  const server = databaseUrl === undefined ? await startOrJoin() : undefined;
  const ownerUrl = databaseUrl ?? (server as EmbeddedServer).url;
  try {
    const applied = await migrate(ownerUrl);
    if (applied.length > 0) log.info({ applied }, "The database was migrated.");
    const { pool, close } = await openPool(ownerUrl, log);
    return {
      pool,
      ownerUrl,
      isEmbedded: server !== undefined,
      close: async () => {
        await close();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
};

const statementTimeout = 30_000;
const idleInTransactionTimeout = 60_000;

/**
 * A pool on a migrated database whose connections cannot bypass row-level security.
 * @throws Error with a sentence when the server offers no such role.
 */
export const openPool = async (
  ownerUrl: string,
  log: Log,
): Promise<Pick<Database, "pool" | "close">> => {
  const role = await prepareRole(ownerUrl);
  const { url, options } = takeOptions(ownerUrl);
  const settings = {
    role,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: idleInTransactionTimeout,
  };
  const pool = new Pool({
    connectionString: url,
    application_name: "muster",
    connectionTimeoutMillis: 5000,
    max: 20,
    types: { getTypeParser },
    options: [options, ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)]
      .filter((option) => option !== "")
      .join(" "),
  });
  const connections = new Set<unknown>();
  pool.on("connect", (client) => {
    connections.add(client);
    // Whoever uses the connection learns of it from their statement; without a listener the process would end.
    client.on("error", () => {});
  });
  pool.on("remove", (client) => connections.delete(client));
  // Without a listener, a connection that breaks while it is idle ends the process.
  pool.on("error", (error) => log.warn({ err: error }, "An idle database connection was lost."));
  try {
    await verifyRole(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { pool, close: () => endPool(pool, connections) };
};

const goodbyePatience = 2000;

/** Ends a pool and waits for the ends of its connections, which `end` does not: a server stopped before them calls them lost. */
const endPool = async (pool: Pool, connections: ReadonlySet<unknown>): Promise<void> => {
  const signal = AbortSignal.timeout(goodbyePatience);
  await pool.end();
  while (connections.size > 0 && !signal.aborted)
    await once(pool, "remove", { signal }).catch(() => {});
};

// A date has no time zone, and stays the text it is; a Date would be another day west of here.
const isDate = (oid: number): boolean => oid === (types.builtins.DATE as number);
const getTypeParser: typeof types.getTypeParser = (oid, format) =>
  isDate(oid) ? String : types.getTypeParser(oid, format);

// An `options` in the URL would win over ours, and ours name the role.
const takeOptions = (ownerUrl: string): { url: string; options: string } => {
  const url = new URL(ownerUrl);
  const options = url.searchParams.get("options") ?? "";
  url.searchParams.delete("options");
  return { url: url.href, options };
};
