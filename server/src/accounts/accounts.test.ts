import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let stranger: Person;
let viewer: Person;
const people: Record<string, string> = {};
const roles: Record<string, string> = {};

const admin = () => product.as(product.administrator);

const accountOf = async (userName: string) => {
  const { body } = await admin().get(`/accounts?search=${userName}`);
  return body.items[0];
};

const settle = async (application: { id: string; state: string }): Promise<void> => {
  let current = application;
  for (let tries = 0; current.state === "running" && tries < 200; tries += 1) {
    await new Promise((done) => setTimeout(done, 50));
    current = (await admin().get(`/role-applications/${current.id}`)).body;
  }
  expect(current.state).toBe("done");
};

beforeAll(async () => {
  product = await createTestApp({ startJobs: true });
  entra = await createTestConnection(product);
  stranger = await product.createOrganisation("Fabrikam");
  viewer = await product.createPerson("viewer");
  for (const role of (await admin().get("/roles")).body.items) roles[role.key] = role.id;
  for (const name of ["ana", "ben", "cleo"])
    people[name] = await entra.createUser(`${name}@contoso.test`, {
      emails: [{ value: `${name}@mail.test`, primary: true }],
    });
});
afterAll(() => product.close());

describe("who may ask", () => {
  const routes = (
    id: string,
  ): [method: "get" | "put" | "delete", path: string, body?: object][] => [
    ["get", "/accounts"],
    ["get", `/accounts/${id}`],
    ["get", `/accounts/${id}/history`],
    ["put", `/accounts/${id}/lock`, {}],
    ["delete", `/accounts/${id}/lock`],
    ["put", `/accounts/${id}/status`, { status: "disabled" }],
  ];

  test("nobody without a session", async () => {
    for (const [method, path, body] of routes((await accountOf("ana")).id))
      expect((await product.as(null)[method](path, body)).status, path).toBe(401);
  });

  test("a Viewer looks and changes nothing", async () => {
    for (const [method, path, body] of routes((await accountOf("ana")).id))
      expect((await product.as(viewer)[method](path, body)).status, path).toBe(
        method === "get" ? 200 : 403,
      );
  });

  test("another organisation's account does not exist", async () => {
    for (const [method, path, body] of routes((await accountOf("ana")).id).slice(1))
      expect((await product.as(stranger)[method](path, body)).status, path).toBe(404);
    expect((await product.as(stranger).get("/accounts?search=ana@contoso")).body.items).toEqual([]);
  });

  test("an unknown account does not exist", async () => {
    for (const [method, path, body] of routes("0199c0de-0000-7000-8000-000000000000").slice(1))
      expect((await admin()[method](path, body)).status, path).toBe(404);
  });
});

describe("what a page says", () => {
  test("identity as it was sent, the role and the reason in a sentence", async () => {
    const { body } = await admin().get(`/accounts/${(await accountOf("ben")).id}`);
    expect(body).toMatchObject({
      name: "ben",
      email: "ben@mail.test",
      userName: "ben@contoso.test",
      status: "active",
      role: { name: "Loanee" },
      origin: "default",
      reason: "Loanee, the default access role, because no rule takes them.",
      statusReason: "Active in the directory.",
      local: false,
      identity: { externalId: "ext-ben@contoso.test" },
      connection: { name: "Entra" },
    });
    expect(body.identity.attributes).toContainEqual({
      path: "emails.value",
      label: "emails.value",
      value: "ben@mail.test",
      account: null,
    });
  });

  test("a manager by name, with the way to them; as sent where nobody of that id is here", async () => {
    const manager = (await accountOf("ben")).personId;
    const nobody = "0199c0de-0000-7000-8000-000000000000";
    for (const [name, value] of [
      ["managed", manager],
      ["orphan", nobody],
    ])
      await entra.createUser(`${name}@contoso.test`, {
        displayName: name,
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { manager: { value } },
      });
    const managerOf = async (name: string) =>
      (await admin().get(`/accounts/${(await accountOf(name)).id}`)).body.identity.attributes.find(
        ({ path }: { path: string }) => path === "manager.value",
      );
    expect(await managerOf("managed")).toMatchObject({
      value: manager,
      account: { id: (await accountOf("ben")).id, name: "ben" },
    });
    expect(await managerOf("orphan")).toMatchObject({ value: nobody, account: null });
  });

  test("history names the cause of each change", async () => {
    const { body } = await admin().get(`/accounts/${(await accountOf("ben")).id}/history`);
    expect(body.items.map((entry: { sentence: string }) => entry.sentence)).toEqual(
      expect.arrayContaining([
        "Arrived from the directory",
        "Sub Account created as Loanee, the default access role",
      ]),
    );
    expect(body.items[0].cause).toMatchObject({ kind: "scim", sentence: "Entra created a person" });
  });
});

