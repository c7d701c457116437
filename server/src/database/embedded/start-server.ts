import type { ChildProcess } from "node:child_process";
import { chown, mkdir, readFile, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { readHolder } from "./holder.ts";
import { DataFolderInUse, waitUntilFree } from "./lock.ts";
import type { RunAs } from "./run-as.ts";
import { lockedCode, superviseServer, type Supervised } from "./supervise.ts";

const lockAttempts = 100;

/**
 * Starts the server and waits until it takes connections. `own` is true when it is started again after its loss.
 * @throws DataFolderInUse, or Error with the end of the server's log.
 */
export const startServer = async (
  runAs: RunAs,
  given: Supervised,
  { own }: { own: boolean },
): Promise<ChildProcess> => {
  try {
    for (let attempt = 1; attempt <= lockAttempts; attempt += 1) {
      await waitUntilFree(given.directory, { own });
      await mkdir(given.socketFolder, { recursive: true, mode: 0o700 });
      if (runAs.user) await chown(given.socketFolder, runAs.user.uid, runAs.user.gid);
      const child = await superviseServer(runAs, given);
      const code = await untilReady(child, given);
      if (code === undefined) return letGo(child);
      if (code !== lockedCode) throw new Error(await describeFailure(code, given.logFile));
      // Locked, and yet no server to be seen: one that just starts or stops, or one in another container.
      await sleep(100);
    }
    throw new DataFolderInUse("perhaps in another container");
  } catch (error) {
    await rm(given.socketFolder, { recursive: true, force: true });
    throw error;
  }
};

/** Gives undefined when the server takes connections, and its exit code when it has ended instead. */
const untilReady = async (
  child: ChildProcess,
  { directory, socketFolder }: Supervised,
): Promise<number | undefined> => {
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  const poll = async (): Promise<number | undefined> => {
    for (;;) {
      if (hasEnded(child)) return child.exitCode ?? -1;
      const holder = await readHolder(directory);
      if (holder?.socketFolder === socketFolder && holder.isReady) return undefined;
      await sleep(10);
    }
  };
  return Promise.race([poll(), failed]);
};

export const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

/** Lets our process end by itself: the server's pipe ends with it. */
const letGo = (child: ChildProcess): ChildProcess => {
  child.unref();
  (child.stdin as Socket | null)?.unref();
  return child;
};

const describeFailure = async (code: number, logFile: string): Promise<string> => {
  const log = await readFile(logFile, "utf8").catch(() => "");
  return [
    `The embedded PostgreSQL did not start (exit code ${code}). The end of ${logFile}:`,
    ...log.trim().split("\n").slice(-5),
  ].join("\n");
};
