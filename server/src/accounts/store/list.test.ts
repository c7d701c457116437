import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { explain } from "../../../test/support/explain.ts";
import { newId, type Transaction } from "#tenancy";
import {
  accountSorts,
  countAccounts,
  listAccounts,
  selectAccounts,
  type AccountFilter,
} from "./list.ts";

const people = 6000;
let product: TestApp;
let roleId: string;

beforeAll(async () => {
  product = await createTestApp();
  const { orgId, accountId } = product.administrator;
  const owner = new pg.Client({ connectionString: product.database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query("select id from roles where org_id = $1 and key = 'editor'", [
    orgId,
  ]);
  roleId = rows[0].id;
  await owner.query(
    `insert into accounts
     select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'name', 'Person ' || n,
       'sort_name', 'person ' || n % 70, 'email', 'p' || n || '@x', 'sort_email', 'p' || n % 50 || '@x',
       'search', 'person ' || n || ' ' || md5(n::text),
       'status', case when n % 100 = 0 then 'disabled' else 'active' end,
       'role_id', case when n % 100 = 1 then $2::uuid else a.role_id end,
       'role_origin', case when n % 100 = 2 then 'mapping' else 'default' end,
       'changed_at', now() + n % 90 * interval '1 second'))).*
     from accounts a, generate_series(1, ${people}) n where a.id = $1`,
    [accountId, roleId],
  );
  await owner.query("vacuum analyze accounts");
  await owner.end();
});
afterAll(() => product.close());

const within = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  product.organisations.within(product.administrator.orgId, work);

describe("the list of Sub Accounts is answered from an index", () => {
  const keys = { name: "person 5", changed: new Date().toISOString(), email: "p5@x" };

  test.each(accountSorts)("in the order %s, from the start and from the middle", async (sort) => {
    for (const after of [undefined, [keys[sort.replace("-", "") as keyof typeof keys], newId()]]) {
      const plan = await within((tx) =>
        explain(tx, selectAccounts(tx, {}, { sort, after, limit: 51 })),
      );
      expect(plan).not.toContain("Seq Scan accounts");
      expect(plan).not.toContain("Sort");
    }
  });

  test.each([
    ["status", { status: "disabled" }],
    ["role", { roleId: "" }],
    ["origin", { origin: "mapping" }],
    ["search", { search: "c4ca4238" }],
  ] as [string, AccountFilter][])("filtered by %s", async (_name, filter) => {
    const wanted = "roleId" in filter ? { roleId } : filter;
    const plan = await within((tx) =>
      explain(tx, selectAccounts(tx, wanted, { sort: "name", after: undefined, limit: 51 })),
    );
    expect(plan).not.toContain("Seq Scan accounts");
  });
});

test.each(accountSorts)(
  "pages in the order %s give everybody once, and the total counts them",
  async (sort) => {
    await within(async (tx) => {
      const seen: string[] = [];
      for (let after: string[] | undefined; ;) {
        const rows = await listAccounts(tx, { search: "person" }, { sort, after, limit: 700 });
        seen.push(...rows.map(({ id }) => id));
        const last = rows.at(-1);
        if (last === undefined) break;
        after = [last.sortKey, last.id];
      }
      expect(new Set(seen).size).toBe(people);
      expect(seen.length).toBe(await countAccounts(tx, { search: "person" }));
    });
  },
);
