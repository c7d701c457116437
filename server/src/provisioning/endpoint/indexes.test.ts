import {
  findAttribute,
  groupResourceType,
  parseFilter,
  parseListQuery,
  userResourceType,
} from "@muster/scim";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  lockingPeople,
  selectGroups,
  selectMembersAmong,
  selectUsers,
  type Position,
} from "#directory";
import type { Transaction } from "#tenancy";
import { accountSorts, selectAccounts } from "../../accounts/store/list.ts";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { explain, explainKept } from "../../../test/support/explain.ts";
import { insertManyPeople } from "../../../test/support/many-people.ts";
import { createTestConnection } from "../../../test/support/scim.ts";
import { extendType } from "../dialect/definition.ts";
import { facetFor } from "../resources/facets.ts";
import { everything, filterToSql } from "./filter-sql.ts";
import { indexedOrders, orderOf } from "./order.ts";

const people = 4000;
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const types = { User: userResourceType, Group: groupResourceType };
const groupId = "01900000-0000-7000-8000-000000000001";
const nobody = "01900000-0000-7000-8000-000000000000";
let muster: TestApp;
let connectionId: string;
/** The plans before anything was analyzed. */
const unknown = new Map<string, string[]>();

const body = (index: number) => ({
  userName: `p${index}@x.test`,
  externalId: `e${index}`,
  displayName: `Person ${index}`,
  title: `T${index % 50}`,
  active: index % 10 !== 0,
  name: { familyName: `F${index}` },
  emails: [{ value: `p${index}@mail.test`, type: "work", primary: true }],
  [enterprise]: { employeeNumber: `N${index}`, manager: { value: `m${index}` } },
  "urn:example:Badge:1.0:User": { badge: index },
});

/** Two connections of one organisation: what is asked of one must not read the other. */
beforeAll(async () => {
  muster = await createTestApp();
  connectionId = (await createTestConnection(muster, "Entra")).connectionId;
  const other = await createTestConnection(muster, "Okta");
  const bodies = Array.from({ length: people }, (_, index) => body(index));
  await insertManyPeople(muster, connectionId, bodies);
  await insertManyPeople(muster, other.connectionId, bodies);
  const owner = new Client({ connectionString: muster.database.ownerUrl });
  await owner.connect();
  const { orgId } = muster.administrator;
  for (const connection of [connectionId, other.connectionId])
    await owner.query(
      `insert into directory_groups (org_id, id, connection_id, display_name, display_name_key, external_id, document,
         facets, folded, created_at, modified_at)
       select $1, case when n = 1 and $2::uuid = $3 then $4::uuid else gen_random_uuid() end, $2::uuid, 'G' || n, 'g' || n, 'x' || n,
         '{}', array[n], '{}', now(), now() from generate_series(1, 2000) n`,
      [orgId, connection, connectionId, groupId],
    );
  await owner.query(
    `insert into memberships (org_id, group_id, member_id, member_kind, added_at)
     select $1, g.id, u.id, 'User', now()
     from (select id, row_number() over (order by id) n from directory_groups) g
     join (select id, row_number() over (order by id) n from directory_users) u on u.n % 400 = g.n % 400`,
    [orgId],
  );
  await owner.query(
    `insert into accounts (org_id, id, tenant_id, user_id, name, status, status_reason, role_id, role_origin, sort_name,
       sort_email, search, created_at, changed_at)
     select a.org_id, gen_random_uuid(), a.tenant_id, u.id, u.name, 'active', 'directory', a.role_id, 'default', u.name,
       u.name, u.name, now(), now()
     from directory_users u, accounts a where a.user_id is null`,
  );
  for (const { uses: _uses, ...asked } of equalities)
    unknown.set(JSON.stringify(asked), await planOf(asked));
  await owner.query("analyze");
  await owner.end();
});
afterAll(() => muster.close());

