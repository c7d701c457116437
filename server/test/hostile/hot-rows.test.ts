import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../support/app.ts";
import { createTestConnection } from "../support/scim.ts";

/*
 * No key keeps an account or a membership from pointing to what is not there (docs/decisions/0011-hot-rows.md): so
 * nothing that a client sends may make one that does.
 */

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let other: typeof entra;
let theirs: typeof entra;
let stranger: Person;
const admin = () => muster.as(muster.administrator);
const nowhere = "019abc00-0000-7000-8000-000000000000";

beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  entra = await createTestConnection(muster);
  other = await createTestConnection(muster, "Other");
  stranger = await muster.createOrganisation("Fabrikam");
  theirs = await createTestConnection(muster, "Theirs", stranger);
});
afterAll(() => muster.close());

/** What points to nothing, or over to another organisation, in an organisation. */
const loose = async ({ orgId }: Person) => {
  const { rows } = await muster.organisations.within(orgId, (tx) =>
    tx.executeSql(`
      select 'tenant' as what, a.name from accounts a
        where not exists (select from tenants t where (t.org_id, t.id) = (a.org_id, a.tenant_id))
      union all select 'person', a.name from accounts a
        where a.user_id is not null and not exists (select from directory_users u where (u.org_id, u.id) = (a.org_id, a.user_id))
      union all select 'role', a.name from accounts a cross join unnest(array[a.role_id, a.directory_role_id]) as given (id)
        where given.id is not null and not exists (select from roles r where (r.org_id, r.id) = (a.org_id, given.id))
      union all select 'group', a.name from accounts a cross join unnest(array[a.role_group_id, a.directory_role_group_id]) as given (id)
        where given.id is not null and not exists (select from directory_groups g where (g.org_id, g.id) = (a.org_id, given.id))
      union all select 'membership', m.member_id::text from memberships m
        where not exists (select from directory_groups g
          join (select org_id, connection_id, id from directory_users where deleted_at is null
            union all select org_id, connection_id, id from directory_groups where deleted_at is null) member
          on (member.org_id, member.connection_id) = (g.org_id, g.connection_id)
          where (g.org_id, g.id) = (m.org_id, m.group_id) and g.deleted_at is null and member.id = m.member_id)
      union all select 'mirror', d.id::text
        from (select org_id, connection_id, id from directory_users union all select org_id, connection_id, id from directory_groups) d
        where not exists (select from connections c where (c.org_id, c.id) = (d.org_id, d.connection_id))`),
  );
  return rows;
};
const nothingIsLoose = async () => {
  expect(await loose(muster.administrator)).toEqual([]);
  expect(await loose(stranger)).toEqual([]);
};

