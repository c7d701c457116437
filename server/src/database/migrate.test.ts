import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createCopy, dropCopy, urlOfCopy } from "../../test/support/copies.ts";
import { migrate } from "./migrate.ts";

const name = `muster_migrate_${process.pid}`;
let url: string;
let folder: string;

beforeEach(async () => {
  const server = inject("postgres").url;
  await createCopy(server, name, "template0");
  url = urlOfCopy(server, name);
  folder = await mkdtemp(join(tmpdir(), "muster-migrations-"));
  await write("0001_shelves.sql", "create table shelves (id int primary key);");
  await write(
    "0002_labels.sql",
    "alter table shelves add label text; insert into shelves values (1, 'top');",
  );
});
afterEach(async () => {
  await dropCopy(inject("postgres").url, name);
  await rm(folder, { recursive: true });
});

const write = (file: string, sql: string): Promise<void> => writeFile(join(folder, file), sql);

const select = async (statement: string): Promise<unknown[]> => {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

describe("migrate", () => {
  it("applies every file in order, once", async () => {
    expect(await migrate(url, folder)).toEqual(["0001_shelves.sql", "0002_labels.sql"]);
    expect(await migrate(url, folder)).toEqual([]);
    expect(await select("select * from shelves")).toEqual([{ id: 1, label: "top" }]);
  });

  it("applies each file once when four nodes race", async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, folder)));
    expect(applied.flat().sort()).toEqual(["0001_shelves.sql", "0002_labels.sql"]);
    expect(await select("select count(*)::int from shelves")).toEqual([{ count: 1 }]);
  });

  it("applies what is new to a database that has the rest", async () => {
    await migrate(url, folder);
    await write("0003_more.sql", "insert into shelves values (2, 'bottom')");
    expect(await migrate(url, folder)).toEqual(["0003_more.sql"]);
  });

  it("leaves nothing of a file that fails", async () => {
    await write(
      "0003_broken.sql",
      "insert into shelves values (2, 'x'); insert into nowhere values (1);",
    );
    await expect(migrate(url, folder)).rejects.toThrow("nowhere");
    expect(await select("select id from shelves")).toEqual([{ id: 1 }]);
    expect(await select("select id from schema_migrations order by id")).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });

  it("does not mind the line ends of a checkout", async () => {
    await write("0003_lines.sql", "select 1;\nselect 2;\n");
    await migrate(url, folder);
    await write("0003_lines.sql", "select 1;\r\nselect 2;\r\n");
    expect(await migrate(url, folder)).toEqual([]);
  });

  it.each([
    [
      "an applied file has changed",
      () => write("0001_shelves.sql", "create table shelves (id bigint primary key);"),
      "Migration 0001_shelves.sql has changed since it was applied",
    ],
    [
      "a newer Muster has been here",
      () => rm(join(folder, "0002_labels.sql")),
      "The database has had migration 0002_labels.sql, which this Muster does not know.",
    ],
    ["a number is missing", () => write("0004_late.sql", "select 1"), "0004_late.sql in"],
  ])("refuses with a sentence when %s", async (_, change, sentence) => {
    await migrate(url, folder);
    await change();
    await expect(migrate(url, folder)).rejects.toThrow(sentence);
  });
});
