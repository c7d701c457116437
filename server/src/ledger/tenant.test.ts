import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { createTestConnection } from "../../test/support/scim.ts";
import { sealLedger } from "./seals/seal-ledger.ts";
import { during, undoAs, type Client } from "../../test/support/undo.ts";

let app: TestApp;
let admin: Client;
/** An administrator of North, who sees and undoes what is of North; and one of South. */
let nora: Client;
let sam: Client;
let north: string;
let south: string;
const roles: Record<string, string> = {};

type Entry = {
  readonly id: string;
  readonly action: string;
  readonly tenant: { readonly id: string } | null;
  readonly cause: { readonly id: string };
};

beforeAll(async () => {
  app = await createTestApp({ startJobs: true });
  admin = app.as(app.administrator);
  for (const { key, id } of (await admin.get("/roles")).body.items) roles[key] = id;
  const of = async (name: string, person: string) => {
    const { id } = (await admin.post("/tenants", { name })).body;
    const colleague = { ...app.administrator, tenantId: id };
    return { id, person: await app.createPerson("administrator", person, colleague) };
  };
  const [first, second] = [await of("North", "Nora North"), await of("South", "Sam South")];
  [north, south] = [first.id, second.id];
  [nora, sam] = [app.as(first.person), app.as(second.person)];
});
afterAll(() => app.close());

const entriesOf = async (who: Client, query = ""): Promise<Entry[]> =>
  (await who.get(`/ledger?limit=200${query}`)).body.items;
const detail = async (who: Client, { id }: { id: string }) => (await who.get(`/ledger/${id}`)).body;
const assetOf = async (who: Client, name: string): Promise<string> =>
  (await who.post("/assets", { name })).body.id;
const rename = (who: Client, id: string, name: string) => who.patch(`/assets/${id}`, { name });
const nameOf = async (id: string): Promise<string> => (await admin.get(`/assets/${id}`)).body.name;

describe("an administrator of one tenant, on the ledger", () => {
  test("reads what is of that tenant, in the list, the search and the export, and nothing else", async () => {
    const [mine, theirs] = [await assetOf(nora, "Slate North"), await assetOf(sam, "Slate South")];
    const seen = await entriesOf(nora);
    expect(seen.length).toBeGreaterThan(2);
    for (const entry of seen) expect((await detail(admin, entry)).tenant.id).toBe(north);
    expect(await entriesOf(nora, "&search=slate")).toHaveLength(1);
    expect(await entriesOf(nora, `&subjectId=${mine}`)).toHaveLength(1);
    for (const query of [`&subjectId=${theirs}`, `&tenantId=${south}&search=south`])
      expect(await entriesOf(nora, query), query).toEqual([]);
    const { body } = await nora.get("/ledger/export?format=ndjson");
    const exported = String(body).trim().split("\n");
    expect(exported.length).toBe((await entriesOf(nora)).length);
    for (const line of exported) expect(JSON.parse(line).tenantId).toBe(north);
  });

  test("is told of the actions of that tenant, sealed or not", async () => {
    const { id } = (await sam.post("/asset-categories", { name: "Skis" })).body;
    await sam.patch(`/asset-categories/${id}`, { name: "Sledges" });
    await assetOf(nora, "Slate");
    const limited = app.as(
      await app.createPersonWhoMay(["ledger:view"], { scope: { tenantIds: [north] } }),
    );
    const actions = async (who: Client, more = {}): Promise<string[]> =>
      (await who.get("/ledger/actions", undefined, more)).body.items;
    const told = async () => {
      const all = await actions(admin);
      expect(all).toEqual(expect.arrayContaining(["tenant.created", "category.created"]));
      expect(await actions(sam)).toContain("category.created");
      const mine = [
        await actions(nora),
        await actions(limited),
        await actions(admin, { "muster-tenant": north }),
      ];
      const entries = await entriesOf(nora);
      expect(entries.length).toBeLessThan(200);
      const seen = [...new Set(entries.map(({ action }) => action))].toSorted();
      expect(seen).toContain("asset.created");
      for (const one of mine) expect(one).toEqual(seen);
    };
    await told();
    await sealLedger(app.organisations, app.administrator.orgId);
    await told();
  });

  test("neither an entry nor a cause of another tenant, or of the whole organisation, is there", async () => {
    const theirs = (await entriesOf(sam))[0]!;
    const { id: roleId } = (
      await admin.post("/roles", { name: "Of all", description: "", permissions: [] })
    ).body;
    const ofAll = (await entriesOf(admin, `&subjectId=${roleId}`))[0]!;
    for (const { id, cause } of [theirs, ofAll]) {
      expect((await nora.get(`/ledger/${id}`)).status).toBe(404);
      if (cause.id !== null)
        expect((await nora.get(`/ledger/causes/${cause.id}`)).status).toBe(404);
    }
  });

  test("of a cause that reaches several tenants the own effects are seen, and counted", async () => {
    const entra = await createTestConnection(app, "Entra");
    const base = `/connections/${entra.connectionId}`;
    const [one, two] = [
      await entra.createUser("one@contoso.test"),
      await entra.createUser("two@contoso.test"),
    ];
    const mappings = [
      { groupId: await entra.createGroup("N", [one]), roleId: roles["viewer"], tenantId: north },
      { groupId: await entra.createGroup("S", [two]), roleId: roles["viewer"], tenantId: south },
    ];
    await admin.put(`${base}/group-mappings`, { mappings });
    await expect
      .poll(async () => (await admin.get(`${base}/group-mappings`)).body.application.state)
      .toBe("done");
    const edit = (await entriesOf(admin, "&action=rules.group-mappings-changed"))[0]!;
    const { cause } = edit;
    expect((await admin.get(`/ledger/causes/${cause.id}`)).body.effects).toBeGreaterThan(2);
    expect((await nora.get(`/ledger/causes/${cause.id}`)).body.effects).toBe(1);
    const effects = await entriesOf(nora, `&causeId=${cause.id}`);
    expect(effects.map(({ action }) => action)).toEqual(["account.created"]);
    // Nor is the edit, which is of the super tenant, undone from here.
    const { plan, items } = undoAs(nora);
    const { id } = await plan({ causeId: cause.id });
    expect(await items(id)).toMatchObject([{ state: "refused", entries: 1 }]);
  });

  test("what is held of people is told to each tenant in its own words", async () => {
    const entra = await createTestConnection(app, "Rehearsed");
    const base = `/connections/${entra.connectionId}`;
    const user = await entra.createUser("held@contoso.test");
    const mappings = [
      { groupId: await entra.createGroup("HN", [user]), roleId: roles["viewer"], tenantId: north },
      { groupId: await entra.createGroup("HS", [user]), roleId: roles["editor"], tenantId: south },
    ];
    await admin.put(`${base}/group-mappings`, { mappings });
    await expect
      .poll(async () => (await admin.get(`${base}/group-mappings`)).body.application.state)
      .toBe("done");
    await admin.patch(`${base}/safeguard`, { mode: "dry-run" });
    await entra.patch(`/Users/${user}`, { op: "replace", path: "active", value: false });
    const [mine, theirs] = [
      await entriesOf(nora, "&action=account.held"),
      await entriesOf(sam, "&action=account.held"),
    ];
    expect([mine.length, theirs.length]).toEqual([1, 1]);
    expect((await detail(nora, mine[0]!)).sentence).toMatch(/Viewer/);
    expect((await detail(nora, mine[0]!)).sentence).not.toMatch(/Editor/);
    expect((await detail(sam, theirs[0]!)).sentence).toMatch(/Editor/);
  });
});