describe("group mappings", () => {
  const path = () => `/connections/${entra.connectionId}/group-mappings`;
  const groups: Record<string, string> = {};

  beforeAll(async () => {
    groups["editors"] = await entra.createGroup("Editors", [people["ana"]!, people["ben"]!]);
    groups["admins"] = await entra.createGroup("Admins", [people["ana"]!]);
  });

  const save = async (...mappings: [group: string, role: string][]) => {
    const drafts = mappings.map(([group, role]) => ({
      groupId: groups[group]!,
      roleId: roles[role]!,
    }));
    const saved = await admin().put(path(), { mappings: drafts });
    expect(saved.status).toBe(200);
    await settle(saved.body.application);
    return saved.body;
  };
  const roleOf = async (name: string) => {
    const { role, origin, originGroup } = await accountOf(name);
    return [role.name, origin, originGroup?.name ?? null];
  };

  test("every pushed group is listed with its members", async () => {
    const { body } = await admin().get(path());
    expect(
      body.items.map((item: { group: { name: string }; members: number }) => [
        item.group.name,
        item.members,
      ]),
    ).toEqual([
      ["Admins", 1],
      ["Editors", 2],
    ]);
  });

  test("the effect is told before it is saved", async () => {
    const { body } = await admin().post(`${path()}/preview`, {
      mappings: [{ groupId: groups["editors"], roleId: roles["editor"] }],
    });
    expect(body.counts).toMatchObject({ role: 2, gain: 0, lose: 0 });
    expect(
      body.changes
        .map(({ person, from, to }: Loose) => [person.name, from.role.name, to.role.name])
        .toSorted(),
    ).toEqual([
      ["ana", "Loanee", "Editor"],
      ["ben", "Loanee", "Editor"],
    ]);
    expect(await roleOf("ana")).toEqual(["Loanee", "default", null]);
  });

  test("the first mapping wins", async () => {
    await save(["admins", "administrator"], ["editors", "editor"]);
    expect(await roleOf("ana")).toEqual(["Administrator", "mapping", "Admins"]);
    expect(await roleOf("ben")).toEqual(["Editor", "mapping", "Editors"]);
    await save(["editors", "editor"], ["admins", "administrator"]);
    expect(await roleOf("ana")).toEqual(["Editor", "mapping", "Editors"]);
  });

  test("whoever leaves the group falls back to what remains, then to the default", async () => {
    await save(["admins", "administrator"], ["editors", "editor"]);
    await entra.patch(`/Groups/${groups["admins"]}`, {
      op: "Remove",
      path: "members",
      value: [{ value: people["ana"] }],
    });
    expect(await roleOf("ana")).toEqual(["Editor", "mapping", "Editors"]);
    await entra.patch(`/Groups/${groups["editors"]}`, {
      op: "Remove",
      path: "members",
      value: [{ value: people["ana"] }],
    });
    expect(await roleOf("ana")).toEqual(["Loanee", "default", null]);
  });

  test("a lock holds against mappings and shows what the directory would give", async () => {
    const { id } = await accountOf("ben");
    const locked = await admin().put(`/accounts/${id}/lock`, {
      roleId: roles["administrator"],
      reason: "runs the desk",
    });
    expect(locked.body).toMatchObject({
      role: { name: "Administrator" },
      origin: "lock",
      directoryRole: {
        role: { name: "Editor" },
        reason: "Editor, because they are a member of Editors.",
      },
      lock: { reason: "runs the desk", by: "Dana Reyes" },
    });
    await save(["editors", "viewer"]);
    expect((await admin().get(`/accounts/${id}`)).body).toMatchObject({
      role: { name: "Administrator" },
      directoryRole: { role: { name: "Viewer" } },
    });
    const unlocked = await admin().delete(`/accounts/${id}/lock`);
    expect(unlocked.body).toMatchObject({
      role: { name: "Viewer" },
      origin: "mapping",
      lock: null,
    });
    expect((await admin().delete(`/accounts/${id}/lock`)).status).toBe(409);
  });

  test("the default access role reaches everybody whom no mapping does", async () => {
    await save(["editors", "editor"]);
    const changed = await admin().patch(`/connections/${entra.connectionId}`, {
      defaultRoleId: roles["viewer"],
    });
    expect(changed.body.defaultRole.name).toBe("Viewer");
    const { application } = (await admin().get(path())).body;
    await settle(application);
    expect(await roleOf("cleo")).toEqual(["Viewer", "default", null]);
    expect(await roleOf("ben")).toEqual(["Editor", "mapping", "Editors"]);
  });

  test("a group that vanishes keeps its mapping, greyed out, and gives its role no more", async () => {
    await save(["editors", "editor"]);
    expect((await entra.send("DELETE", `/Groups/${groups["editors"]}`)).status).toBe(204);
    const { items } = (await admin().get(path())).body;
    expect(items[0]).toMatchObject({
      group: { name: "Editors", deleted: true },
      members: 0,
      role: { name: "Editor" },
    });
    expect((await roleOf("ben"))[1]).toBe("default");
  });

  test.each([
    ["an unknown group", () => [{ groupId: roles["editor"], roleId: roles["editor"] }], 400],
    ["an unknown role", () => [{ groupId: groups["admins"], roleId: groups["admins"] }], 400],
    [
      "a group twice",
      () => [1, 2].map(() => ({ groupId: groups["admins"], roleId: roles["editor"] })),
      409,
    ],
    ["another organisation's connection", () => [], 404],
  ])("%s is refused", async (what, mappings, status) => {
    const someone = what.startsWith("another") ? product.as(stranger) : admin();
    expect((await someone.put(path(), { mappings: mappings() })).status).toBe(status);
  });
});

