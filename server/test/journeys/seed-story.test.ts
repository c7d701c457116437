import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDirectory, runTestConnection } from "../../../entra-emulator/src/index.ts";
import {
  listAll,
  requestApi,
  sessionFrom,
  type Answered,
  type Session,
} from "../support/api-client.ts";
import { countMisdecided, mapGroups, roleIds } from "../support/application.ts";
import {
  createEntraTenant,
  withMembership,
  withPerson,
  type EntraTenant,
} from "../support/entra.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import { readMirror, type ScimConnection } from "../support/scim-client.ts";

/** In IT Asset Admins and in IT Operations. */
const zoe = "Zoë Llewellyn";

let product: Product;
let dana: Session;
let connection: ScimConnection;
let entra: EntraTenant;
let roles: Map<string, string>;
let groups: Map<string, string>;

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
  connection = await product.connect(dana);
  entra = createEntraTenant(connection, await loadDirectory());
  roles = await roleIds(dana);
});

afterAll(async () => {
  await product?.stop();
  endProducts();
});

const find = async (name: string): Promise<Answered["body"]> => {
  const { body } = await dana.get(`/accounts?search=${encodeURIComponent(name)}`);
  expect(body.items.map((item: { name: string }) => item.name)).toEqual([name]);
  return (await dana.get(`/accounts/${body.items[0].id}`)).body;
};

const roleOf = (name: string) => roles.get(name) as string;

/** The latest ledger entry of an account or its person, and the effects of the request that caused it. */
const latestCause = async (accountId: string, action: string) => {
  const history = await listAll(dana, `/accounts/${accountId}/history`);
  const entry = history.find((one) => one.action === action);
  expect(entry, `${action} in the history`).toBeDefined();
  const { body } = await dana.get(`/provisioning-log/${entry.cause.id}`);
  return { entry, log: body };
};

const pushedBy = (effects: readonly { action: string }[]) => effects.map(({ action }) => action);

