import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";
import { expireLocks } from "./expire-locks.ts";

/*
 * What an administrator does to one person is decided by the connection's rules, and so waits while they are edited, as
 * requests do: it is decided once, by the rules as they are then.
 */

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
const roles: Record<string, string> = {};
const admin = () => muster.as(muster.administrator);

beforeAll(async () => {
  muster = await createTestApp();
  entra = await createTestConnection(muster);
  for (const role of (await admin().get("/roles")).body.items) roles[role.key] = role.id;
});
afterAll(() => muster.close());

const accountOf = async (search: string): Promise<Loose> =>
  (await admin().get(`/accounts?search=${search}`)).body.items[0];
const locked = async (name: string): Promise<Loose> => {
  await entra.createUser(`${name}@contoso.test`);
  const account = await accountOf(name);
  const lock = { roleId: roles["editor"] };
  expect((await admin().put(`/accounts/${account.id}/lock`, lock)).status).toBe(200);
  return account;
};
const numbered = (name: string, employeeNumber: string) =>
  entra.createUser(`${name}@contoso.test`, { [enterprise]: { employeeNumber } });

const setDefault = (roleId: string | undefined) => ({
  text: "update default_roles set role_id = $2 where connection_id = $1",
  values: [entra.connectionId, roleId ?? null],
});

/** Does something while the default role is being changed to another, and says who it was about. */
const duringEdit = async (deed: () => Promise<{ status: number; body: unknown }>) => {
  await muster.organisations.within(
    muster.administrator.orgId,
    async (tx) => {
      const { text, values } = setDefault(roles["editor"]);
      await tx.executeSql(text, values);
      const done = deed();
      expect(await Promise.race([done, sleep(400)]), "it did not wait").toBeUndefined();
      tx.afterCommit(() => void (finished = done));
    },
    { hold: { key: entra.connectionId, mode: "exclusive" } },
  );
  const { status, body } = await finished!;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
};
let finished: ReturnType<Parameters<typeof duringEdit>[0]> | undefined;

type Deed = { readonly act: () => ReturnType<Parameters<typeof duringEdit>[0]>; who: string };
const deeds: Record<string, () => Promise<Deed>> = {
  "taking a lock away": async () => {
    const { id } = await locked("ola");
    return { who: "ola", act: () => admin().delete(`/accounts/${id}/lock`) };
  },
  "a lock that ends": async () => {
    const { id } = await locked("ben");
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    await admin().put(`/accounts/${id}/lock`, { roleId: roles["viewer"], expiresAt });
    await sleep(1600);
    const act = async () => {
      const ended = await expireLocks(muster.organisations, muster.administrator.orgId);
      return { status: ended === 1 ? 200 : 500, body: ended };
    };
    return { who: "ben", act };
  },
  "joining who came back": async () => {
    const former = await numbered("cho", "E1");
    await entra.send("DELETE", `/Users/${former}`);
    await numbered("returned", "E1");
    const [{ id }] = (await admin().get("/rehires?state=suggested")).body.items;
    return { who: "returned", act: () => admin().post(`/rehires/${id}/confirm`) };
  },
  "joining who was made by hand": async () => {
    const person = { name: "Jun", email: "jun@contoso.test", roleId: roles["loanee"] };
    expect((await admin().post("/accounts", person)).status).toBe(201);
    await entra.createUser("jun@contoso.test", { displayName: "Jun" });
    const find = async () => (await admin().get("/collisions?state=suggested")).body.items;
    await expect.poll(find, { timeout: 10_000 }).toHaveLength(1);
    const [{ id }] = await find();
    const confirmation = { keepRole: false };
    return { who: "jun", act: () => admin().post(`/collisions/${id}/confirm`, confirmation) };
  },
};

test.each(Object.entries(deeds))(
  "%s waits for an edit of the rules, and goes by the new ones",
  async (_what, prepare) => {
    const { text, values } = setDefault(roles["loanee"]);
    await muster.organisations.within(muster.administrator.orgId, async (tx) => {
      await tx.executeSql(text, values);
    });
    const { act, who } = await prepare();
    await duringEdit(act);
    const { items } = (await admin().get(`/accounts?search=${who}&status=active`)).body;
    expect(items.map(({ role }: Loose) => role.name)).toEqual(["Editor"]);
  },
);

test("putting somebody into a tenant waits for an edit of the rules", async () => {
  await muster.organisations.within(muster.administrator.orgId, async (tx) => {
    const { text, values } = setDefault(undefined);
    await tx.executeSql(text, values);
  });
  const userId = await entra.createUser("lia@contoso.test");
  const placement = { tenantId: muster.administrator.tenantId, roleId: roles["viewer"] };
  await duringEdit(() => admin().post(`/lobby/${userId}/placement`, placement));
  expect(await accountOf("lia")).toMatchObject({ status: "active", role: { name: "Viewer" } });
});
