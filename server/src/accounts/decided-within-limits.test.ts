import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../test/support/scim.ts";

/*
 * Whoever is limited to some tenants changes people of those, and what is decided then is what anybody's change would
 * have decided: a person's rules lead to other tenants too.
 */

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let branch: string;
let loanee: string;
const admin = () => muster.as(muster.administrator);

beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  entra = await createTestConnection(muster);
  branch = (await admin().post("/tenants", { name: "Branch" })).body.id;
  const { items } = (await admin().get("/roles")).body;
  loanee = items.find(({ key }: Loose) => key === "loanee").id;
});
afterAll(() => muster.close());

const accountsOf = async (name: string): Promise<Loose[]> =>
  (await admin().get(`/accounts?search=${name}`)).body.items;
const statuses = async (name: string) =>
  (await accountsOf(name)).map(({ tenant, status }) => `${tenant.name} ${status}`).toSorted();
const idIn = async (name: string, tenantName: string): Promise<string> =>
  (await accountsOf(name)).find(({ tenant }) => tenant.name === tenantName)!["id"];
const limitedTo = async (tenantId: string) =>
  muster.as(
    await muster.createPersonWhoMay(["accounts:view", "accounts:edit", "accounts:lock"], {
      scope: { tenantIds: [tenantId] },
    }),
  );

/** People in a group each, and rules that lead from there. */
const arrive = async (people: Record<string, string[]>): Promise<void> => {
  const mappings: object[] = [];
  for (const [name, tenantIds] of Object.entries(people)) {
    const value = await entra.createUser(`${name}@contoso.test`);
    for (const tenantId of tenantIds) {
      const group = { displayName: `${name} ${tenantId}`, members: [{ value }] };
      const made = (await entra.send("POST", "/Groups", group)).body;
      mappings.push({ groupId: made.id, tenantId, roleId: loanee });
    }
  }
  const path = `/connections/${entra.connectionId}/group-mappings`;
  const { application } = (await admin().put(path, { mappings })).body;
  const state = async () => (await admin().get(`/role-applications/${application.id}`)).body.state;
  await expect.poll(state, { timeout: 15_000 }).toBe("done");
};

test("a role is locked and let go where the person's rules lead elsewhere too", async () => {
  const home = muster.administrator.tenantId;
  await arrive({ olivia: [home, branch], ben: [branch] });
  const here = await limitedTo(branch);
  const there = await limitedTo(home);
  for (const [who, name, tenantName] of [
    [here, "olivia", "Branch"],
    [there, "olivia", "Contoso"],
    [there, "ben", "Contoso"],
  ] as const) {
    const before = await statuses(name);
    const path = `/accounts/${await idIn(name, tenantName)}`;
    const explained = await who.get(`${path}/explanation`);
    expect(explained.status, JSON.stringify(explained.body)).toBe(200);
    const locked = await who.put(`${path}/lock`, { roleId: loanee });
    expect(locked.status, JSON.stringify(locked.body)).toBe(200);
    expect(await statuses(name)).toEqual(before);
  }
  const path = `/accounts/${await idIn("olivia", "Branch")}`;
  expect((await here.delete(`${path}/lock`)).status).toBe(200);
  expect(await statuses("olivia")).toEqual(["Branch active", "Contoso active"]);
  expect(await statuses("ben")).toEqual(["Branch active", "Contoso disabled"]);
  expect((await there.get(path)).status).toBe(404);
});

test("rules of which some are out of sight are edited by nobody who sees the others", async () => {
  const home = muster.administrator.tenantId;
  await arrive({ rita: [home, branch] });
  const limited = muster.as(
    await muster.createPersonWhoMay(["provisioning:view", "provisioning:edit"], {
      scope: { tenantIds: [home] },
    }),
  );
  const path = `/connections/${entra.connectionId}/group-mappings`;
  const mapped = async (who: ReturnType<typeof admin>): Promise<Loose[]> =>
    (await who.get(path)).body.items.filter(({ role }: Loose) => role !== null);
  const kept = await mapped(admin());
  const seen = await mapped(limited);
  expect([kept.length, seen.length]).toEqual([2, 1]);
  const mappings = seen.map(({ group, role, tenant }: Loose) => ({
    groupId: group.id,
    roleId: role.id,
    tenantId: tenant.id,
  }));
  for (const answer of [
    await limited.put(path, { mappings }),
    await limited.put(path, { mappings: [] }),
    await limited.post(`${path}/preview`, { mappings }),
  ]) {
    expect(answer.status, JSON.stringify(answer.body)).toBe(403);
    expect(answer.body.title).toBe("You do not see all rules of this connection");
  }
  expect(await mapped(admin())).toEqual(kept);
});
