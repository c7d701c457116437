import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../test/support/app.ts";
import { createTestConnection } from "../../test/support/scim.ts";

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
const builtIn: Record<string, string> = {};
beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  entra = await createTestConnection(muster);
  for (const role of (await admin().get("/roles")).body.items) builtIn[role.key] = role.id;
});
afterAll(() => muster.close());

const admin = () => muster.as(muster.administrator);

let count = 0;
const makeRole = async (permissions: string[], name = `Role ${(count += 1)}`) => {
  const { status, body } = await admin().post("/roles", { name, description: "", permissions });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const makePerson = async (roleId: string): Promise<Person> => {
  const name = `Person ${(count += 1)}`;
  const email = `person-${count}@contoso.test`;
  const { status, body } = await admin().post("/accounts", { name, email, roleId });
  expect(status, JSON.stringify(body)).toBe(201);
  return muster.signIn({ ...muster.administrator, name, email, accountId: body.id });
};
const draftOf = ({ name, description, permissions }: Record<string, unknown>) => ({
  name,
  description,
  permissions,
});

describe("a custom access role", () => {
  test("is made with what it may do, and seeing comes with doing", async () => {
    const role = await makeRole(["assets:edit", "custody:check-out"], "Warehouse");
    expect(role).toMatchObject({
      key: null,
      name: "Warehouse",
      permissions: ["assets:edit", "assets:view", "custody:check-out", "custody:view"],
      grantable: true,
      usage: { total: 0, sentence: "Nobody has it and nothing gives it." },
    });
  });

  test("has a name of its own, and permissions that exist", async () => {
    const draft = { name: " warehouse ", description: "", permissions: [] };
    expect((await admin().post("/roles", draft)).status).toBe(409);
    const unknown = { name: "Pilot", description: "", permissions: ["assets:fly"] };
    const { status, body } = await admin().post("/roles", unknown);
    expect(status).toBe(400);
    expect(body.detail).toContain("assets:fly");
    expect((await admin().post("/roles", { ...draft, name: "administrator" })).status).toBe(409);
  });

  test("of two at once with one name, one is made", async () => {
    const draft = { name: "Twin", description: "", permissions: ["assets:view"] };
    const made = await Promise.all([1, 2, 3].map(() => admin().post("/roles", draft)));
    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  test("takes effect at once on sessions that are open", async () => {
    const role = await makeRole(["assets:view"]);
    const person = muster.as(await makePerson(role.id));
    expect((await person.get("/assets")).status).toBe(200);
    expect((await person.get("/accounts")).status).toBe(403);
    const next = { ...draftOf(role), permissions: ["accounts:view"] };
    expect((await admin().put(`/roles/${role.id}`, next)).status).toBe(200);
    expect((await person.get("/assets")).status).toBe(403);
    expect((await person.get("/accounts")).status).toBe(200);
    expect((await person.get("/me")).body.permissions).toEqual(["accounts:view"]);
  });

  test("is of its organisation alone", async () => {
    const role = await makeRole(["assets:view"]);
    const stranger = muster.as(await muster.createOrganisation("Fabrikam"));
    expect((await stranger.get(`/roles/${role.id}`)).status).toBe(404);
    expect((await stranger.put(`/roles/${role.id}`, draftOf(role))).status).toBe(404);
    expect((await stranger.delete(`/roles/${role.id}`)).status).toBe(404);
  });

  test("each change is in the ledger, with who did it", async () => {
    const role = await makeRole(["assets:view"], "Scribe");
    await admin().put(`/roles/${role.id}`, { ...draftOf(role), permissions: ["custody:view"] });
    await admin().delete(`/roles/${role.id}`);
    const { rows } = await muster.organisations.within(muster.administrator.orgId, (tx) =>
      tx.executeSql(
        "select sentence, cause_sentence from ledger where subject_id = $1 order by id",
        [role.id],
      ),
    );
    expect(rows).toEqual([
      {
        sentence: "Access role Scribe made with 1 permission",
        cause_sentence: "Dana Reyes made an access role",
      },
      {
        sentence: "Access role now allows Custody: View; no longer allows Assets: View",
        cause_sentence: "Dana Reyes changed the access role Scribe",
      },
      {
        sentence: "Access role Scribe deleted",
        cause_sentence: "Dana Reyes deleted the access role Scribe",
      },
    ]);
  });
});

describe("a built-in access role", () => {
  test.each(["administrator", "editor", "viewer", "loanee"])("%s stays as it is", async (key) => {
    const path = `/roles/${builtIn[key]}`;
    const draft = { name: "Mine", description: "", permissions: [] };
    expect((await admin().put(path, draft)).status).toBe(403);
    expect((await admin().delete(path)).status).toBe(403);
    expect((await admin().delete(`${path}?replaceBy=${builtIn["viewer"]}`)).status).toBe(403);
  });
});

const department = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";

describe("deleting", () => {
  test("is refused while anything holds on to it, saying what", async () => {
    const role = await makeRole(["assets:view"], "Held");
    const person = await makePerson(role.id);
    const group = await entra.createGroup("Held people", []);
    await admin().put(`/connections/${entra.connectionId}/group-mappings`, {
      mappings: [
        { groupId: group, roleId: role.id },
        {
          attribute: { path: department, operator: "is", values: ["Sales", "Legal"] },
          roleId: role.id,
        },
      ],
    });
    const { status, body } = await admin().delete(`/roles/${role.id}`);
    expect(status).toBe(409);
    expect(body.detail).toContain(`1 Sub Account has it (${person.name})`);
    expect(body.detail).toContain("2 rules give it (Held people, department is Sales or Legal)");
    expect((await admin().get(`/roles/${role.id}`)).body.usage).toMatchObject({
      accounts: 1,
      locks: 1,
      mappings: 2,
      defaults: 0,
    });
  });

  test("puts another in its place everywhere, and nobody is decided otherwise", async () => {
    const role = await makeRole(["assets:view"], "Outgoing");
    const user = await entra.createUser("outgoing@contoso.test");
    const group = await entra.createGroup("Outgoing people", [user]);
    const rules = `/connections/${entra.connectionId}`;
    await admin().put(`${rules}/group-mappings`, {
      mappings: [{ groupId: group, roleId: role.id }],
    });
    const accountOf = async (search: string) =>
      (await admin().get(`/accounts?search=${search}`)).body.items[0];
    await expect.poll(async () => (await accountOf("outgoing")).role.name).toBe("Outgoing");
    const local = await makePerson(role.id);
    const gone = await admin().delete(`/roles/${role.id}?replaceBy=${builtIn["viewer"]}`);
    expect(gone.status, JSON.stringify(gone.body)).toBe(204);
    expect(await accountOf("outgoing")).toMatchObject({
      role: { name: "Viewer" },
      origin: "mapping",
    });
    expect((await admin().get(`/accounts/${local.accountId}`)).body.role.name).toBe("Viewer");
    const { body } = await admin().get(`/accounts/${local.accountId}/history`);
    expect(body.items[0].sentence).toBe(
      "Role changed from Outgoing to Viewer, which took its place",
    );
    const again = await admin().put(`${rules}/group-mappings`, {
      mappings: [{ groupId: group, roleId: builtIn["viewer"] }],
    });
    await expect
      .poll(async () => (await admin().get(`/role-applications/${again.body.application.id}`)).body)
      .toMatchObject({ state: "done", changed: 0 });
  });

  test("and giving it at the same time: one of them is refused, nothing breaks", async () => {
    for (let round = 0; round < 5; round += 1) {
      const role = await makeRole(["assets:view"]);
      const person = await makePerson(builtIn["viewer"] ?? "");
      const [given, deleted] = await Promise.all([
        admin().put(`/accounts/${person.accountId}/lock`, { roleId: role.id }),
        admin().delete(`/roles/${role.id}`),
      ]);
      expect([
        [200, 409],
        [400, 204],
      ]).toContainEqual([given.status, deleted.status]);
    }
  });
});

describe("nobody gives more than they have", () => {
  const helpDesk = [
    "accounts:view",
    "accounts:create",
    "accounts:edit",
    "accounts:lock",
    "accounts:sign-in",
    "roles:administer",
    "provisioning:view",
    "provisioning:edit",
    "provisioning:credentials",
  ];
  let helper: Person;
  let helperRole: { id: string; name: string; description: string };
  const asHelper = () => muster.as(helper);
  beforeAll(async () => {
    helperRole = await makeRole(helpDesk, "Help desk");
    helper = await makePerson(helperRole.id);
  });

  const refused = async (answer: Promise<{ status: number; body: { detail: string } }>) => {
    const { status, body } = await answer;
    expect(status, JSON.stringify(body)).toBe(403);
    expect(body.detail).not.toContain("lacks");
  };

  test("by making a role, or editing the own one", async () => {
    const more = { name: "Crown", description: "", permissions: ["assets:view"] };
    await refused(asHelper().post("/roles", more));
    const own = { ...draftOf(helperRole), permissions: [...helpDesk, "ledger:view"] };
    await refused(asHelper().put(`/roles/${helperRole.id}`, own));
    expect(
      (await asHelper().post("/roles", { ...more, permissions: ["accounts:view"] })).status,
    ).toBe(201);
  });

  test("by giving a role: to oneself, to another, to somebody new", async () => {
    const { accountId } = helper;
    const roleId = builtIn["administrator"] ?? "";
    await refused(asHelper().put(`/accounts/${accountId}/lock`, { roleId }));
    await refused(asHelper().post("/accounts", { name: "X", email: "x@contoso.test", roleId }));
    expect((await asHelper().get(`/accounts/${accountId}`)).body.role.name).toBe("Help desk");
  });

  test("nor takes anything from those who may do more", async () => {
    const { accountId } = muster.administrator;
    const roleId = builtIn["loanee"];
    await refused(asHelper().put(`/accounts/${accountId}/lock`, { roleId }));
    await refused(asHelper().put(`/accounts/${accountId}/status`, { status: "disabled" }));
    await refused(asHelper().post(`/accounts/${accountId}/sign-in-link`));
  });

  test("by deleting a role in favour of a stronger one", async () => {
    const role = await makeRole(["accounts:view"]);
    await refused(asHelper().delete(`/roles/${role.id}?replaceBy=${builtIn["administrator"]}`));
    const strong = await makeRole(["assets:view"]);
    await refused(asHelper().delete(`/roles/${strong.id}`));
  });

  test("by a mapping, a default role or a credential of a connection", async () => {
    const rules = `/connections/${entra.connectionId}`;
    const crowned = await entra.createGroup("Crowned", []);
    const plain = await entra.createGroup("Plain", []);
    const administrator = builtIn["administrator"] ?? "";
    const loanee = builtIn["loanee"] ?? "";
    const map = (mappings: object[], who = asHelper()) =>
      who.put(`${rules}/group-mappings`, { mappings });
    await map([], admin());
    await refused(map([{ groupId: plain, roleId: administrator }]));
    await refused(asHelper().patch(rules, { defaultRoleId: administrator }));
    expect((await asHelper().post(`${rules}/tokens`, { label: "Mine" })).status).toBe(201);
    const theirs = { groupId: crowned, roleId: administrator };
    await map([theirs], admin());
    await refused(asHelper().post(`${rules}/tokens`, { label: "Mine" }));
    await refused(map([]));
    await refused(map([{ groupId: plain, roleId: loanee }, theirs]));
    expect((await map([theirs, { groupId: plain, roleId: loanee }])).status).toBe(200);
    await map([], admin());
  });

  test("by unlocking what holds them down", async () => {
    const user = await entra.createUser("held.down@contoso.test");
    const group = await entra.createGroup("Kings", [user]);
    const rules = `/connections/${entra.connectionId}/group-mappings`;
    const mappings = [{ groupId: group, roleId: builtIn["administrator"] }];
    await admin().put(rules, { mappings });
    const account = (await admin().get("/accounts?search=held.down")).body.items[0];
    const lock = `/accounts/${account.id}/lock`;
    expect((await admin().put(lock, { roleId: helperRole.id })).status).toBe(200);
    await refused(asHelper().delete(lock));
    expect((await admin().get(`/accounts/${account.id}`)).body.role.name).toBe("Help desk");
  });
});

test("how many have a role, and are locked to it, is told of the tenants that the viewer sees", async () => {
  const york = (await admin().post("/tenants", { name: "York" })).body.id;
  const roleOfBoth = { name: "Of two tenants", description: "", permissions: ["assets:view"] };
  const { id } = (await admin().post("/roles", roleOfBoth)).body;
  const people = { away: york, home: muster.administrator.tenantId, there: york };
  for (const [name, tenantId] of Object.entries(people)) {
    const person = { name, email: `${name}@york.test`, roleId: id };
    const made = await admin().post("/accounts", person, { "muster-tenant": tenantId });
    expect(made.status).toBe(201);
  }
  const permissions = ["roles:view"];
  const viewers = {
    all: muster.administrator,
    limited: await muster.createPersonWhoMay(permissions, { scope: { tenantIds: [york] } }),
    ofYork: await muster.createPersonWhoMay(permissions, {
      colleague: { ...muster.administrator, tenantId: york },
    }),
  };
  const seen = async (who: Person) => {
    const { accounts, locks } = (await muster.as(who).get(`/roles/${id}`)).body.usage;
    return { accounts, locks };
  };
  expect(await seen(viewers.all)).toEqual({ accounts: 3, locks: 3 });
  expect(await seen(viewers.limited)).toEqual({ accounts: 2, locks: 2 });
  expect(await seen(viewers.ofYork)).toEqual({ accounts: 2, locks: 2 });
});

test("somebody limited to a tenant does not delete a role that is given where they do not see it", async () => {
  const leeds = (await admin().post("/tenants", { name: "Leeds" })).body.id;
  const scope = { tenantIds: [leeds] };
  const given = { name: "Given elsewhere", description: "", permissions: ["assets:view"], scope };
  const { id } = (await admin().post("/roles", given)).body;
  await makePerson(id);
  const limited = muster.as(
    await muster.createPersonWhoMay(["roles:administer", "assets:view"], { scope }),
  );
  expect((await limited.delete(`/roles/${id}`)).status).toBe(409);
  expect((await limited.delete(`/roles/${id}?replaceBy=${builtIn["loanee"]}`)).status).toBe(409);
});
