import { existsSync } from "node:fs";
import { once } from "node:events";
import type { ChildProcess } from "node:child_process";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { Log } from "../log.ts";
import { findBinaries, shippedMajor } from "./binaries.ts";
import { prepareCluster, superuser } from "./cluster.ts";
import { socketFolderPrefix, type Purpose } from "./holder.ts";
import { waitUntilFree } from "./lock.ts";
import type { RunAs } from "./run-as.ts";
import { serverSettings } from "./settings.ts";
import { hasEnded, startServer } from "./start-server.ts";

/** A running embedded server, which `url` reaches as the owner of everything in it. */
export type EmbeddedServer = { readonly url: string; readonly stop: () => Promise<void> };

type Launch = {
  readonly dataFolder: string;
  readonly purpose: Purpose;
  readonly log: Log;
  readonly major?: number;
  /** False for tests only: commits then survive a crash of Muster, but not one of the machine. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
};

const database = "muster";

/** Where the embedded server keeps its files inside a data folder. */
export const directoryIn = (dataFolder: string): string => join(dataFolder, "postgres");

/** Whether a folder holds an embedded database already. */
export const hasDatabase = (dataFolder: string): boolean =>
  existsSync(join(directoryIn(dataFolder), "PG_VERSION"));

export const urlOf = (socketFolder: string, name: string = database): string =>
  `postgres://${superuser}@localhost/${name}?host=${encodeURIComponent(socketFolder)}`;

/**
 * Starts the embedded PostgreSQL in a data folder, which is made when it does not exist.
 * A server that ends by itself is started again on the same socket.
 * @throws DataFolderInUse, or Error with a sentence for the operator.
 */
export const startEmbedded = async ({
  dataFolder,
  purpose,
  log,
  major = shippedMajor,
  durable = true,
  maxConnections = 50,
}: Launch): Promise<EmbeddedServer> => {
  const directory = directoryIn(dataFolder);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await waitUntilFree(directory, { own: false });
  const runAs = await prepareCluster(await findBinaries(major), directory, { durable });
  const socketFolder = await mkdtemp(join(temporaryFolder(runAs), socketFolderPrefix(purpose)));
  const given = {
    directory,
    socketFolder,
    lockFile: join(dataFolder, "postgres.lock"),
    logFile: join(dataFolder, "postgres.log"),
    settings: serverSettings({ socketFolder, durable, maxConnections }),
  };
  const stop = await keepRunning((own) => startServer(runAs, given, { own }), log);
  try {
    await createDatabase(urlOf(socketFolder, "postgres"));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(socketFolder), stop };
};

/** Starts the server, and starts it again whenever it ends by itself. Gives what stops it. */
const keepRunning = async (
  start: (own: boolean) => Promise<ChildProcess>,
  log: Log,
): Promise<() => Promise<void>> => {
  let isStopping = false;
  const watch = (child: ChildProcess): ChildProcess =>
    child.once("exit", () => {
      if (isStopping) return;
      log.error({}, "The embedded PostgreSQL ended by itself and is started again.");
      current = start(true).then(watch);
      current.catch((error: unknown) => {
        log.error({ err: error }, "The embedded PostgreSQL could not be started again.");
      });
    });
  let current = Promise.resolve(watch(await start(false)));
  return async () => {
    isStopping = true;
    const child = await current.catch(() => undefined);
    if (child === undefined || hasEnded(child)) return;
    child.ref();
    const ended = once(child, "exit");
    child.stdin?.end();
    // Its own process group: the supervisor and the server. SIGQUIT ends the server at once, and loses nothing either.
    const impatience = setTimeout(
      () => process.kill(-(child.pid as number), "SIGQUIT"),
      stopPatience,
    );
    await ended;
    clearTimeout(impatience);
  };
};

const stopPatience = 30_000;

// A socket's path may have 107 bytes (103 on macOS), so the data folder is no place for it.
const temporaryFolder = ({ user }: RunAs): string =>
  user === undefined && tmpdir().length <= 40 ? tmpdir() : "/tmp";

const createDatabase = async (url: string): Promise<void> => {
  const client = new Client(url);
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
};