type Asked = { type?: keyof typeof types; filter?: string; query?: Record<string, string> };

/** As an administrator defined it. */
const custom = "urn:example:Badge:1.0:User";
const badge = {
  id: nobody,
  urn: custom,
  name: "badge",
  type: "integer",
  multiValued: false,
  caseExact: false,
  description: "",
  shownAs: null,
} as const;
types.User = extendType(userResourceType, [badge]);

const planOf = ({ type = "User", filter, query = {} }: Asked, after?: Position) =>
  muster.organisations.within(muster.administrator.orgId, (tx: Transaction) => {
    const resourceType = types[type];
    const scope = { tx, connectionId, type: resourceType, base: "http://x" };
    const where =
      filter === undefined ? everything : filterToSql(parseFilter(filter, resourceType), scope);
    const order = orderOf(parseListQuery(query, resourceType), scope);
    const select = type === "User" ? selectUsers : selectGroups;
    const how = where.keepsPlan ? explainKept : explain;
    return how(tx, select(tx, connectionId, where, { order, after, offset: 0, limit: 100 }));
  });

const facets = "Bitmap Index Scan directory_users_facets";

type Equality = Asked & { uses: string | RegExp };
const equalities: Equality[] = [
  { filter: 'userName eq "P7@x.test"', uses: /Index Scan directory_users_user_name/ },
  { filter: 'externalId eq "e7"', uses: /Index Scan directory_users_external_id/ },
  { filter: `id eq "${nobody}"`, uses: /Index Scan directory_users_(pkey|live)/ },
  {
    filter: `id eq "${nobody}" and ${enterprise}:manager eq "m7"`,
    uses: /Index Scan directory_users_(pkey|live)/,
  },
  { filter: 'displayName eq "Person 7"', uses: facets },
  { filter: 'name.familyName eq "F7"', uses: facets },
  { filter: 'emails.value eq "p7@mail.test"', uses: facets },
  { filter: 'emails eq "p7@mail.test"', uses: facets },
  { filter: 'emails[type eq "work"].value eq "p7@mail.test"', uses: facets },
  { filter: 'emails[type eq "work" and value eq "p7@mail.test"]', uses: facets },
  { filter: 'emails[primary eq true].value eq "p7@mail.test"', uses: facets },
  { filter: `${enterprise}:employeeNumber eq "N7"`, uses: facets },
  { filter: `${enterprise}:manager.value eq "m7"`, uses: facets },
  { filter: `${custom}:badge eq 7`, uses: facets },
  { filter: `${custom}:badge eq 7 and active eq true`, uses: facets },
  { filter: `${custom}:unknown eq "x"`, uses: facets },
  { filter: 'title eq "T7" and not (name.familyName sw "F1")', uses: facets },
  { filter: 'userName eq "p7@x.test" or title eq "x" or externalId eq "y"', uses: facets },
  { filter: '(title eq "T7" or title eq "T8") and name.familyName ew "9"', uses: facets },
  { filter: `groups.value eq "${groupId}"`, uses: /Index (Only )?Scan memberships/ },
  { filter: `groups eq "${groupId}"`, uses: /Index (Only )?Scan memberships/ },
  {
    filter: 'meta.lastModified gt "2999-01-01T00:00:00Z"',
    uses: /Index Scan directory_users_modified/,
  },
  {
    filter: 'meta.created eq "2999-01-01T00:00:00Z"',
    uses: /Index Scan directory_users_created/,
  },
  { type: "Group", filter: 'displayName eq "g7"', uses: /Index Scan directory_groups/ },
  {
    type: "Group",
    filter: 'externalId eq "x7"',
    uses: /Index Scan directory_groups_external_id/,
  },
  { type: "Group", filter: `id eq "${nobody}"`, uses: /Index Scan directory_groups_(pkey|live)/ },
  {
    type: "Group",
    filter: `id eq "${nobody}" and members eq "${nobody}"`,
    uses: /Index Scan directory_groups_(pkey|live)/,
  },
  { type: "Group", filter: `members eq "${nobody}"`, uses: /Index (Only )?Scan memberships/ },
  {
    type: "Group",
    filter: `members[value eq "${nobody}"]`,
    uses: /Index (Only )?Scan memberships/,
  },
  {
    type: "Group",
    filter: 'displayName eq "g7" or externalId eq "x"',
    uses: "Bitmap Index Scan directory_groups_facets",
  },
];