describe("what is not there, is deleted, or is somebody else's", () => {
  test("is no member of a group, however it is said", async () => {
    const gone = await entra.createUser("gone@contoso.test");
    await entra.send("DELETE", `/Users/${gone}`);
    const [foreign, stray] = [
      await other.createUser("foreign@contoso.test"),
      await theirs.createUser("stray@fabrikam.test"),
    ];
    const here = await entra.createUser("here@contoso.test");
    const groupId = await entra.createGroup("Group", [here]);
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
    for (const value of [gone, foreign, stray, nowhere, groupId, "x", ""]) {
      const members = [{ value }];
      for (const answer of [
        await entra.patch(`/Groups/${groupId}`, { op: "Add", path: "members", value: members }),
        await entra.patch(`/Groups/${groupId}`, { op: "Add", value: { members } }),
        await entra.patch(`/Groups/${groupId}`, { op: "Replace", path: "members", value: members }),
        await entra.send("PUT", `/Groups/${groupId}`, { schemas, displayName: "Group", members }),
        await entra.send("POST", "/Groups", { schemas, displayName: `With ${value}`, members }),
      ])
        expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
    }
    await nothingIsLoose();
  });

  test("is no role, tenant or group of anybody", async () => {
    const { items: roles } = (await admin().get("/roles")).body;
    const { items: theirRoles } = (await muster.as(stranger).get("/roles")).body;
    const archived = (await admin().post("/tenants", { name: "Archived" })).body.id;
    await admin().post(`/tenants/${archived}/archive`);
    const draft = { name: "Deleted", description: "", permissions: ["assets:view"] };
    const deleted = (await admin().post("/roles", draft)).body.id;
    await admin().delete(`/roles/${deleted}`);
    const roleId = roles[1].id;
    const groupId = await entra.createGroup("Mapped");
    const [foreignGroup, strayGroup] = [
      await other.createGroup("Foreign"),
      await theirs.createGroup("Stray"),
    ];
    const hal = { name: "Hal", email: "hal@contoso.test" };
    const made = (await admin().post("/accounts", { ...hal, roleId })).body.id;
    const connection = `/connections/${entra.connectionId}`;
    expect((await admin().patch(connection, { defaultRoleId: null })).status).toBe(200);
    await entra.createUser("waits@contoso.test");
    const waits = (await admin().get("/lobby")).body.items[0].id;

    for (const wrongRole of [theirRoles[1].id, deleted, nowhere])
      for (const answer of [
        await admin().post("/accounts", { ...hal, roleId: wrongRole }),
        await admin().put(`/accounts/${made}/lock`, { roleId: wrongRole }),
        await admin().patch(connection, { defaultRoleId: wrongRole }),
        await admin().put(`${connection}/group-mappings`, {
          mappings: [{ groupId, roleId: wrongRole }],
        }),
        await admin().delete(`/roles/${roleId}?replaceBy=${wrongRole}`),
        await admin().post(`/lobby/${waits}/placement`, {
          tenantId: muster.administrator.tenantId,
          roleId: wrongRole,
        }),
      ])
        expect([400, 403, 404, 409]).toContain(answer.status);
    for (const tenantId of [stranger.tenantId, archived, nowhere])
      for (const answer of [
        await admin().post("/accounts", { ...hal, roleId }, { "muster-tenant": tenantId }),
        await admin().post(`/lobby/${waits}/placement`, { tenantId, roleId }),
        await admin().put(`${connection}/group-mappings`, {
          mappings: [{ groupId, roleId, tenantId }],
        }),
      ])
        expect(answer.status, `${tenantId} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
    for (const wrongGroup of [foreignGroup, strayGroup, nowhere]) {
      const mappings = [{ groupId: wrongGroup, roleId }];
      const answer = await admin().put(`${connection}/group-mappings`, { mappings });
      expect([400, 404, 409]).toContain(answer.status);
    }
    await nothingIsLoose();
  });
});

test("a group that is deleted while members are added leaves none of them behind", async () => {
  const people = await Promise.all(
    Array.from({ length: 6 }, (_, n) => entra.createUser(`racer-${n}@contoso.test`)),
  );
  for (let round = 0; round < 5; round += 1) {
    const groupId = await entra.createGroup(`Race ${round}`);
    const answers = await Promise.all([
      ...people.map((value) =>
        entra.patch(`/Groups/${groupId}`, { op: "Add", path: "members", value: [{ value }] }),
      ),
      entra.send("DELETE", `/Groups/${groupId}`),
      ...people
        .slice(0, round)
        .map((value) =>
          entra.patch(`/Groups/${groupId}`, { op: "Add", path: "members", value: [{ value }] }),
        ),
    ]);
    for (const { status, body } of answers) expect(status, JSON.stringify(body)).toBeLessThan(500);
    const { rows } = await muster.organisations.within(muster.administrator.orgId, (tx) =>
      tx.executeSql("select from memberships where group_id = $1", [groupId]),
    );
    expect(rows).toEqual([]);
  }
  await nothingIsLoose();
});

test("a role that is deleted while it is given is there, or given to nobody", async () => {
  const { items: roles } = (await admin().get("/roles")).body;
  const viewer = roles.find(({ key }: { key: string }) => key === "viewer").id;
  const person = { name: "Raceable", email: "raceable@contoso.test", roleId: viewer };
  const accountId = (await admin().post("/accounts", person)).body.id;
  for (let round = 0; round < 4; round += 1) {
    const draft = { name: `Brief ${round}`, description: "", permissions: ["assets:view"] };
    const { id: roleId } = (await admin().post("/roles", draft)).body;
    const groupId = await entra.createGroup(`Brief ${round}`);
    const waiter = await entra.createUser(`brief-${round}@contoso.test`);
    const answers = await Promise.all([
      admin().put(`/accounts/${accountId}/lock`, { roleId }),
      admin().post("/accounts", { ...person, email: `r${round}@contoso.test`, roleId }),
      admin().put(`/connections/${entra.connectionId}/group-mappings`, {
        mappings: [{ groupId, roleId }],
      }),
      entra.patch(`/Groups/${groupId}`, { op: "Add", path: "members", value: [{ value: waiter }] }),
      admin().delete(`/roles/${roleId}${round % 2 === 0 ? `?replaceBy=${viewer}` : ""}`),
      admin().delete(`/roles/${roleId}?replaceBy=${viewer}`),
    ]);
    for (const { status, body } of answers) expect(status, JSON.stringify(body)).toBeLessThan(500);
  }
  await nothingIsLoose();
});

test("a role is not deleted by who does not see that somebody in another tenant has it", async () => {
  const scope = { tenantIds: [muster.administrator.tenantId] };
  const permissions = ["roles:administer", "assets:view", "accounts:view"];
  const deleter = muster.as(await muster.createPersonWhoMay(permissions, { scope }));
  const draft = { name: "Elsewhere", description: "", permissions: ["assets:view"], scope };
  const { id: roleId } = (await admin().post("/roles", draft)).body;
  const { id: tenantId } = (await admin().post("/tenants", { name: "Elsewhere" })).body;
  const far = { name: "Fay Far", email: "fay@contoso.test", roleId };
  const given = await admin().post("/accounts", far, { "muster-tenant": tenantId });
  expect(given.status, JSON.stringify(given.body)).toBe(201);

  const { items: roles } = (await deleter.get("/roles")).body;
  const loanee = roles.find(({ key }: { key: string }) => key === "loanee").id;
  for (const query of ["", `?replaceBy=${loanee}`]) {
    const { status, body } = await deleter.delete(`/roles/${roleId}${query}`);
    expect([status, body.title]).toEqual([409, "Elsewhere is in use where you do not see it"]);
  }
  await nothingIsLoose();
});
