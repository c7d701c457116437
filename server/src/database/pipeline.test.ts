import type { PoolClient } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase } from "../../test/support/database.ts";
import type { Database } from "./open.ts";
import { sendTogether } from "./pipeline.ts";

let database: Database;
let client: PoolClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  client = await database.pool.connect();
});
afterEach(() => client.release(true));

const send = (...statements: readonly (string | [text: string, ...values: unknown[]])[]) =>
  sendTogether(
    client,
    statements.map((one) => {
      const [text, ...values] = typeof one === "string" ? [one] : one;
      return { text, values };
    }),
  );

const countPrepared = async (): Promise<number> => {
  const { rows } = await client.query("select count(*)::int as count from pg_prepared_statements");
  return rows[0].count;
};

describe("statements in one message", () => {
  test("are answered in their order, each with its rows and its tag", async () => {
    const { results, error } = await send(
      ["select $1::int as first_number, $2::text as word", 1, "a"],
      "create temporary table seen (n int)",
      "insert into seen values (1), (2)",
      "select n from seen order by n",
    );
    expect(error).toBeUndefined();
    expect(results).toEqual([
      { rows: [{ firstNumber: 1, word: "a" }], tag: "SELECT 1" },
      { rows: [], tag: "CREATE TABLE" },
      { rows: [], tag: "INSERT 0 2" },
      { rows: [{ n: 1 }, { n: 2 }], tag: "SELECT 2" },
    ]);
  });

  test("are one transaction, which what is local to it does not outlive", async () => {
    const bind = "select set_config('app.org', 'x', true)";
    const read = "select current_setting('app.org', true) as org";
    expect((await send(bind, read)).results[1]?.rows).toEqual([{ org: "x" }]);
    expect((await send(read)).results[0]?.rows).toEqual([{ org: "" }]);
    await send("create temporary table kept (n int)");
    await send("insert into kept values (1)", "select 1 / 0");
    expect((await send("select n from kept")).results[0]?.rows).toEqual([]);
  });

  test("see what others committed before they began", async () => {
    const other = await database.pool.connect();
    await send("begin", ["select pg_advisory_xact_lock($1)", 7]);
    const waiting = sendTogether(other, [
      { text: "begin", values: [] },
      { text: "select pg_advisory_xact_lock($1)", values: [7] },
      { text: "select count(*)::int as count from setup_links", values: [] },
    ]);
    await send("insert into setup_links (hash) values ('\\x01')", "commit");
    expect((await waiting).results[2]?.rows).toEqual([{ count: 1 }]);
    other.release(true);
  });

  test("carry values of every kind", async () => {
    const at = new Date("2026-11-25T12:34:56.789Z");
    const { results } = await send([
      `select $1::timestamptz as at, $2::bytea as bytes, $3::text[] as words, $4::int[] as grid, $5::jsonb as json,
         $6::boolean as yes, $7::text as nothing, $8::bigint as large, $9::timestamptz as far`,
      at,
      Buffer.from([0, 255]),
      ["a", 'say "hi"', String.raw`back\slash`, "", "NULL", null, "{,}"],
      [
        [1, 2],
        [3, 4],
      ],
      { a: ["x", null] },
      true,
      undefined,
      2n ** 62n,
      new Date("+012026-01-01T00:00:00Z"),
    ]);
    expect(results[0]?.rows).toEqual([
      {
        at,
        bytes: Buffer.from([0, 255]),
        words: ["a", 'say "hi"', String.raw`back\slash`, "", "NULL", null, "{,}"],
        grid: [
          [1, 2],
          [3, 4],
        ],
        json: { a: ["x", null] },
        yes: true,
        nothing: null,
        large: String(2n ** 62n),
        far: new Date("+012026-01-01T00:00:00Z"),
      },
    ]);
  });
});