describe("every equality is answered from an index", () => {
  const check = (plan: readonly string[], uses: string | RegExp) => {
    expect(plan).toContainEqual(expect.stringMatching(uses));
    expect(plan.join("; ")).not.toMatch(/Seq Scan/);
  };

  test.each(equalities)("$type $filter", async ({ uses, ...asked }) => {
    check(await planOf(asked), uses);
  });

  const ofPeople = equalities.filter(({ type, filter }) => !type && !filter?.startsWith("meta."));
  test.each(ofPeople)("$filter, before PostgreSQL knows the tables", ({ uses, ...asked }) => {
    check(unknown.get(JSON.stringify(asked)) ?? [], uses);
  });

  test("and the check sees what is not", async () => {
    expect(await planOf({ filter: 'title co "T7"' })).not.toContain(facets);
    expect(await planOf({ filter: 'not (title eq "T7")' })).not.toContain(facets);
  });
});

test("Sub Accounts by a custom attribute are found in an index, whatever the order", async () => {
  const path = findAttribute(types.User, `${custom}:badge`)!;
  const facet = facetFor(connectionId, path, 7);
  for (const sort of accountSorts) {
    const place = { sort, after: undefined, limit: 51 };
    const plan = await muster.organisations.within(muster.administrator.orgId, (tx) =>
      explain(tx, selectAccounts(tx, { facet }, place)),
    );
    expect(plan).toContain(facets);
    expect(plan.join("; ")).toMatch(/Index (Only )?Scan accounts_user\b/);
    expect(plan.join("; ")).not.toMatch(/Seq Scan (accounts|directory)/);
  }
});

test("what a change of members reads is found in an index, as it was planned once", async () => {
  const { orgId } = muster.administrator;
  const [people, members] = await muster.organisations.within(orgId, async (tx) => [
    await explainKept(tx, lockingPeople({ orgId, ids: [] })),
    await explainKept(tx, selectMembersAmong(tx, groupId, [])),
  ]);
  expect(people).toContain("Index Scan directory_users_pkey");
  expect(members.join("; ")).toMatch(/Index (Only )?Scan memberships/);
  expect([...people, ...members].join("; ")).not.toMatch(/Seq Scan/);
});

describe("every order of a list is walked in an index", () => {
  const keys: Record<string, string> = { text: "p5", timestamptz: "2026-01-01 00:00:00+00" };
  // Groups by their last change are sorted (migration 0011).
  const orders = Object.entries(indexedOrders).filter(
    ([name]) => name !== "Group meta.lastModified",
  );
  const cases = [["User id", undefined], ["Group id", undefined], ...orders] as const;

  test.each(cases)("%s", async (name, key) => {
    const [type, sortBy] = name.split(" ") as [keyof typeof types, string];
    for (const sortOrder of ["ascending", "descending"])
      for (const after of [undefined, { key: keys[key?.type ?? ""] ?? "", id: nobody }]) {
        const plan = await planOf({ type, query: { sortBy, sortOrder } }, after);
        // The sort of those who share a key is of a few rows.
        expect(plan.join("; ")).toMatch(/Index Scan directory_/);
        expect(plan.join("; ")).not.toMatch(/Seq Scan|(?<!Incremental )Sort/);
      }
  });

  test("and the check sees one that is not", async () => {
    expect(await planOf({ query: { sortBy: "title" } })).toContain("Sort");
  });
});