describe("an administrator of one tenant, undoing", () => {
  test("takes back a span of the own tenant; the other stays as it is", async () => {
    const [mine, theirs] = [await assetOf(nora, "Before"), await assetOf(sam, "Before")];
    const span = await during(async () => {
      await rename(nora, mine, "After");
      await rename(sam, theirs, "After");
      await admin.post("/roles", { name: "Meanwhile", description: "", permissions: [] });
    });
    const { plan, items, apply } = undoAs(nora);
    for (const scope of [span, { ...span, tenantId: south }]) {
      const { id } = await plan(scope);
      expect(await items(id)).toMatchObject([{ state: "planned", subject: { id: mine } }]);
    }
    const { id } = await plan(span);
    expect(await apply(id)).toMatchObject({ done: { things: 1 }, refused: { things: 0 } });
    expect([await nameOf(mine), await nameOf(theirs)]).toEqual(["Before", "After"]);
    const undone = (await entriesOf(nora, "&action=undo.applied"))[0]!;
    expect((await detail(admin, undone)).tenant.id).toBe(north);
    expect(await entriesOf(sam, "&action=undo.applied")).toEqual([]);
  });

  test("another tenant's entry, cause, thing and undo are not there", async () => {
    const theirs = await assetOf(sam, "Theirs");
    const span = await during(() => rename(sam, theirs, "Theirs 2"));
    const entry = (await entriesOf(sam, `&subjectId=${theirs}`))[0]!;
    expect((await nora.post("/ledger/undos", { entryId: entry.id })).status).toBe(404);
    expect((await nora.post("/ledger/undos", { causeId: entry.cause.id })).status).toBe(404);
    const nothing = await undoAs(nora).plan({ ...span, subjectId: theirs });
    expect(await undoAs(nora).items(nothing.id)).toEqual([]);
    const plans = [
      (await undoAs(sam).plan({ entryId: entry.id })).id,
      (await undoAs(admin).plan({ entryId: entry.id })).id,
    ];
    for (const id of plans) {
      expect((await nora.get(`/ledger/undos/${id}`)).status).toBe(404);
      expect((await nora.get(`/ledger/undos/${id}/items`)).status).toBe(404);
      expect((await nora.get(`/ledger/undos/${id}/items/0/effect`)).status).toBe(404);
      expect((await nora.post(`/ledger/undos/${id}/apply`)).status).toBe(404);
    }
    expect(await nameOf(theirs)).toBe("Theirs 2");
  });

  test("a role lock and people made by hand there go back; no further than by hand", async () => {
    const { id: accountId } = (
      await nora.post("/accounts", {
        name: "Hal North",
        email: "hal.north@contoso.test",
        roleId: roles["loanee"],
      })
    ).body;
    await nora.put(`/accounts/${accountId}/lock`, { roleId: roles["viewer"] });
    const { plan, apply, latest } = undoAs(nora);
    await apply((await plan({ entryId: (await latest(`subjectId=${accountId}`)).id })).id);
    const account = async () => (await nora.get(`/accounts/${accountId}`)).body;
    expect((await account()).role.name).toBe("Loanee");
    const made = await latest(`subjectId=${accountId}&action=account.created`);
    await apply((await plan({ entryId: made.id })).id);
    expect((await account()).status).toBe("disabled");
  });

  test("as does somebody of the super tenant who looks at one tenant", async () => {
    const [mine, theirs] = [await assetOf(nora, "Seen"), await assetOf(sam, "Seen")];
    const span = await during(async () => {
      await rename(nora, mine, "Seen 2");
      await rename(sam, theirs, "Seen 2");
    });
    const looking = { "muster-tenant": north };
    const { body } = await admin.post("/ledger/undos", span, looking);
    const items = await admin.get(`/ledger/undos/${body.id}/items`, undefined, looking);
    expect(items.body.items).toMatchObject([{ subject: { id: mine } }]);
  });
});
