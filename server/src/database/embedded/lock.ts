import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isServerOn, readHolder, type Holder } from "./holder.ts";

/** Another Muster process uses the data folder. The message tells the operator what to do. */
export class DataFolderInUse extends Error {
  constructor(owner: string) {
    super(
      `Muster is already running on this data folder (${owner}). ` +
        "Stop it, or set MUSTER_DATA to another folder.",
    );
    this.name = "DataFolderInUse";
  }
}

const patience = 60_000;

/**
 * Comes back when no server is left on the directory: waits for a command that uses it to end, and stops
 * a server whose Muster is gone. `own` is true when we look for a server that we started and lost.
 * @throws DataFolderInUse when a Muster process serves from it.
 */
export const waitUntilFree = async (
  directory: string,
  { own }: { own: boolean },
): Promise<void> => {
  const end = Date.now() + patience;
  let orphan: Holder | undefined;
  for (;;) {
    const holder = await readHolder(directory);
    if (holder === undefined || !(await isServerOn(holder.serverId, directory))) {
      // On Linux the supervisor removes a left-over postmaster.pid, with the lock in hand.
      if (process.platform !== "linux")
        await rm(join(directory, "postmaster.pid"), { force: true });
      if (orphan) await rm(orphan.socketFolder, { recursive: true, force: true });
      return;
    }
    const isOrphan = !holder.owner.isAlive || (own && holder.owner.id === process.pid);
    if (isOrphan) {
      orphan = holder;
      stopServer(holder.serverId);
    } else if (holder.owner.purpose === "serve" || Date.now() > end)
      throw new DataFolderInUse(`process ${holder.owner.id}`);
    if (Date.now() > end)
      throw new Error(`The database server ${holder.serverId} on ${directory} does not stop.`);
    await sleep(100);
  }
};

/** PostgreSQL's fast shutdown. */
const stopServer = (id: number): void => {
  try {
    process.kill(id, "SIGINT");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
};