test("whoever gets another e-mail address in the directory signs in by that one", async () => {
  const id = await entra.createUser("finn@contoso.test", {
    emails: [{ value: "finn@mail.test", type: "work" }],
  });
  const account = await accountOf("finn");
  const link = (await admin().post(`/accounts/${account.id}/sign-in-link`)).body.url
    .split("/")
    .at(-1);
  const password = "a long enough secret";
  expect((await product.as(null).post(`/sign-in-links/${link}`, { password })).status).toBe(200);
  await entra.patch(`/Users/${id}`, {
    op: "Replace",
    path: 'emails[type eq "work"].value',
    value: "finn.b@mail.test",
  });
  const signIn = (email: string) => product.as(null).post("/sign-in", { email, password });
  expect((await signIn("finn.b@mail.test")).status).toBe(200);
  expect((await signIn("finn@mail.test")).status).toBe(401);
});

describe("a person made by hand", () => {
  test("has a role that only a hand changes", async () => {
    const made = await admin().post("/accounts", {
      name: "Eve Local",
      email: "eve@contoso.test",
      roleId: roles["viewer"],
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      role: { name: "Viewer" },
      origin: "hand",
      local: true,
      reason: "Viewer, given by hand.",
      lock: null,
    });
    const { id } = made.body;
    expect(
      (await admin().put(`/accounts/${id}/lock`, { roleId: roles["editor"] })).body.role.name,
    ).toBe("Editor");
    expect((await admin().delete(`/accounts/${id}/lock`)).status).toBe(409);
    expect((await admin().put(`/accounts/${id}/status`, { status: "disabled" })).body.status).toBe(
      "disabled",
    );
    expect((await admin().put(`/accounts/${id}/status`, { status: "active" })).body.status).toBe(
      "active",
    );
  });

  test("the directory's people are disabled in the directory", async () => {
    const { id } = await accountOf("cleo");
    const refused = await admin().put(`/accounts/${id}/status`, { status: "disabled" });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain("in Entra");
  });

  test("the last Administrator whom no sync can remove stays", async () => {
    const { accountId } = product.administrator;
    const demote = { roleId: roles["viewer"] };
    expect((await admin().put(`/accounts/${accountId}/lock`, demote)).status).toBe(409);
    expect(
      (await admin().put(`/accounts/${accountId}/status`, { status: "disabled" })).status,
    ).toBe(409);
    // Somebody who may do everything without being one of the two, so that no answer depends on who was demoted first.
    const { permissions } = (await admin().get("/me")).body;
    const judge = product.as(await product.createPersonWhoMay(permissions));
    const second = await product.createPerson("administrator", "Second Admin");
    const both = [accountId, second.accountId];
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(
        both.map((id) => judge.put(`/accounts/${id}/lock`, demote)),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
      const left = answers.findIndex(({ status }) => status === 409);
      expect(answers[left]?.body.title).toContain("the last Administrator");
      expect((await judge.get(`/accounts/${both[left]}`)).body.role.name).toBe("Administrator");
      const again = await judge.put(`/accounts/${both[1 - left]}/lock`, {
        roleId: roles["administrator"],
      });
      expect(again.status).toBe(200);
    }
  });
});
