import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Query } from "#database";
import { newId, type Transaction } from "#tenancy";
import { explain } from "../../../test/support/explain.ts";
import { createTestRegister, type TestRegister } from "../../../test/support/register.ts";
import { holdings } from "../holdings.ts";
import { countHeld, selectCustodies } from "./custodies.ts";
import { selectRecoveries } from "./recoveries.ts";

const people = 300;
let register: TestRegister;
let accountId: string;
let assetId: string;

/** Hundreds of people, each with ten items of which one is still out, and recoveries of which few are open. */
beforeAll(async () => {
  register = await createTestRegister();
  accountId = await register.person("Ana Lopez");
  assetId = await register.asset("Laptop");
  const owner = new Client({ connectionString: register.database.ownerUrl });
  await owner.connect();
  const ids = [register.orgId, register.tenantId];
  await owner.query(
    `insert into accounts select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(),
       'name', 'P' || n, 'sort_name', 'p' || n, 'search', md5(n::text)))).*
     from accounts a, generate_series(1, ${people}) n`,
  );
  await owner.query(
    `insert into assets select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(),
       'tag', 'T' || n, 'tag_key', 't' || n))).*
     from assets a, generate_series(1, ${people * 10}) n`,
  );
  await owner.query(
    `insert into custodies (org_id, id, tenant_id, asset_id, account_id, checked_out_at, ended_at, outcome)
     select $1, gen_random_uuid(), $2, s.id, p.id, now(),
       case when s.n % 10 > 0 then now() end, case when s.n % 10 > 0 then 'returned' end
     from (select id, row_number() over (order by id) as n from assets) s
     join (select id, row_number() over (order by id) as n from accounts) p on p.n = s.n / 10`,
    ids,
  );
  await owner.query(
    `insert into recoveries (org_id, id, tenant_id, account_id, opened_at, opened_because, closed_at, closed_because)
     select $1, gen_random_uuid(), $2, p.id, now(), 'Gone', case when not is_open then now() end,
       case when not is_open then 'Back' end
     from (select id, row_number() over (order by id) as n from accounts) p,
       generate_series(1, 20) m, lateral (select m = 1 and n % 10 = 0 as is_open) o`,
    ids,
  );
  await owner.query(
    `insert into recovery_items (org_id, recovery_id, custody_id)
     select r.org_id, r.id, c.id from recoveries r join custodies c using (org_id, account_id)
     where c.ended_at is null`,
  );
  await owner.query("analyze");
  await owner.end();
});
afterAll(() => register.close());

const first = { before: undefined, limit: 51 };
const later = { before: newId(), limit: 51 };

type Case = [string, (tx: Transaction) => Query<unknown>];
const lists: Case[] = [
  ["the custodies of an asset", (tx) => selectCustodies(tx, { assetId }, first)],
  ["what somebody ever held", (tx) => selectCustodies(tx, { accountId }, later)],
  ["what somebody holds", (tx) => selectCustodies(tx, { accountId, open: true }, first)],
  ["recoveries", (tx) => selectRecoveries(tx, {}, first)],
  ["recoveries, from the middle", (tx) => selectRecoveries(tx, {}, later)],
  ["open recoveries", (tx) => selectRecoveries(tx, { state: "open" }, first)],
  ["closed recoveries", (tx) => selectRecoveries(tx, { state: "closed" }, later)],
  ["recoveries of a tenant", (tx) => selectRecoveries(tx, { tenantId: register.tenantId }, first)],
];

test.each(lists)("%s are answered from an index, in order", async (_what, select) => {
  const plan = await register.within((tx) => explain(tx, select(tx)));
  for (const table of ["accounts", "assets", "custodies", "recoveries", "recovery_items"])
    expect(plan).not.toContain(`Seq Scan ${table}`);
  expect(plan).not.toContain("Sort");
});

test("a list without an index is seen", async () => {
  const plan = await register.within((tx) =>
    explain(tx, selectRecoveries(tx, {}, first).clearOrderBy().orderBy("openedBecause")),
  );
  expect(plan).toContain("Seq Scan recoveries");
});

test("holders and counts of a page are asked for at once", async () => {
  let messages = 0;
  await register.within(async (tx) => {
    const counting: Transaction = {
      ...tx,
      run: (statement) => {
        messages += 1;
        return tx.run(statement);
      },
    };
    await countHeld(counting, [accountId, newId()]);
    await holdings.holdersOf(counting, [assetId, newId()]);
  });
  expect(messages).toBe(2);
});
