import { setTimeout as sleep } from "node:timers/promises";
import { createSetupLink, ensureAdministrator } from "#access";
import type { Config } from "#config";
import { openDatabase } from "#database";
import type { FastifyBaseLogger } from "fastify";
import { composeModules, createApp } from "./app.ts";
import { explainListen } from "./explain-listen.ts";

/** A Muster that answers requests. */
export type Serving = {
  /** The link to make the first administrator, while there is no organisation. */
  readonly setupLink: string | undefined;
  /** Accepts nothing new, finishes what runs (for ten seconds at most) and closes the database. */
  readonly stop: () => Promise<void>;
};

const patience = 10_000;

/**
 * Opens the database and listens.
 * @throws Error with a sentence for the operator; what was opened is closed again
 */
export const serve = async (config: Config, logger: FastifyBaseLogger): Promise<Serving> => {
  const { dataFolder, databaseUrl, url, port, host } = config;
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    while (closing.length > 0) await closing.pop()?.();
  };
  try {
    const database = await openDatabase({ dataFolder, databaseUrl, log: logger });
    closing.push(database.close);
    const modules = composeModules({ database, url, logger });
    if (config.admin !== undefined)
      await ensureAdministrator(modules.access, {
        ...config.admin,
        because: "Named by MUSTER_ADMIN_EMAIL at the start",
      });
    await modules.jobs.start();
    closing.push(() => modules.jobs.stop());
    const app = await createApp(modules, logger, config);
    closing.push(async () => {
      const deadline = new AbortController();
      const closed = app.close().finally(() => deadline.abort());
      await sleep(patience, undefined, { signal: deadline.signal }).then(
        () => app.server.closeAllConnections(),
        () => {},
      );
      await closed;
    });
    const setupLink = await createSetupLink(modules.access);
    await app.listen({ port, host }).catch((error: NodeJS.ErrnoException) => {
      throw new Error(explainListen(error, config));
    });
    return { setupLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
