import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";
import { findBinaries, shippedMajor } from "./binaries.ts";
import { prepareCluster, superuser } from "./cluster.ts";
import { readHolder, socketFolderPrefix, type Purpose } from "./holder.ts";
import { DataFolderInUse, waitUntilFree } from "./lock.ts";
import type { RunAs } from "./run-as.ts";
import { serverSettings } from "./settings.ts";
import { lockedCode, superviseServer } from "./supervise.ts";

/** A running embedded server, which `url` reaches as the owner of everything in it. */
export type EmbeddedServer = { readonly url: string; stop(): Promise<void> };

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
const lockAttempts = 100;

/** Where the embedded server keeps its files inside a data folder. */
export const directoryIn = (dataFolder: string): string => join(dataFolder, "postgres");

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
  const logFile = join(dataFolder, "postgres.log");

  const launch = async (own: boolean): Promise<ChildProcess> => {
    for (let attempt = 1; ; attempt += 1) {
      await waitUntilFree(directory, { own });
      await mkdir(socketFolder, { recursive: true, mode: 0o700 });
      if (runAs.user) await chown(socketFolder, runAs.user.uid, runAs.user.gid);
      const child = await superviseServer(runAs, {
        ...{ directory, socketFolder, logFile },
        lockFile: join(dataFolder, "postgres.lock"),
        settings: serverSettings({ socketFolder, durable, maxConnections }),
      });
      const code = await untilReady(child, directory, socketFolder);
      if (code === undefined) return child;
      await rm(socketFolder, { recursive: true, force: true });
      // Locked, and yet no server to be seen: one that just starts or stops, or one in another container.
      if (code !== lockedCode) throw new Error(await describeFailure(code, logFile));
      if (attempt === lockAttempts) throw new DataFolderInUse("perhaps in another container");
      await sleep(100);
    }
  };

  let stopping = false;
  let child = await launch(false);
  const keepRunning = (): void => {
    child.once("exit", () => {
      if (!stopping) void restart();
    });
  };
  const restart = async (): Promise<void> => {
    log.error({ logFile }, "The embedded PostgreSQL ended by itself and is started again.");
    try {
      child = await launch(true);
      if (stopping) child.stdin?.end();
      keepRunning();
    } catch (error) {
      log.error({ err: error }, "The embedded PostgreSQL could not be started again.");
    }
  };
  keepRunning();
  const stop = async (): Promise<void> => {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const ended = once(child, "exit");
    child.stdin?.end();
    await ended;
  };
  try {
    await createDatabase(urlOf(socketFolder, "postgres"));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(socketFolder), stop };
};

/** Gives undefined when the server takes connections, and its exit code when it has ended instead. */
const untilReady = async (
  child: ChildProcess,
  directory: string,
  socketFolder: string,
): Promise<number | undefined> => {
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  const poll = async (): Promise<number | undefined> => {
    for (;;) {
      if (child.exitCode !== null) return child.exitCode;
      if (child.signalCode !== null) return 1;
      const holder = await readHolder(directory);
      if (holder?.socketFolder === socketFolder && holder.isReady) break;
      await sleep(10);
    }
    // From here on the child alone keeps no process running; its end of the pipe closes with ours.
    child.unref();
    (child.stdin as unknown as { unref(): void }).unref();
    return undefined;
  };
  return Promise.race([poll(), failed]);
};

// A socket's path may have 107 bytes (103 on macOS), so the data folder is no place for it.
const temporaryFolder = ({ user }: RunAs): string =>
  user === undefined && tmpdir().length <= 40 ? tmpdir() : "/tmp";

const describeFailure = async (code: number, logFile: string): Promise<string> => {
  const lines = (await readFile(logFile, "utf8").catch(() => "")).trim().split("\n").slice(-5);
  return [
    `The embedded PostgreSQL did not start (exit code ${code}). The end of ${logFile}:`,
    ...lines,
  ].join("\n");
};

const createDatabase = async (url: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
};
