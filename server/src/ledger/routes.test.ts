import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record, sealLedger } from "#ledger";
import { newId } from "#tenancy";
import { createTestApp, type Person, type TestApp } from "../../test/support/app.ts";

let app: TestApp;
let admin: ReturnType<TestApp["as"]>;

beforeAll(async () => {
  app = await createTestApp();
  admin = app.as(app.administrator);
});
afterAll(() => app.close());

const seal = () => sealLedger(app.organisations, app.administrator.orgId);

type Entry = { id: string; sentence: string; action: string; cause: { id: string; kind: string } };

const list = async (query: string): Promise<Entry[]> => {
  const items: Entry[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const { status, body } = await admin.get(
      `/ledger?${query}${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    expect(status).toBe(200);
    items.push(...body.items);
    cursor = body.next;
  }
  return items;
};

describe("the ledger", () => {
  test("refuses a leap second, which no clock of ours shows", async () => {
    for (const path of ["/ledger", "/ledger/export"])
      expect((await admin.get(`${path}?from=2016-12-31T23:59:60Z`)).status).toBe(400);
  });

  test("from a deed to all its effects, and from an effect to its deed", async () => {
    const { body: asset } = await admin.post("/assets", { name: "Slate" });
    await admin.patch(`/assets/${asset.id}`, { name: "Slate 2", notes: "x" });
    const [changed] = await list(`subjectId=${asset.id}&action=asset.changed`);
    const detail = (await admin.get(`/ledger/${changed!.id}`)).body;
    expect(detail.difference).toContainEqual({ label: "Name", before: "Slate", after: "Slate 2" });
    const cause = (await admin.get(`/ledger/causes/${detail.cause.id}`)).body;
    expect(cause).toMatchObject({
      kind: "administrator",
      actor: "Dana Reyes",
      sentence: "Dana Reyes edited the asset",
      effects: 1,
    });
    expect((await list(`causeId=${cause.id}`)).map(({ id }) => id)).toEqual([changed!.id]);
  });

  test("an entry shows ids by their names, and its seal", async () => {
    const { accountId } = await app.createPerson("viewer", "Vera Named");
    const { items: roles } = (await admin.get("/roles")).body;
    const editor = roles.find(({ key }: { key: string }) => key === "editor");
    await admin.put(`/accounts/${accountId}/lock`, { roleId: editor.id, reason: "Trial" });
    const [locked] = await list(`subjectId=${accountId}&action=account.role-locked`);
    const before = (await admin.get(`/ledger/${locked!.id}`)).body;
    expect(before.difference).toContainEqual({ label: "Role", before: "Viewer", after: "Editor" });
    expect(before.seal).toBeNull();
    await seal();
    expect((await admin.get(`/ledger/${locked!.id}`)).body.seal).toMatchObject({
      number: expect.any(Number),
      hash: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  test.each([
    ["sealed", true],
    ["not sealed", false],
  ])("filters give the same whether entries are %s", async (_what, isSealed) => {
    const marker = `mark${isSealed ? "one" : "two"}`;
    const person = await app.createPerson("viewer", `${marker} Åsa-Lena Öst`);
    const { body: asset } = await admin.post("/assets", { name: `${marker} Slate` });
    if (isSealed) await seal();
    const only = async (query: string) => (await list(query)).map(({ action }) => action);
    expect(await only(`search=${marker}`)).toEqual(["asset.created", "account.created"]);
    expect(await only(`search=${marker}+asa`)).toEqual(["account.created"]);
    expect(await only(`search=${marker}+sla`)).toEqual(["asset.created"]);
    expect(await only(`search=${marker}&noun=asset`)).toEqual(["asset.created"]);
    expect(await only(`search=${marker}&action=account.created`)).toEqual(["account.created"]);
    expect(await only(`search=${marker}&causeKind=administrator`)).toEqual(["asset.created"]);
    expect(await only(`search=${marker}&actorId=${app.administrator.accountId}`)).toEqual([
      "asset.created",
    ]);
    expect(await only(`subjectId=${asset.id}`)).toEqual(["asset.created"]);
    expect(await only(`subjectId=${person.accountId}&noun=asset`)).toEqual([]);
    const hourAgo = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString());
    expect(await only(`search=${marker}&from=${hourAgo}`)).toHaveLength(2);
    expect(await only(`search=${marker}&to=${hourAgo}`)).toEqual([]);
    expect(await only(`tenantId=${newId()}`)).toEqual([]);
  });

  test("pages hold every entry once, across seals and what is not sealed", async () => {
    const { orgId, tenantId } = app.administrator;
    const cause = {
      kind: "system" as const,
      id: newId(),
      sentence: "Counted",
      actor: { id: null, name: "Muster" },
    };
    for (let round = 0; round < 12; round += 1) {
      await app.organisations.within(orgId, async (tx) =>
        record(
          tx,
          cause,
          Array.from({ length: 7 }, (_, index) => ({
            action: index % 2 === 0 ? "thing.odd" : "thing.even",
            sentence: `Counted ${round} ${index}`,
            subject: { kind: "thing", id: newId(), name: "Thing" },
            tenantId,
          })),
        ),
      );
      if (round % 5 === 4) await seal();
    }
    for (const [query, expected] of [
      ["noun=thing", 84],
      ["action=thing.even", 36],
      ["noun=thing&search=counted+1", 7 * 3 + 9],
      [`causeId=${cause.id}`, 84],
    ] as const)
      for (const limit of [1, 5, 200]) {
        const ids = (await list(`${query}&limit=${limit}`)).map(({ id }) => id);
        expect(new Set(ids).size, query).toBe(ids.length);
        expect(ids.length, `${query} ${limit}`).toBe(expected);
      }
  });

  test("lists every action there is", async () => {
    const { items } = (await admin.get("/ledger/actions")).body;
    expect(items).toEqual(expect.arrayContaining(["asset.created", "account.created"]));
    expect(new Set(items).size).toBe(items.length);
  });

  test.each(["cursor=x", "cursor=WyJhIiwiYiJd", "cursor=WyIxIl0", "from=yesterday", "causeKind=x"])(
    "refuses %s",
    async (query) => {
      expect((await admin.get(`/ledger?${query}`)).status).toBe(400);
    },
  );

  test("what is searched for is never syntax", async () => {
    for (const text of ["' & !x", "a:*b", "\\", "(", "&|!", "  ", "%", "\u0000"])
      expect((await admin.get(`/ledger?search=${encodeURIComponent(text)}`)).status).toBe(200);
  });
});

describe("export", () => {
  const download = (format: string, query: string, person: Person = app.administrator) =>
    app.app.inject({
      url: `/api/v1/ledger/export?format=${format}&${query}`,
      headers: { cookie: person.cookie },
    });

  test("CSV, with nothing a spreadsheet would run", async () => {
    await admin.post("/assets", { name: "=cmd|'/c calc'!A1", tag: "@evil" });
    const answer = await download("csv", "noun=asset&search=evil");
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toMatch(
      /^attachment; filename="ledger-.*\.csv"$/,
    );
    const [head, line, end] = answer.body.split("\r\n");
    expect(head).toMatch(/^"id","at","tenantId","action","sentence"/);
    expect(line).toContain(`"'@evil =cmd|'/c calc'!A1"`);
    expect(end).toBe("");
  });

  test("NDJSON, everything that the filter leaves", async () => {
    const answer = await download("ndjson", "noun=asset");
    const lines = answer.body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id }) => id)).toEqual((await list("noun=asset")).map(({ id }) => id));
    expect(lines[0]).not.toHaveProperty("orgId");
  });

  test("of nothing", async () => {
    expect((await download("ndjson", `causeId=${newId()}`)).body).toBe("");
  });
});

describe("who may look", () => {
  test("nobody without ledger:view", async () => {
    const editor = app.as(await app.createPerson("editor"));
    for (const path of ["/ledger", "/ledger/actions", "/ledger/export?format=csv"])
      expect((await editor.get(path)).status, path).toBe(403);
  });

  test("another organisation's entries are not there", async () => {
    const other = app.as(await app.createOrganisation("Fabrikam"));
    const [entry] = await list("noun=asset");
    expect((await other.get(`/ledger/${entry!.id}`)).status).toBe(404);
    expect((await other.get(`/ledger/causes/${entry!.cause.id}`)).status).toBe(404);
    const seen = (await other.get("/ledger")).body.items as Entry[];
    expect(seen.length).toBeGreaterThan(0);
    const own = new Set((await list("")).map(({ id }) => id));
    expect(seen.some(({ id }) => own.has(id))).toBe(false);
  });
});