describe("a statement that fails", () => {
  test("ends the message; those before it are answered, and the connection goes on", async () => {
    const { results, error } = await send(
      "select 1 as n",
      ["select 1 / $1::int as n", 0],
      "select 2 as n",
    );
    expect(results.map(({ rows }) => rows)).toEqual([[{ n: 1 }]]);
    expect(error).toMatchObject({ code: "22012" });
    const again = await send(["select 1 / $1::int as n", 1], "select 2 as n");
    expect(again.results.map(({ rows }) => rows)).toEqual([[{ n: 1 }], [{ n: 2 }]]);
  });

  test("because its text cannot be read may be sent again when it can", async () => {
    const later = "select n from later";
    expect((await send("select 1", later, later)).error).toMatchObject({ code: "42P01" });
    await send("create temporary table later (n int)");
    expect((await send(later, later)).results.map(({ rows }) => rows)).toEqual([[], []]);
  });

  test("because its table was altered works from then on", async () => {
    await send("create temporary table altered (a int)", "insert into altered values (1)");
    const all = "select * from altered";
    expect((await send(all)).results[0]?.rows).toEqual([{ a: 1 }]);
    await send("alter table altered add column b int");
    expect((await send(all)).error).toMatchObject({ code: "0A000" });
    expect((await send(all)).results[0]?.rows).toEqual([{ a: 1, b: null }]);
  });

  test("because it was cancelled leaves a connection that works", async () => {
    await send("set statement_timeout = 20");
    const { results, error } = await send("select 1 as n", "select pg_sleep(10)", "select 2 as n");
    expect(results).toHaveLength(1);
    expect(error).toMatchObject({ code: "57014" });
    expect((await send("select 3 as n")).results[0]?.rows).toEqual([{ n: 3 }]);
  });

  test("because a value cannot be sent is told before anything is", async () => {
    await expect(
      send("select 1", ["select $1::timestamptz", new Date(Number.NaN)]),
    ).rejects.toThrow(RangeError);
    expect((await send("select 3 as n")).results[0]?.rows).toEqual([{ n: 3 }]);
  });
});

test("a connection that is lost is an error of the message, and of no other", async () => {
  const { results, error } = await send(
    "set role none",
    "select pg_terminate_backend(pg_backend_pid())",
  );
  expect(results).toHaveLength(1);
  expect(error).toMatchObject({ name: "DatabaseUnavailable", cause: { code: "57P01" } });
  expect((await send("select 2 as n")).error).toBeInstanceOf(Error);
  const another = await database.pool.connect();
  const { rows } = await another.query("select 3 as n");
  expect(rows).toEqual([{ n: 3 }]);
  another.release();
});

describe("prepared statements", () => {
  test("are prepared once, and not at all where they are one-offs", async () => {
    await send("select 1 as n", "select 1 as n");
    await send("select 1 as n");
    await sendTogether(client, [{ text: "select 'once' as n", values: [], isOneOff: true }]);
    expect(await countPrepared()).toBe(1);
  });

  test("are kept in bounded number, however many filters a client thinks up", async () => {
    const text = (index: number) => `select ${index} as n`;
    for (let index = 0; index < 1000; index += 50) {
      const { results } = await send(
        text(-1),
        ...Array.from({ length: 50 }, (_, offset) => text(index + offset)),
      );
      expect(results.at(-1)?.rows).toEqual([{ n: index + 49 }]);
    }
    await send(text(-1));
    expect(await countPrepared()).toBeLessThanOrEqual(250);
    expect((await send(text(0), text(-1))).results.map(({ rows }) => rows)).toEqual([
      [{ n: 0 }],
      [{ n: -1 }],
    ]);
  });

  test("that bind to an organisation push nothing else out, however many there are", async () => {
    const bindTo = (number: number) => ({
      text: `set local app.org = '${number}'`,
      values: [],
      isBinding: true,
    });
    const isPrepared = async (text: string) => {
      const found = "select 1 from pg_prepared_statements where statement = $1";
      return (await client.query(found, [text])).rows.length === 1;
    };
    await send("select 'rare' as word");
    for (let number = 0; number < 400; number += 1)
      await sendTogether(client, [{ text: "begin", values: [] }, bindTo(number)]);
    expect(await isPrepared("select 'rare' as word")).toBe(true);
    expect(await isPrepared(bindTo(399).text)).toBe(true);
    expect(await countPrepared()).toBeLessThanOrEqual(110);
    await sendTogether(client, [bindTo(0), bindTo(399)]);
    expect((await send("show app.org")).results[0]?.rows).toEqual([{ "app.org": "399" }]);
  });

  test("that failed are dropped, however often", async () => {
    for (let index = 0; index < 300; index += 1) await send(`select 1 / 0 as n${index}`);
    await send("select 1 as n");
    expect(await countPrepared()).toBeLessThanOrEqual(2);
  });
});
