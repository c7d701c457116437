import { Client, type QueryResult } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../test/support/database.ts";
import { quietLog } from "../../test/support/log.ts";
import { openPool, type Database } from "./open.ts";

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const org = "0193a000-0000-7000-8000-000000000001";
const otherOrg = "0193a000-0000-7000-8000-000000000002";

const inOrganisation = async (orgId: string, statements: string[]): Promise<QueryResult> => {
  const client = await database.pool.connect();
  try {
    await client.query(`begin; set local app.org = '${orgId}'`);
    let result: QueryResult | undefined;
    for (const statement of statements) result = await client.query(statement);
    await client.query("commit");
    return result as QueryResult;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
};

describe("row-level security on the pool's connections", () => {
  beforeAll(() => inOrganisation(org, [`insert into organisations values ('${org}', 'Contoso')`]));

  it("shows an organisation its own rows", async () => {
    expect((await inOrganisation(org, ["select name from organisations"])).rows).toEqual([
      { name: "Contoso" },
    ]);
  });

  it("shows another organisation nothing", async () => {
    expect((await inOrganisation(otherOrg, ["select name from organisations"])).rows).toEqual([]);
  });

  it("shows a connection that is bound to no organisation nothing", async () => {
    expect((await database.pool.query("select name from organisations")).rows).toEqual([]);
  });

  it("refuses a row of another organisation", async () => {
    const foreign = inOrganisation(otherOrg, [
      `insert into tenants values ('${org}', '${org}', 'x', true)`,
    ]);
    await expect(foreign).rejects.toThrow("row-level security");
  });

  it.each([
    ["turns it off for the session", "set row_security = off; select * from organisations"],
    ["turns it off for the table", "alter table organisations disable row level security"],
    ["makes itself able to bypass it", "alter role muster_app bypassrls"],
    ["reads the migrations' record", "select * from schema_migrations"],
    ["empties a table", "truncate ledger"],
  ])("refuses a connection that %s", async (_, statement) => {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("a pool", () => {
  it("gives a date as its text", async () => {
    const { rows } = await database.pool.query(
      "select '2026-11-24'::date as due, '{1}'::bigint[] as facets",
    );
    expect(rows).toEqual([{ due: "2026-11-24", facets: ["1"] }]);
  });

  it("ends a statement that takes too long, and a transaction that waits too long", async () => {
    const { rows } = await database.pool.query(
      "select current_setting('statement_timeout') as s, current_setting('idle_in_transaction_session_timeout') as i",
    );
    expect(rows).toEqual([{ s: "30s", i: "1min" }]);
  });

  it("survives the loss of an idle connection", async () => {
    const warnings: string[] = [];
    const log = {
      info: () => {},
      error: () => {},
      warn: (_: object, text: string) => warnings.push(text),
    };
    const { pool, close } = await openPool(database.ownerUrl, log);
    const { rows } = await pool.query("select pg_backend_pid() as id");
    const owner = new Client(database.ownerUrl);
    await owner.connect();
    await owner.query("select pg_terminate_backend($1)", [rows[0].id]);
    await owner.end();
    await expect.poll(() => warnings).toEqual(["An idle database connection was lost."]);
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await close();
  });

  it("keeps the options of its URL, and its own role whatever they say", async () => {
    const url = new URL(database.ownerUrl);
    url.searchParams.set("options", "-c work_mem=5MB -c role=none");
    const { pool, close } = await openPool(url.href, {
      info: () => {},
      warn: () => {},
      error: () => {},
    });
    const { rows } = await pool.query(
      "select current_user as role, current_setting('work_mem') as memory",
    );
    expect(rows).toEqual([{ role: "muster_app", memory: "5MB" }]);
    await close();
  });
});

describe("closing a pool", () => {
  it("comes back when every connection has ended", async () => {
    const { pool, close } = await openPool(database.ownerUrl, quietLog);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => pool.query("select pg_backend_pid() as id, pg_sleep(0.05)")),
    );
    const ids = new Set(answers.map(({ rows }) => rows[0].id as number));
    let ended = 0;
    pool.on("remove", () => (ended += 1));

    await close();

    expect(ids.size).toBeGreaterThan(1);
    expect(ended).toBe(ids.size);
  });
});
