import type { Config } from "#config";
import { joinDatabase } from "#database";
import { composeModules, type Modules } from "../app.ts";
import { createLogger } from "../logger.ts";

/** Works with the modules on the configured database, whether a server runs on it or not. */
export const withModules = async <Result>(
  { dataFolder, databaseUrl, url }: Config,
  work: (modules: Modules) => Promise<Result>,
): Promise<Result> => {
  const logger = createLogger("warn");
  const database = await joinDatabase({ dataFolder, databaseUrl, log: logger });
  try {
    return await work(composeModules({ database, url, logger }));
  } finally {
    await database.close();
  }
};
