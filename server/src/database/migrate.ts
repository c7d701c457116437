import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";
import { asOwner } from "./owner.ts";

type Migration = {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
};

/** The product's migrations. */
export const migrationsFolder = join(import.meta.dirname, "../../migrations");

/** The advisory lock under which the schema and its privileges change, the same on every node. */
const schemaLock = "select pg_advisory_xact_lock(hashtextextended('muster schema', 0))";

/**
 * Brings a database up to date: applies each `NNNN_name.sql` that it has not had, in its own transaction.
 * Several nodes may do this at once. Gives the names of those applied.
 * @throws Error with a sentence when an applied file has changed, or is missing because a newer Muster applied it.
 */
export const migrate = async (
  url: string,
  folder: string = migrationsFolder,
): Promise<string[]> => {
  const migrations = await readMigrations(folder);
  return asOwner(url, async (client) => {
    await inSchemaTransaction(client, async () => {
      await client.query(`create table if not exists schema_migrations (
        id int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
      await refuseStrangers(client, migrations);
    });
    const applied: string[] = [];
    for (const migration of migrations)
      if (await apply(client, migration)) applied.push(migration.name);
    return applied;
  });
};

const readMigrations = async (folder: string): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const migrations: Migration[] = [];
  for (const [index, name] of names.entries()) {
    const id = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    if (id !== index + 1)
      throw new Error(
        `${name} in ${folder} is not the migration expected there, number ${index + 1}.`,
      );
    // A checkout on Windows may have changed the line ends.
    const sql = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
    migrations.push({ id, name, sql, checksum: createHash("sha256").update(sql).digest("hex") });
  }
  return migrations;
};

const refuseStrangers = async (client: Client, migrations: Migration[]): Promise<void> => {
  const { rows } = await client.query<{ id: number; name: string }>(
    "select id, name from schema_migrations where id > $1 order by id",
    [migrations.length],
  );
  if (rows[0])
    throw new Error(
      `The database has had migration ${rows[0].name}, which this Muster does not know. ` +
        "A newer Muster has used it: start that version.",
    );
};

/** Gives true when it was this call that applied the migration. */
const apply = (client: Client, { id, name, sql, checksum }: Migration): Promise<boolean> =>
  inSchemaTransaction(client, async () => {
    const { rows } = await client.query<{ checksum: string }>(
      "select checksum from schema_migrations where id = $1",
      [id],
    );
    if (rows[0] && rows[0].checksum !== checksum)
      throw new Error(
        `Migration ${name} has changed since it was applied to this database. ` +
          "Put the file back as it was, and write the change as a new migration.",
      );
    if (rows[0]) return false;
    await client.query(sql);
    await client.query("insert into schema_migrations (id, name, checksum) values ($1, $2, $3)", [
      id,
      name,
      checksum,
    ]);
    return true;
  });

/** Runs `work` in a transaction in which no other node changes the schema. The lock ends with the transaction. */
export const inSchemaTransaction = async <Result>(
  client: Client,
  work: () => Promise<Result>,
): Promise<Result> => {
  await client.query("begin");
  try {
    await client.query(schemaLock);
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
};
