import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import { isServerOn, readHolder } from "./holder.ts";
import { directoryIn, startEmbedded, urlOf, type EmbeddedServer } from "./launch.ts";
import { DataFolderInUse } from "./lock.ts";

const patience = 60_000;

/**
 * The database of a data folder, for a command: that of the Muster which runs there (and goes on running),
 * or else a server for as long as the command lasts.
 */
export const joinEmbedded = async (dataFolder: string, log: Log): Promise<EmbeddedServer> => {
  const end = Date.now() + patience;
  for (;;) {
    const holder = await readHolder(directoryIn(dataFolder));
    const isServing =
      holder?.owner.isAlive === true &&
      holder.owner.purpose === "serve" &&
      (await isServerOn(holder.serverId, directoryIn(dataFolder)));
    if (isServing && holder.isReady)
      return { url: urlOf(holder.socketFolder), stop: async () => {} };
    try {
      if (!isServing) return await startEmbedded({ dataFolder, purpose: "command", log });
    } catch (error) {
      if (!(error instanceof DataFolderInUse) || Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error("The running Muster's database does not become ready.");
    await sleep(50);
  }
};
