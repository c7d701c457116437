import { setTimeout as sleep } from "node:timers/promises";
import { createSetupLink, ensureAdministrator } from "#access";
import type { Config } from "#config";
import { openDatabase } from "#database";
import type { FastifyBaseLogger } from "fastify";
import { composeModules, createApp, type Edge, type Modules } from "./app.ts";
import { explainListen } from "./explain-listen.ts";

/** A Muster that answers requests. */
export type Serving = {
  /** The link to make the first administrator, while there is no organisation. */
  readonly setupLink: string | undefined;
  /** Accepts nothing new, finishes what runs (for ten seconds at most) and closes the database. */
  readonly stop: () => Promise<void>;
};

/** What has been opened so far; it is closed in the opposite order. */
export type Closing = {
  readonly push: (close: () => Promise<unknown>) => void;
  readonly stop: () => Promise<void>;
};

export const createClosing = (): Closing => {
  const closing: (() => Promise<unknown>)[] = [];
  return {
    push: (close) => {
      closing.push(close);
    },
    stop: async () => {
      while (closing.length > 0) await closing.pop()?.();
    },
  };
};

const patience = 10_000;

/**
 * Opens the database and listens.
 * @throws Error with a sentence for the operator; what was opened is closed again
 */
export const serve = async (config: Config, logger: FastifyBaseLogger): Promise<Serving> => {
  const closing = createClosing();
  try {
    const modules = await openModules(config, logger, closing);
    await listen(modules, { config, logger, closing });
    return { setupLink: await createSetupLink(modules.access), stop: closing.stop };
  } catch (error) {
    await closing.stop();
    throw error;
  }
};

/** Opens the database, migrated, with the administrator that the configuration names, and starts the jobs. */
export const openModules = async (
  config: Config,
  logger: FastifyBaseLogger,
  closing: Closing,
): Promise<Modules> => {
  const { dataFolder, databaseUrl, url, workers } = config;
  const database = await openDatabase({ dataFolder, databaseUrl, log: logger, workers });
  closing.push(database.close);
  const modules = composeModules({ database, url, logger });
  if (config.admin !== undefined)
    await ensureAdministrator(modules.access, {
      ...config.admin,
      because: "Named by MUSTER_ADMIN_EMAIL at the start",
    });
  await modules.jobs.start();
  closing.push(() => modules.jobs.stop());
  return modules;
};

type Listening = {
  readonly config: Config;
  readonly logger: FastifyBaseLogger;
  readonly closing: Closing;
  readonly edge?: Edge;
};

/**
 * Answers requests from now on.
 * @throws Error with a sentence for the operator where the port cannot be had
 */
export const listen = async (
  modules: Modules,
  { config, logger, closing, edge }: Listening,
): Promise<void> => {
  const { port, host, trustedProxies, privateIssuers, metricsToken } = config;
  const known = { trustedProxies, privateIssuers, metricsToken, ...edge };
  const app = await createApp(modules, logger, known);
  closing.push(async () => {
    const deadline = new AbortController();
    const closed = app.close().finally(() => deadline.abort());
    await sleep(patience, undefined, { signal: deadline.signal }).then(
      () => app.server.closeAllConnections(),
      () => {},
    );
    await closed;
  });
  await app.listen({ port, host }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(explainListen(error, config));
  });
};
