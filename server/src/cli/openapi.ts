import { Pool } from "pg";
import { composeModules, createApp } from "../app.ts";
import { createLogger } from "../logger.ts";

/** The API's description, as the server serves it at /api/openapi.json. Needs no database. */
export const describeApi = async (): Promise<string> => {
  const logger = createLogger("silent");
  const pool = new Pool();
  const database = { pool, ownerUrl: "postgres:///", isEmbedded: false, close: () => pool.end() };
  const modules = composeModules({ database, url: "http://localhost:3000", logger });
  const app = await createApp(modules, logger);
  const { body } = await app.inject("/api/openapi.json");
  await app.close();
  await database.close();
  return `${JSON.stringify(JSON.parse(body), null, 2)}\n`;
};
