import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { during, undoAs } from "../../../test/support/undo.ts";

let app: TestApp;
let admin: ReturnType<TestApp["as"]>;
let roles: Map<string, string>;

beforeAll(async () => {
  app = await createTestApp({ startJobs: true });
  admin = app.as(app.administrator);
  const { items } = (await admin.get("/roles")).body;
  roles = new Map(items.map(({ id, key }: { id: string; key: string }) => [key, id]));
});
afterAll(() => app.close());

const plan = (scope: object, who = admin) => undoAs(who).plan(scope);
const items = (id: string, who = admin) => undoAs(who).items(id);
const apply = (id: string) => undoAs(admin).apply(id);
const latest = async (query: string) => (await admin.get(`/ledger?${query}`)).body.items[0];

const asset = async (name: string) => (await admin.post("/assets", { name })).body;
const read = async (id: string) => (await admin.get(`/assets/${id}`)).body;

describe("undo", () => {
  test("one edit of an asset, seen before and the same after", async () => {
    const { id } = await asset("Slate");
    await admin.patch(`/assets/${id}`, { name: "Slate 2", notes: "Cracked" });
    const entry = await latest(`subjectId=${id}&action=asset.changed`);
    const undo = await plan({ entryId: entry.id });
    expect(undo.what).toContain("Name and notes changed");
    expect(await items(undo.id)).toMatchObject([
      {
        state: "planned",
        label: "Fields",
        difference: [
          { label: "Name", before: "Slate 2", after: "Slate" },
          { label: "Notes", before: "Cracked", after: null },
        ],
      },
    ]);
    expect(await apply(undo.id)).toMatchObject({ done: { things: 1, entries: 1 } });
    expect(await read(id)).toMatchObject({ name: "Slate", notes: null });
    const undone = await latest(`subjectId=${id}`);
    expect(undone.cause).toMatchObject({ kind: "undo", id: undo.id });
    expect(undone.cause.sentence).toMatch(/^Dana Reyes undid “.*Name and notes changed”$/);
    expect(await latest(`causeId=${undo.id}&action=undo.applied`)).toMatchObject({
      sentence: "Undid 1 change",
    });
  });

  test("the undo can be undone, from its own entry", async () => {
    const { id } = await asset("Twice");
    await admin.patch(`/assets/${id}`, { name: "Twice 2" });
    const first = await plan({ entryId: (await latest(`subjectId=${id}`)).id });
    await apply(first.id);
    const said = await latest(`causeId=${first.id}&action=undo.applied`);
    const second = await plan({ entryId: said.id });
    await apply(second.id);
    expect((await read(id)).name).toBe("Twice 2");
  });

  test("several edits go back to where the span began; what others did since stays, and is told", async () => {
    const { id } = await asset("A");
    const span = await during(async () => {
      await admin.patch(`/assets/${id}`, { name: "B", serial: "1" });
      await admin.patch(`/assets/${id}`, { name: "C" });
    });
    await admin.patch(`/assets/${id}`, { serial: "2" });
    const undo = await plan({ ...span, subjectId: id });
    expect(await items(undo.id)).toMatchObject([
      { state: "planned", difference: [{ label: "Name", before: "C", after: "B" }] },
      { state: "refused", why: "Serial number: changed again since." },
    ]);
    await apply(undo.id);
    expect(await read(id)).toMatchObject({ name: "B", serial: "2" });
  });

  test("what was changed since the preview is left alone, and is told", async () => {
    const { id } = await asset("Raced");
    await admin.patch(`/assets/${id}`, { name: "Raced 2" });
    const undo = await plan({ entryId: (await latest(`subjectId=${id}`)).id });
    await admin.patch(`/assets/${id}`, { name: "Raced 3" });
    expect(await apply(undo.id)).toMatchObject({ done: { things: 0 }, refused: { things: 1 } });
    expect((await items(undo.id))[0]!.why).toMatch(/^It has been changed since the preview/);
    expect((await read(id)).name).toBe("Raced 3");
  });

  test("a registered asset is retired, a hand-out comes back", async () => {
    const { accountId } = await app.createPerson("loanee", "Lena Holder");
    let id = "";
    const span = await during(async () => {
      ({ id } = await asset("Mistake"));
      await admin.post(`/assets/${id}/check-out`, { accountId });
    });
    const undo = await plan({ ...span, subjectId: id });
    expect(await items(undo.id)).toMatchObject([
      { label: "Holder", difference: [{ label: "Holder", before: "Lena Holder", after: null }] },
      {
        label: "Fields",
        difference: expect.arrayContaining([
          { label: "Status", before: "Ready to deploy", after: "Retired" },
        ]),
      },
    ]);
    await apply(undo.id);
    expect(await read(id)).toMatchObject({ holder: null, status: { name: "Retired" } });
  });

  test("a return is handed out again, and not where somebody else has it", async () => {
    const lena = (await app.createPerson("loanee", "Lena Two")).accountId;
    const omar = (await app.createPerson("loanee", "Omar Two")).accountId;
    const { id } = await asset("Returned");
    await admin.post(`/assets/${id}/check-out`, { accountId: lena, dueOn: "2030-01-02" });
    await admin.post(`/assets/${id}/check-in`, {});
    const entry = await latest(`subjectId=${id}&action=custody.checked-in`);
    await apply((await plan({ entryId: entry.id })).id);
    expect(await read(id)).toMatchObject({
      holder: { name: "Lena Two" },
      custody: { dueOn: "2030-01-02" },
    });
    await admin.post(`/assets/${id}/check-in`, {});
    const again = await latest(`subjectId=${id}&action=custody.checked-in`);
    await admin.post(`/assets/${id}/check-out`, { accountId: omar });
    const undo = await plan({ entryId: again.id });
    expect(await items(undo.id)).toMatchObject([
      { state: "refused", why: "Somebody holds it since." },
    ]);
  });

  test("role locks go back to the role before, with its reason", async () => {
    const { accountId } = await app.createPerson("viewer", "Vera Locked");
    await admin.put(`/accounts/${accountId}/lock`, { roleId: roles.get("editor"), reason: "One" });
    await admin.put(`/accounts/${accountId}/lock`, { roleId: roles.get("loanee"), reason: "Two" });
    const entry = await latest(`subjectId=${accountId}&action=account.role-locked`);
    const undo = await plan({ entryId: entry.id });
    expect(await items(undo.id)).toMatchObject([
      {
        difference: expect.arrayContaining([
          { label: "Locked role", before: "Loanee", after: "Editor" },
        ]),
      },
    ]);
    await apply(undo.id);
    const account = (await admin.get(`/accounts/${accountId}`)).body;
    expect(account.role.name).toBe("Editor");
  });

  test("a person made by hand is Disabled, and one who was Disabled comes back", async () => {
    let id = "";
    await during(async () => {
      ({ id } = (
        await admin.post("/accounts", {
          name: "By Hand",
          email: "by.hand@contoso.test",
          roleId: roles.get("loanee"),
        })
      ).body);
    });
    await apply((await plan({ entryId: (await latest(`subjectId=${id}`)).id })).id);
    expect((await admin.get(`/accounts/${id}`)).body.status).toBe("disabled");
    await apply(
      (await plan({ entryId: (await latest(`subjectId=${id}&action=account.disabled`)).id })).id,
    );
    expect((await admin.get(`/accounts/${id}`)).body.status).toBe("active");
  });

  test("the rules of the product hold: the last Administrator stays", async () => {
    const other = await app.createPerson("viewer", "Ada Second");
    await admin.put(`/accounts/${other.accountId}/lock`, { roleId: roles.get("administrator") });
    const entry = await latest(`subjectId=${other.accountId}&action=account.role-locked`);
    const ada = app.as(other);
    await ada.put(`/accounts/${app.administrator.accountId}/lock`, { roleId: roles.get("viewer") });
    const { body } = await ada.post("/ledger/undos", { entryId: entry.id });
    await ada.post(`/ledger/undos/${body.id}/apply`);
    await expect
      .poll(async () => (await ada.get(`/ledger/undos/${body.id}`)).body.refused?.things)
      .toBe(1);
    expect((await items(body.id, ada))[0]!.why).toMatch(/last Administrator/);
    await ada.put(`/accounts/${app.administrator.accountId}/lock`, {
      roleId: roles.get("administrator"),
    });
  });

  test("takes no more from people, and gives them no more, than whoever undoes could by hand", async () => {
    const helper = app.as(
      await app.createPersonWhoMay(["ledger:undo", "accounts:edit", "accounts:lock"]),
    );
    const { accountId } = await app.createPerson("viewer", "Bea Better");
    await admin.put(`/accounts/${accountId}/lock`, { roleId: roles.get("administrator") });
    const byHand = { name: "Better", email: "better@contoso.test" };
    const made = (await admin.post("/accounts", { ...byHand, roleId: roles.get("administrator") }))
      .body;
    for (const [id, action] of [
      [accountId, "account.role-locked"],
      [made.id, "account.created"],
    ]) {
      const entry = await latest(`subjectId=${id}&action=${action}`);
      const undo = await plan({ entryId: entry.id }, helper);
      expect(await items(undo.id, helper)).toMatchObject([
        { state: "refused", why: "Administrator may do more than you." },
      ]);
    }
  });

  test("who may do less since the preview undoes less", async () => {
    const person = await app.createPerson("administrator", "Ed Ebbing");
    const ebbing = app.as(person);
    const { accountId } = await app.createPerson("loanee", "Lee Left");
    await admin.put(`/accounts/${accountId}/lock`, { roleId: roles.get("viewer") });
    const entry = await latest(`subjectId=${accountId}&action=account.role-locked`);
    const undo = await plan({ entryId: entry.id }, ebbing);
    const less = { name: "Undoing", description: "", permissions: ["ledger:undo", "ledger:view"] };
    const { id: roleId } = (await admin.post("/roles", less)).body;
    await admin.put(`/accounts/${person.accountId}/lock`, { roleId });
    await ebbing.post(`/ledger/undos/${undo.id}/apply`);
    await expect
      .poll(async () => (await ebbing.get(`/ledger/undos/${undo.id}`)).body.state)
      .toBe("done");
    expect(await items(undo.id, ebbing)).toMatchObject([
      { state: "refused", why: `Your access role lacks "accounts:lock".` },
    ]);
    expect((await admin.get(`/accounts/${accountId}`)).body.role.name).toBe("Viewer");
  });

  test("handing out again takes who may hand out", async () => {
    const { accountId } = await app.createPerson("loanee", "Hana Holder");
    const { id } = await asset("Handed back");
    await admin.post(`/assets/${id}/check-out`, { accountId });
    await admin.post(`/assets/${id}/check-in`, {});
    const entry = await latest(`subjectId=${id}&action=custody.checked-in`);
    const permissions = ["ledger:undo", "ledger:view", "assets:view", "custody:check-in"];
    const { id: roleId } = (
      await admin.post("/roles", { name: "Returns", description: "", permissions })
    ).body;
    const person = await app.createPerson("administrator", "Rita Returns");
    await admin.put(`/accounts/${person.accountId}/lock`, { roleId });
    const undo = await plan({ entryId: entry.id }, app.as(person));
    expect(await items(undo.id, app.as(person))).toMatchObject([
      { state: "refused", why: `Your access role lacks "custody:check-out".` },
    ]);
  });

  test("says why not: secrets, and what nobody has said how to take back", async () => {
    const connection = (await admin.post("/connections", { name: "Entra" })).body;
    const cause = await latest(`subjectId=${connection.id}&action=connection.token-created`);
    const undo = await plan({ causeId: cause.cause.id });
    const why = (await items(undo.id)).map((item) => item.why);
    expect(why.join(" ")).toMatch(/stays known. Revoke it/);
    expect(why.join(" ")).toMatch(/A connection stays/);
    expect(await apply(undo.id)).toMatchObject({ done: { things: 0 }, refused: { things: 2 } });
  });

  test("pressed twice, it is done once", async () => {
    const { id } = await asset("Once");
    await admin.patch(`/assets/${id}`, { name: "Once 2" });
    const undo = await plan({ entryId: (await latest(`subjectId=${id}`)).id });
    await Promise.all([1, 2, 3].map(() => admin.post(`/ledger/undos/${undo.id}/apply`)));
    await apply(undo.id);
    const { items: effects } = (await admin.get(`/ledger?causeId=${undo.id}`)).body;
    expect(effects.map(({ action }: { action: string }) => action).toSorted()).toEqual([
      "asset.changed",
      "undo.applied",
    ]);
  });

  test.each([
    {},
    { from: "2026-01-01T00:00:00Z" },
    { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" },
  ])("needs bounds: %j", async (scope) => {
    expect((await admin.post("/ledger/undos", scope)).status).toBe(400);
  });

  test("is for those who may undo, and each preview for whoever made it", async () => {
    const { id } = await asset("Mine");
    await admin.patch(`/assets/${id}`, { name: "Mine 2" });
    const entry = await latest(`subjectId=${id}`);
    const editor = app.as(await app.createPerson("editor"));
    expect((await editor.post("/ledger/undos", { entryId: entry.id })).status).toBe(403);
    const undo = await plan({ entryId: entry.id });
    const second = app.as(await app.createPerson("administrator"));
    expect((await second.post(`/ledger/undos/${undo.id}/apply`)).status).toBe(409);
    const stranger = app.as(await app.createOrganisation("Fabrikam"));
    expect((await stranger.get(`/ledger/undos/${undo.id}`)).status).toBe(404);
    expect((await stranger.post("/ledger/undos", { entryId: entry.id })).status).toBe(404);
  });
});
