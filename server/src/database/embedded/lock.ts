import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isServerOn, readHolder } from "./holder.ts";

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
  for (;;) {
    const holder = await readHolder(directory);
    if (holder === undefined) return;
    if (!(await isServerOn(holder.serverId, directory))) {
      await rm(join(directory, "postmaster.pid"), { force: true });
      return;
    }
    const isOrphan = !holder.owner.isAlive || (own && holder.owner.id === process.pid);
    if (isOrphan) process.kill(holder.serverId, "SIGINT");
    else if (holder.owner.purpose === "serve" || Date.now() > end)
      throw new DataFolderInUse(`process ${holder.owner.id}`);
    if (Date.now() > end)
      throw new Error(`The database server ${holder.serverId} on ${directory} does not stop.`);
    await sleep(100);
  }
};
