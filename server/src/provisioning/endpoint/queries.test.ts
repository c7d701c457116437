import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { insertManyPeople } from "../../../test/support/many-people.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";
import { commonDialect } from "../dialect/dialect.ts";
import { listUsers } from "./queries.ts";

type Connection = Awaited<ReturnType<typeof createTestConnection>>;

const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
let muster: TestApp;
let entra: Connection;
let other: Connection;
const ids: Record<string, string> = {};
let busyId = "";

/** Names, in the order in which they came, each with a title that two of them share and one lacks. */
const people = ["Zoë", "ana", "Émile", "Bo", "Chen", "ana2", "Ola"];

beforeAll(async () => {
  muster = await createTestApp();
  entra = await createTestConnection(muster, "Entra");
  other = await createTestConnection(muster, "Okta");
  for (const [index, name] of people.entries())
    ids[name] = await entra.createUser(`${name}@x.test`, {
      displayName: name,
      ...(index < 6 && { title: `T${Math.floor(index / 2)}` }),
      emails: [
        { value: `${index}@home.test`, type: "home" },
        { value: `${9 - index}@work.test`, type: "work", primary: true },
      ],
    });
  ids["Staff"] = await entra.createGroup("Staff", [ids["ana"]!, ids["Bo"]!]);
  ids["Zebra"] = await entra.createGroup("zebra");
});
afterAll(() => muster.close());

const get = (path: string, headers?: Record<string, string>) =>
  entra.send("GET", path, undefined, headers);