describe("the seed story, in the order an administrator lives it", () => {
  test("Test Connection succeeds, and the connection's page says that it came", async () => {
    const before = await dana.get(`/connections/${connection.id}/arrivals`);
    expect(before.body).toMatchObject({ firstRequestAt: null, testConnectionAt: null, users: 0 });

    const result = await runTestConnection({ url: connection.endpoint, token: connection.token });

    expect(result).toMatchObject({ isSuccessful: true });
    await expect
      .poll(async () => (await dana.get(`/connections/${connection.id}/arrivals`)).body)
      .toMatchObject({
        testConnectionAt: expect.any(String),
        firstRequestAt: expect.any(String),
        lastRefusedAt: null,
      });
  });

  test("the initial cycle brings everybody as Sub Accounts with the default access role", async () => {
    const report = await entra.sync();

    expect(report).toMatchObject({ kind: "initial", outcome: "completed", failures: [] });
    const people = await readMirror(connection, "Users");
    const accounts = (await listAll(dana, "/accounts")).filter(({ local }) => !local);
    expect(people.length).toBeGreaterThan(50);
    expect(accounts.length).toBe(people.length);
    expect(new Set(accounts.map(({ userName }) => userName))).toEqual(
      new Set(people.map(({ userName }) => userName)),
    );
    const { defaultRole } = (await dana.get(`/connections/${connection.id}`)).body;
    for (const account of accounts)
      expect(account).toMatchObject({ role: defaultRole, origin: "default", status: "active" });

    const second = await entra.sync();
    expect(second).toMatchObject({ kind: "incremental", writes: 0 });
  });

  test("another default access role reaches everybody in no mapped group", async () => {
    const { status } = await dana.patch(`/connections/${connection.id}`, {
      defaultRoleId: roleOf("Loanee"),
    });
    expect(status).toBe(200);
    await expect
      .poll(async () => new Set((await everybody()).map(({ role }) => role.name)))
      .toEqual(new Set(["Loanee"]));
  });

  test("group mappings give roles by priority: the first of a person's mapped groups wins", async () => {
    const { body } = await dana.get(`/connections/${connection.id}/group-mappings`);
    expect(body.items.length).toBe(entra.directory().groups.length);
    groups = new Map((body.items as Answered["body"][]).map(({ group }) => [group.name, group.id]));
    const mappings = [
      { groupId: groups.get("IT Asset Admins") as string, roleId: roleOf("Editor") },
      { groupId: groups.get("IT Operations") as string, roleId: roleOf("Viewer") },
    ];
    const preview = await dana.post(`/connections/${connection.id}/group-mappings/preview`, {
      mappings,
    });

    const application = await mapGroups(dana, connection.id, mappings);

    expect(application).toMatchObject({ state: "done", error: null });
    expect(preview.body).toMatchObject({ people: preview.body.total, next: null });
    const { gain, lose, move, role } = preview.body.counts;
    expect(role).toBeGreaterThan(0);
    expect(gain + lose + move + role).toBe(application.changed);
    const account = await find(zoe);
    expect(account).toMatchObject({
      role: { name: "Editor" },
      origin: "mapping",
      originGroup: { name: "IT Asset Admins" },
      reason: "Editor, because they are a member of IT Asset Admins.",
    });
    expect(
      account.allGroups
        .map(({ name }: { name: string }) => name)
        .filter((name: string) => name.startsWith("IT ")),
    ).toEqual(["IT Asset Admins", "IT Operations"]);
    expect((await find("Haruto Sakamoto")).role.name).toBe("Viewer");
    expect((await find("Ngozi Okafor")).role.name).toBe("Loanee");
  });

  test("taken out of one group, a person falls back to the other; out of both, to the default", async () => {
    entra.change(withMembership("IT Asset Admins", zoe, false));
    await entra.sync();

    const account = await find(zoe);
    expect(account).toMatchObject({
      role: { name: "Viewer" },
      originGroup: { name: "IT Operations" },
    });
    const { entry, log } = await latestCause(account.id, "account.role-changed");
    expect(entry).toMatchObject({
      sentence: expect.stringContaining("Role changed from Editor to Viewer"),
      cause: { kind: "scim" },
      actor: expect.stringContaining("Microsoft Entra ID"),
    });
    expect(log).toMatchObject({ method: "PATCH", outcome: "changed", resourceType: "Group" });
    expect(pushedBy(log.effects)).toEqual(
      expect.arrayContaining(["membership.removed", "account.role-changed"]),
    );

    entra.change(withMembership("IT Operations", zoe, false));
    await entra.sync();
    expect(await find(zoe)).toMatchObject({
      role: { name: "Loanee" },
      origin: "default",
      originGroup: null,
    });

    entra.change(withMembership("IT Asset Admins", zoe, true));
    entra.change(withMembership("IT Operations", zoe, true));
    await entra.sync();
    expect(await find(zoe)).toMatchObject({ role: { name: "Editor" } });
  });

  test("Disabled in Entra: sessions end, memberships, role and items are remembered", async () => {
    const account = await find(zoe);
    const link = (await dana.post(`/accounts/${account.id}/sign-in-link`)).body.url as string;
    const token = new URL(link).pathname.split("/").at(-1);
    const used = await requestApi(product.url, {
      method: "POST",
      path: `/sign-in-links/${token}`,
      body: { password: "a-long-and-quiet-river" },
    });
    const byLink = sessionFrom(product.url, used);
    const byPassword = await product.signIn({
      email: account.email,
      password: "a-long-and-quiet-river",
    });
    for (const session of [byLink, byPassword])
      expect((await session.get("/me")).body).toMatchObject({ role: { name: "Editor" } });
    const assetIds = await checkOutTo(account.id, ["Laptop", "Phone"]);

    entra.change(withPerson(zoe, { accountEnabled: false }));
    const report = await entra.sync();

    expect(report).toMatchObject({ counts: { disabled: 1 }, failures: [] });
    for (const session of [byLink, byPassword]) expect((await session.get("/me")).status).toBe(401);
    await expect(
      product.signIn({ email: account.email, password: "a-long-and-quiet-river" }),
    ).rejects.toThrow("401");
    const disabled = await find(zoe);
    expect(disabled).toMatchObject({
      status: "disabled",
      role: account.role,
      origin: "mapping",
      originGroup: account.originGroup,
      allGroups: account.allGroups,
      held: 2,
    });
    const { entry, log } = await latestCause(account.id, "account.disabled");
    expect(entry).toMatchObject({ cause: { kind: "scim" } });
    expect(log).toMatchObject({ method: "PATCH", resourceType: "User", outcome: "changed" });
    expect(pushedBy(log.effects)).toEqual(
      expect.arrayContaining(["user.changed", "account.disabled", "recovery.opened"]),
    );
    expect(await openRecovery(zoe)).toMatchObject({ outstanding: 2, returned: 0 });

    await checkIn(assetIds[0] as string);
    expect(await openRecovery(zoe)).toMatchObject({ outstanding: 1, returned: 1 });
    await checkIn(assetIds[1] as string);
    expect(await openRecovery(zoe)).toBeUndefined();
    const [closed] = (await dana.get("/recoveries?state=closed")).body.items;
    expect(closed).toMatchObject({
      account: { name: zoe },
      outstanding: 0,
      returned: 2,
      closedBecause: expect.any(String),
    });
  });

  test("enabled again, the same role comes back", async () => {
    entra.change(withPerson(zoe, { accountEnabled: true }));
    await entra.sync();

    expect(await find(zoe)).toMatchObject({
      status: "active",
      role: { name: "Editor" },
      originGroup: { name: "IT Asset Admins" },
    });
  });

  test("a leaver's items are listed under Recoveries, and being enabled again closes the list", async () => {
    const { id } = await find("Callum Hughes");
    await checkOutTo(id, ["Camera"]);
    entra.change(withPerson("Callum Hughes", { accountEnabled: false }));
    await entra.sync();
    const open = await openRecovery("Callum Hughes");
    const { body } = await dana.get(`/recoveries/${open.id}`);
    expect(body.items.map((item: Answered["body"]) => item.asset.name)).toEqual(["Camera"]);

    entra.change(withPerson("Callum Hughes", { accountEnabled: true }));
    await entra.sync();

    expect(await openRecovery("Callum Hughes")).toBeUndefined();
    expect((await find("Callum Hughes")).held).toBe(1);
  });

  test("a role lock holds against syncs and mapping edits, and the page says what the directory gives", async () => {
    const { id } = await find(zoe);
    const locked = await dana.put(`/accounts/${id}/lock`, {
      roleId: roleOf("Administrator"),
      reason: "Runs the asset team",
    });
    expect(locked.body).toMatchObject({
      role: { name: "Administrator" },
      origin: "lock",
      directoryRole: { role: { name: "Editor" } },
    });

    entra.change(withMembership("IT Asset Admins", zoe, false));
    await entra.sync();
    expect(await find(zoe)).toMatchObject({
      role: { name: "Administrator" },
      lock: { role: { name: "Administrator" }, reason: "Runs the asset team", by: "Administrator" },
      directoryRole: {
        role: { name: "Viewer" },
        reason: "Viewer, because they are a member of IT Operations.",
      },
    });

    await mapGroups(dana, connection.id, [
      { groupId: groups.get("IT Operations") as string, roleId: roleOf("Editor") },
    ]);
    expect(await find(zoe)).toMatchObject({
      role: { name: "Administrator" },
      directoryRole: { role: { name: "Editor" } },
    });
    expect((await find("Haruto Sakamoto")).role.name).toBe("Editor");
  });

  test("unlocked, the person has the directory's answer at once", async () => {
    const { id } = await find(zoe);

    const { status, body } = await dana.delete(`/accounts/${id}/lock`);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      role: { name: "Editor" },
      origin: "mapping",
      originGroup: { name: "IT Operations" },
      lock: null,
    });
    const history = await listAll(dana, `/accounts/${id}/history`);
    expect(history.find(({ action }) => action === "account.role-changed")).toMatchObject({
      cause: { kind: "administrator", sentence: expect.stringContaining("removed the role lock") },
    });
  });

  test("in the end every account is what the rules give for the mirror", async () => {
    expect(await countMisdecided(dana, connection.id)).toBe(0);
    expect(await entra.sync()).toMatchObject({ writes: 0 });
  });
});

const everybody = async () => (await listAll(dana, "/accounts")).filter(({ local }) => !local);

const checkOutTo = async (accountId: string, names: readonly string[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const name of names) {
    const { id } = (await dana.post("/assets", { name })).body;
    const { status, body } = await dana.post(`/assets/${id}/check-out`, { accountId });
    expect(status, JSON.stringify(body)).toBe(200);
    ids.push(id);
  }
  return ids;
};

const checkIn = async (assetId: string) =>
  expect((await dana.post(`/assets/${assetId}/check-in`, {})).status).toBe(200);

const openRecovery = async (name: string): Promise<Answered["body"]> =>
  (await listAll(dana, "/recoveries?state=open")).find(({ account }) => account.name === name);
