import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Log } from "../log.ts";
import { isServerOn, readHolder, type Holder } from "./holder.ts";
import { directoryIn, startEmbedded, urlOf, type EmbeddedServer } from "./launch.ts";
import { DataFolderInUse } from "./lock.ts";

const patience = 60_000;

/**
 * The database of a data folder, for a command: that of the Muster which runs there (and goes on running),
 * or else a server for as long as the command lasts. Comes back when the database answers.
 */
export const joinEmbedded = async (dataFolder: string, log: Log): Promise<EmbeddedServer> => {
  const directory = directoryIn(dataFolder);
  const end = Date.now() + patience;
  for (;;) {
    const holder = await readHolder(directory);
    let obstacle: unknown;
    if (holder !== undefined && (await isMusters(holder, directory))) {
      const url = urlOf(holder.socketFolder);
      obstacle = holder.isReady ? await findObstacle(url) : undefined;
      if (holder.isReady && obstacle === undefined) return { url, stop: async () => {} };
    } else {
      try {
        return await startEmbedded({ dataFolder, purpose: "command", log });
      } catch (error) {
        if (!(error instanceof DataFolderInUse) || Date.now() > end) throw error;
      }
    }
    if (Date.now() > end)
      throw new Error("The running Muster's database does not become ready.", { cause: obstacle });
    await sleep(50);
  }
};

/** Whether a Muster that runs has the server, or is just about to start it again after its loss. */
const isMusters = async ({ serverId, owner }: Holder, directory: string): Promise<boolean> =>
  owner.isAlive &&
  owner.purpose === "serve" &&
  // Elsewhere the owner may be a newer process with a reused id.
  (process.platform === "linux" || (await isServerOn(serverId, directory)));

/** Why one cannot work with a database: a new server is ready before its database is made, a lost one looks ready. */
const findObstacle = async (url: string): Promise<unknown> => {
  const client = new Client(url);
  client.on("error", () => {});
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => {});
  }
};