const list = async (path: string): Promise<Loose> => {
  const { status, body } = await get(path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const namesIn = ({ Resources }: Loose): string[] =>
  Resources.map(({ displayName }: Loose) => displayName);
const filtered = (filter: string) => `filter=${encodeURIComponent(filter)}`;

describe("index paging (RFC 7644 §3.4.2.4)", () => {
  test.each([
    ["", { startIndex: 1, itemsPerPage: 7 }],
    ["?startIndex=3&count=2", { startIndex: 3, itemsPerPage: 2 }],
    ["?startIndex=7&count=5", { startIndex: 7, itemsPerPage: 1 }],
    ["?startIndex=8", { startIndex: 8, itemsPerPage: 0 }],
    ["?startIndex=900719925474099", { startIndex: 900_719_925_474_099, itemsPerPage: 0 }],
    ["?startIndex=0", { startIndex: 1, itemsPerPage: 7 }],
    ["?startIndex=-5&count=-5", { startIndex: 1, itemsPerPage: 0 }],
    ["?count=0", { startIndex: 1, itemsPerPage: 0 }],
    ["?count=1000000", { startIndex: 1, itemsPerPage: 7 }],
  ])("%s tells where it is and how many there are", async (query, expected) => {
    const body = await list(`/Users${query}`);
    expect(body).toMatchObject({ totalResults: 7, ...expected });
    expect(body.Resources).toHaveLength(expected.itemsPerPage);
    expect(body).not.toHaveProperty("nextCursor");
  });

  test("counts what a filter finds, whatever the page", async () => {
    for (const query of ["", "&count=0", "&startIndex=2&count=1", "&startIndex=50"])
      expect(await list(`/Users?${filtered('displayName sw "ANA"')}${query}`)).toMatchObject({
        totalResults: 2,
      });
  });
});

describe("sorting (RFC 7644 §3.4.2.3)", () => {
  const byCodePoint = ["ana", "ana2", "Bo", "Chen", "Ola", "Zoë", "Émile"];
  const byTitle = ["Zoë", "ana", "Émile", "Bo", "Chen", "ana2", "Ola"];

  test.each([
    ["displayName", byCodePoint],
    ["userName", ["ana2", "ana", "Bo", "Chen", "Ola", "Zoë", "Émile"]],
    ["title", byTitle],
    ["emails", people.toReversed()],
    ["emails.value", people.toReversed()],
    ["emails.type", people],
    ["meta.created", people],
    ["meta.lastModified", people],
    ["meta.version", people],
    ["id", people],
    ["externalId", ["Bo", "Chen", "Ola", "Zoë", "ana", "ana2", "Émile"]],
    ["meta.location", people],
    ["nickName", people],
  ])("by %s, both ways, whole and page by page", async (sortBy, expected) => {
    const externalOrder = sortBy === "externalId" || sortBy === "userName";
    for (const [sortOrder, wanted] of [
      ["ascending", expected],
      ["descending", expected.toReversed()],
    ] as const) {
      const query = `/Users?sortBy=${sortBy}&sortOrder=${sortOrder}`;
      const whole = namesIn(await list(query));
      if (!externalOrder) expect(whole).toEqual(wanted);
      else expect(whole.toSorted()).toEqual(wanted.toSorted());
      const walked: string[] = [];
      for (let cursor: string | undefined = ""; cursor !== undefined;) {
        const page: Loose = await list(`${query}&count=2&cursor=${cursor}`);
        walked.push(...namesIn(page));
        cursor = page.nextCursor;
      }
      expect(walked).toEqual(whole);
    }
  });

  test("of groups", async () => {
    expect(namesIn(await list("/Groups?sortBy=displayName&sortOrder=descending"))).toEqual([
      "zebra",
      "Staff",
    ]);
    expect(namesIn(await list("/Groups?sortBy=members.display"))).toEqual(["Staff", "zebra"]);
    expect(namesIn(await list("/Groups?sortBy=meta.lastModified"))).toEqual(["Staff", "zebra"]);
  });

  test.each(["nothing", "password", "name.nothing"])("not by %s", async (sortBy) => {
    expect((await get(`/Users?sortBy=${sortBy}`)).status).toBe(400);
  });
});

describe("cursor paging (RFC 9865)", () => {
  test("a page has a cursor to the next, and the last has none", async () => {
    const first = await list("/Users?cursor=&count=5");
    expect(first).toMatchObject({ itemsPerPage: 5, nextCursor: expect.any(String) });
    expect(first).not.toHaveProperty("startIndex");
    const second = await list(`/Users?count=5&cursor=${first.nextCursor}`);
    expect(second.itemsPerPage).toBe(2);
    expect(second).not.toHaveProperty("nextCursor");
    expect(namesIn(first).concat(namesIn(second))).toEqual(people);
  });

  test("a last page that is full has none either", async () => {
    expect(await list("/Users?cursor=&count=7")).not.toHaveProperty("nextCursor");
  });

  test("count=0 counts", async () => {
    expect(await list("/Users?cursor=&count=0")).toMatchObject({ totalResults: 7, Resources: [] });
  });

  test("a cursor belongs to one connection, filter and order", async () => {
    const query = `${filtered("displayName pr")}&count=2`;
    const { nextCursor } = await list(`/Users?${query}&cursor=`);
    expect((await get(`/Users?${query}&cursor=${nextCursor}`)).status).toBe(200);
    const [data] = [Buffer.from(nextCursor, "base64url").toString()];
    const moved = JSON.stringify([...(JSON.parse(data) as string[])].with(1, ids["Ola"]!));
    for (const path of [
      `/Users?count=2&cursor=${nextCursor}`,
      `/Users?${query}&sortBy=userName&cursor=${nextCursor}`,
      `/Users?${query}&sortBy=id&sortOrder=descending&cursor=${nextCursor}`,
      `/Groups?${query}&cursor=${nextCursor}`,
      `/Users?${query}&cursor=x`,
      `/Users?${query}&cursor=${nextCursor}x%00`,
      `/Users?${query}&cursor=${Buffer.from(moved).toString("base64url")}`,
      `/Users?${query}&cursor=${Buffer.from("[[1],{},null]").toString("base64url")}`,
    ])
      expect((await get(path)).body, path).toMatchObject({
        status: "400",
        scimType: "invalidCursor",
      });
    const elsewhere = await other.send("GET", `/Users?${query}&cursor=${nextCursor}`);
    expect(elsewhere.body).toMatchObject({ status: "400", scimType: "invalidCursor" });
    expect((await get("/Users?cursor=&count=-1")).body).toMatchObject({ scimType: "invalidCount" });
  });

  test("a walk gives everybody once who was there all along, while people come and go", async () => {
    const busy = await createTestConnection(muster, "Busy");
    busyId = busy.connectionId;
    const count = 3000;
    const known = await insertManyPeople(
      muster,
      busy.connectionId,
      Array.from({ length: count }, (_, index) => ({
        userName: `p${(index * 1013) % count}@x.test`,
        displayName: `Person ${index % 7}`,
        title: `T${index % 3}`,
      })),
    );
    for (const order of [
      "",
      "&sortBy=userName",
      "&sortBy=displayName&sortOrder=descending",
      "&sortBy=title",
    ]) {
      const gone = new Set<string>();
      const seen: string[] = [];
      for (let cursor: string | undefined = "", page = 0; cursor !== undefined; page += 1) {
        const { body } = await busy.send("GET", `/Users?count=200&cursor=${cursor}${order}`);
        const found = body.Resources.map(({ id }: Loose) => id);
        seen.push(...found);
        cursor = body.nextCursor;
        // Somebody new, somebody of this page (whose cursor may be theirs), and somebody who is still to come or past.
        await busy.createUser(`new${page}${order}@x.test`, { displayName: `Person ${page % 7}` });
        for (const id of [found.at(-1), known[(page * 997) % count]]) {
          await busy.send("DELETE", `/Users/${id}`);
          gone.add(id);
        }
      }
      expect(new Set(seen).size).toBe(seen.length);
      const stayed = known.filter((id) => !gone.has(id));
      expect(stayed.length).toBeGreaterThan(count / 2);
      expect(new Set([...stayed, ...seen]).size).toBe(new Set(seen).size);
      known.splice(0, known.length, ...stayed);
    }
  });
});

describe("POST /.search (RFC 7644 §3.4.3)", () => {
  const search = (endpoint: string, request: object) =>
    entra.send("POST", `${endpoint}/.search`, { schemas: [searchRequest], ...request });

  test("asks as a GET does", async () => {
    const { status, body } = await search("/Users", {
      filter: 'displayName sw "ana"',
      attributes: ["displayName", "emails.type"],
      sortBy: "displayName",
      sortOrder: "descending",
      startIndex: 2,
      count: 1,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalResults: 2, startIndex: 2, itemsPerPage: 1 });
    expect(body.Resources).toEqual([
      {
        schemas: expect.any(Array),
        id: ids["ana"],
        displayName: "ana",
        emails: [{ type: "home" }, { type: "work" }],
      },
    ]);
    expect(
      (await search("/Groups", { excludedAttributes: ["members"] })).body.Resources[0],
    ).not.toHaveProperty("members");
    expect((await search("/Users", { cursor: "", count: 3 })).body).toHaveProperty("nextCursor");
  });

  test("at the root finds users and groups by GET too", async () => {
    const filter = encodeURIComponent('displayName eq "STAFF" or userName eq "bo@x.test"');
    for (const root of ["", "/"]) {
      const { status, body } = await entra.send("GET", `${root}?filter=${filter}`);
      expect(status).toBe(200);
      expect(namesIn(body)).toEqual(["Bo", "Staff"]);
    }
    expect((await entra.send("GET", "?filter=nonsense")).body.scimType).toBe("invalidFilter");
  });

  test("at the root finds users and groups, by index and by cursor", async () => {
    const { body } = await search("", { count: 8 });
    expect(body).toMatchObject({ totalResults: 9, itemsPerPage: 8 });
    expect(namesIn(body)).toEqual([...people, "Staff"]);
    expect(body.Resources[7].members).toHaveLength(2);
    expect(namesIn((await search("", { startIndex: 9 })).body)).toEqual(["zebra"]);
    const walked: string[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined;) {
      const { body: page }: Loose = await search("", { count: 7, cursor });
      walked.push(...namesIn(page));
      cursor = page.nextCursor;
    }
    expect(walked).toEqual([...people, "Staff", "zebra"]);
  });

  test.each([
    ['meta.resourceType eq "Group"', ["Staff", "zebra"]],
    ['displayName eq "STAFF" or userName eq "bo@x.test"', ["Bo", "Staff"]],
    ["members pr", ["Staff"]],
    ["not (members pr) and not (userName pr)", ["zebra"]],
    ["urn:ietf:params:scim:schemas:core:2.0:Group:displayName pr", ["Staff", "zebra"]],
    ["groups pr", ["ana", "Bo"]],
  ])("at the root by %s, an attribute that a type lacks has no value", async (filter, expected) => {
    expect(namesIn((await search("", { filter })).body)).toEqual(expected);
  });

  test.each([
    ["", { sortBy: "displayName" }],
    ["", { schemas: ["urn:other"] }],
    ["/Users", []],
    ["/Users", { filter: 5 }],
    ["/Users", { attributes: [{}] }],
    ["/Groups", { startIndex: "x" }],
  ])("%s refuses %j", async (endpoint, request) => {
    const { status, body } = await entra.send("POST", `${endpoint}/.search`, request);
    expect(status).toBe(400);
    expect(body.detail).toMatch(/\w+\./);
  });
});

describe("preconditions (RFC 7644 §3.14)", () => {
  const rename = (path: string, version: string) =>
    entra.send(
      "PATCH",
      path,
      {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [{ op: "replace", path: "displayName", value: `Renamed ${version}` }],
      },
      { "if-match": version },
    );

  test.each(["Users", "Groups"])("on /%s", async (kind) => {
    const id =
      kind === "Users"
        ? await entra.createUser("versions@x.test")
        : await entra.createGroup("versions");
    const path = `/${kind}/${id}`;
    const read = await get(path);
    const etag = String(read.headers["etag"]);
    expect(read.body.meta.version).toBe(etag);
    expect((await get(path, { "if-none-match": etag })).status).toBe(304);
    expect((await get(path, { "if-none-match": `"x", ${etag}` })).status).toBe(304);
    expect((await get(path, { "if-none-match": 'W/"99"' })).status).toBe(200);
    expect((await rename(path, 'W/"99"')).body).toMatchObject({ status: "412" });
    expect((await rename(path, etag)).status).toBeLessThan(300);
    expect((await rename(path, etag)).status).toBe(412);
    expect((await rename(path, "*")).status).toBeLessThan(300);
    expect((await get(path, { "if-none-match": etag })).status).toBe(200);
    const put = { userName: "versions@x.test", displayName: "versions" };
    expect((await entra.send("PUT", path, put, { "if-match": etag })).status).toBe(412);
    expect((await entra.send("DELETE", path, undefined, { "if-match": etag })).status).toBe(412);
    const { headers } = await get(path);
    const current = { "if-match": String(headers["etag"]) };
    expect((await entra.send("DELETE", path, undefined, current)).status).toBe(204);
    expect((await entra.send("DELETE", path, undefined, current)).status).toBe(404);
  });
});

describe("answers to writes show what was asked for (RFC 7644 §3.9)", () => {
  test.each([
    ["Users", { userName: "shown@x.test", title: "T" }, "title"],
    ["Groups", { displayName: "shown", members: [] }, "members"],
  ])("/%s", async (kind, body, hidden) => {
    const created = await entra.send("POST", `/${kind}?excludedAttributes=${hidden}`, body);
    expect(created.status).toBe(201);
    expect(created.body).not.toHaveProperty(hidden);
    const path = `/${kind}/${created.body.id}?attributes=displayName`;
    const shown = { schemas: expect.any(Array), id: created.body.id, displayName: "Shown" };
    const operation = { op: "replace", path: "displayName", value: "Shown" };
    const patched = await entra.patch(path, operation);
    expect(patched).toMatchObject({ status: 200, headers: { etag: 'W/"2"' } });
    expect(patched.body).toEqual(shown);
    const replaced = await entra.send("PUT", path, { ...body, displayName: "Shown" });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toEqual(shown);
    await entra.send("DELETE", `/${kind}/${created.body.id}`);
  });

  test("a group is not read to answer a PATCH that does not ask for it", async () => {
    const operation = { op: "add", path: "members", value: [{ value: ids["Ola"] }] };
    const { status, body } = await entra.patch(`/Groups/${ids["Zebra"]}`, operation);
    expect([status, body]).toEqual([204, undefined]);
  });
});

test("a filter that the database gives up on is refused", async () => {
  const terms = Array.from({ length: 200 }, (_, index) => `title co "${index}x"`).join(" or ");
  const answered = muster.organisations.within(muster.administrator.orgId, async (tx) => {
    await tx.executeSql("set local statement_timeout = 1");
    const connection = { id: busyId, tenantId: muster.administrator.tenantId, name: "Busy" };
    const cause = { kind: "scim", id: null, sentence: "", actor: { id: null, name: "" } } as const;
    const call = {
      id: busyId,
      connection,
      base: "http://x",
      cause,
      dialect: commonDialect,
      preconditions: {},
    };
    return listUsers(tx, call, { filter: terms });
  });
  await expect(answered).rejects.toMatchObject({ status: 400, scimType: "tooMany" });
});

test("ServiceProviderConfig says what the endpoint can do", async () => {
  expect(await list("/ServiceProviderConfig")).toMatchObject({
    filter: { supported: true, maxResults: 500 },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: 100,
      maxPageSize: 500,
    },
  });
});

describe("hostile filters never fail", () => {
  const many = (term: string, joint: string, length = 8000) =>
    Array.from({ length: Math.floor(length / (term.length + joint.length)) }, () => term).join(
      joint,
    );
  const random = Array.from({ length: 4000 }, (_, index) =>
    String.fromCodePoint(0x4e00 + index),
  ).join("");

  test.each([
    ["ors", many("title pr", " or ")],
    ["ands", many('id eq "1"', " and ")],
    ["equalities", many('title eq "1"', " or ")],
    ["pairs", many('(id eq "1" and active eq true)', " or ")],
    ["times", many('meta.created gt "2020-01-01T00:00:00Z"', " and ")],
    ["nots", `${"not (".repeat(24)}title pr${")".repeat(24)}`],
    ["brackets", many('emails[type eq "work" and not (value co "x")]', " or ")],
    ["memberships", many(`groups[display co "a"]`, " or ")],
    ["long text", `title co "${random}"`],
    ["long end", `title ew "${random}"`],
    ["expressions", `title ew "${"(a*)*{9}[".repeat(800)}"`],
    ["escapes", String.raw`title co "\\\\\"\u0001\ud83d\ude00$%_"`],
    [
      "numbers",
      "urn:xx:b:c eq 1e308 or urn:xx:b:c lt -1e308 or urn:xx:b:c gt 5e-324 or urn:xx:b:c co 5",
    ],
    [
      "dates",
      'meta.created gt "9999-12-31T23:59:59.999Z" or meta.created lt "-271820-01-01T00:00:00Z"',
    ],
    ["names", `urn:xx:$.*'@b:c eq "x" or urn:xx:?@.b&&!$x:c pr`],
    ["quotes", `urn:xx:'y:z eq "'; drop table directory_users; --"`],
  ])("%s: answered, or refused where there is no such attribute", async (_name, filter) => {
    for (const endpoint of ["/Users", ""]) {
      const { status, body } = await entra.send("POST", `${endpoint}/.search`, {
        filter,
        cursor: "",
      });
      expect(status, JSON.stringify(body)).toBe(200);
    }
    const { status } = await entra.send("POST", "/Groups/.search", { filter });
    expect([200, 400]).toContain(status);
  });

  test.each([
    ["too many nots", `${"not (".repeat(500)}title pr${")".repeat(500)}`],
    ["NUL", String.raw`title co "\u0000"`],
    ["half a pair", String.raw`title co "\ud800"`],
    ["an open bracket", "emails[title"],
    ["nothing", "()"],
  ])("%s: refused", async (_name, filter) => {
    const { body } = await entra.send("POST", "/Users/.search", { filter });
    expect(body).toMatchObject({ status: "400", scimType: "invalidFilter" });
  });
});

test("what identity providers ask most is one message to the database, or two", async () => {
  const spy = vi.spyOn(Client.prototype, "query");
  /** How the request was answered, and in how many messages its transaction was; others run meanwhile, behind answers. */
  const asked = async (...request: Parameters<typeof entra.send>) => {
    spy.mockClear();
    const { status } = await entra.send(...request);
    const messages = spy.mock.calls.map(([message], at) => ({
      client: spy.mock.contexts[at],
      texts: (message as unknown as { sent?: { text: string }[] }).sent?.map(({ text }) => text),
    }));
    const first = messages.findIndex(({ texts }) =>
      texts?.some((text) => /connection_tokens/.test(text)),
    );
    const own = messages.slice(first).filter(({ client }) => client === messages[first]?.client);
    return `${status} ${own.findIndex(({ texts }) => texts?.at(-1) === "commit") + 1}`;
  };
  try {
    expect(await asked("GET", `/Users?${filtered('userName eq "nobody@x.test"')}`)).toBe("200 1");
    expect(await asked("GET", `/Users?${filtered('userName eq "Bo@x.test"')}`)).toBe("200 1");
    expect(await asked("GET", `/Users/${ids["Bo"]}`)).toBe("200 1");
    const group = `${filtered('displayName eq "staff"')}&excludedAttributes=members`;
    expect(await asked("GET", `/Groups?${group}`)).toBe("200 1");
    const title = { op: "replace", path: "title", value: "Asked" };
    expect(await asked("PATCH", `/Users/${ids["Bo"]}`, { Operations: [title] })).toBe("200 2");
    const renamed = { op: "replace", path: "displayName", value: "Bo Renamed" };
    expect(await asked("PATCH", `/Users/${ids["Bo"]}`, { Operations: [renamed] })).toBe("200 2");
    const person = { userName: "asked@x.test", externalId: "asked" };
    expect(await asked("POST", "/Users", person)).toBe("201 2");
    expect(await asked("POST", "/Groups", { displayName: "Asked" })).toBe("201 2");
    const { body } = await get(`/Groups?${filtered('displayName eq "Asked"')}`);
    const add = { op: "add", path: "members", value: [{ value: ids["Bo"] }] };
    const groupPath = `/Groups/${body.Resources[0].id}`;
    expect(await asked("PATCH", groupPath, { Operations: [add] })).toBe("204 2");
    const [both, { members }] = [await asked("GET", groupPath), (await get(groupPath)).body];
    expect([both, members]).toMatchObject(["200 1", [{ value: ids["Bo"] }]]);
  } finally {
    spy.mockRestore();
  }
});
