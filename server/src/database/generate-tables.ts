import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import { generate, PostgresDialect as DescribedDialect } from "kysely-codegen";
import { Pool } from "pg";
import { startEmbedded } from "./embedded/index.ts";
import { migrate } from "./migrate.ts";

/** The committed interfaces of all tables, as the executor's queries see them. */
export const tablesFile = join(import.meta.dirname, "tables.generated.ts");

/** Writes the interfaces of a migrated database's tables as TypeScript, with camelCase names. */
export const describeTables = async (url: string): Promise<string> => {
  const pool = new Pool({ connectionString: url, max: 1 });
  // It says that it has ended before its connections are closed: one of them may still hear that the server stops.
  pool.on("error", () => {});
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await generate({
      db,
      dialect: new DescribedDialect({ dateParser: "string" }),
      camelCase: true,
      excludePattern: "schema_migrations",
      typeOnlyImports: true,
      // Left out, it would be a file inside the package.
      outFile: null,
    });
  } finally {
    await db.destroy();
  }
};

const main = async (): Promise<void> => {
  const dataFolder = await mkdtemp(join(tmpdir(), "muster-tables-"));
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const server = await startEmbedded({ dataFolder, purpose: "command", log, durable: false });
  try {
    await migrate(server.url);
    await writeFile(tablesFile, await describeTables(server.url));
  } finally {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
};

if (import.meta.main) await main();
