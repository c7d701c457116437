import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const member = (bulkId: string) => ({ value: `bulkId:${bulkId}` });

let product: TestApp;
let stranger: Person;
let entra: Awaited<ReturnType<typeof createTestConnection>>;

beforeAll(async () => {
  product = await createTestApp();
  stranger = await product.createOrganisation("Fabrikam");
  entra = await createTestConnection(product);
});
afterAll(() => product.close());

const bulk = (operations: readonly unknown[], more: object = {}) =>
  entra.send("POST", "/Bulk", {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
    Operations: operations,
    ...more,
  });
const postUser = (bulkId: string, data: object = {}) => ({
  method: "POST",
  path: "/Users",
  bulkId,
  data: { userName: `${bulkId}@bulk.test`, active: true, ...data },
});
const postGroup = (bulkId: string, members: readonly object[] = [], data: object = {}) => ({
  method: "POST",
  path: "/Groups",
  bulkId,
  data: { displayName: bulkId, members, ...data },
});
const statuses = ({ body }: { body: Loose }) =>
  body.Operations.map(({ status }: { status: string }) => status);
const read = async (location: string) =>
  (await entra.send("GET", location.slice(location.indexOf(entra.connectionId) + 36))).body;
const ofMember = ({ members }: Loose) => members.map(({ value }: { value: string }) => value);

describe("operations", () => {
  test("are answered in the order of the request, with location, version and the status as text", async () => {
    const answer = await bulk([postUser("ana"), postGroup("finance", [member("ana")])]);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/scim+json; charset=utf-8");
    expect(answer.body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
    const [ana, finance] = answer.body.Operations;
    expect(ana).toEqual({
      method: "POST",
      bulkId: "ana",
      status: "201",
      version: 'W/"1"',
      location: expect.stringMatching(/^http.*\/Users\/[0-9a-f-]{36}$/),
    });
    expect(ofMember(await read(finance.location))).toEqual([(await read(ana.location)).id]);

    const path = `/Users/${(await read(ana.location)).id}`;
    const patch = { Operations: [{ op: "Replace", path: "title", value: "Lead" }] };
    const changed = await bulk([
      { method: "PATCH", path, data: patch, version: 'W/"1"' },
      { method: "PATCH", path, data: patch, version: 'W/"1"' },
      { method: "PUT", path, data: { userName: "ana2@bulk.test" } },
      { method: "DELETE", path },
      { method: "DELETE", path },
    ]);
    expect(statuses(changed)).toEqual(["200", "412", "200", "204", "404"]);
    expect(changed.body.Operations[0]).toMatchObject({ location: ana.location, version: 'W/"2"' });
    expect(changed.body.Operations[4]).toMatchObject({
      location: ana.location,
      response: { status: "404", detail: expect.stringContaining("no user") },
    });
  });

  test("one that fails leaves the others alone, and says why", async () => {
    const answer = await bulk([
      postUser("ben"),
      postUser("ben2", { userName: "ben@bulk.test" }),
      { method: "POST", path: "/Users", data: {} },
      "nonsense",
      postUser("cleo"),
    ]);
    expect(statuses(answer)).toEqual(["201", "409", "400", "400", "201"]);
    expect(answer.body.Operations[1]).toMatchObject({
      bulkId: "ben2",
      response: { status: "409", scimType: "uniqueness", detail: expect.any(String) },
    });
    expect(answer.body.Operations[1]).not.toHaveProperty("location");
  });

  test("failOnErrors ends it, and what was not done is not in the answer (RFC 7644 §3.7.3)", async () => {
    const wrong = { method: "DELETE", path: "/Users/nobody" };
    const answer = await bulk([postUser("dora"), wrong, wrong, postUser("emil")], {
      failOnErrors: 2,
    });
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual(["201", "404", "404"]);
    const { body } = await entra.send("GET", '/Users?filter=userName+eq+"emil@bulk.test"');
    expect(body.totalResults).toBe(0);
  });

  test("a PATCH may have its operations bare, as the example of RFC 7644 §3.7.3 has", async () => {
    const made = await bulk([postUser("dave")]);
    const { location } = made.body.Operations[0];
    const { body } = await bulk([
      {
        method: "PATCH",
        path: `/Users/${location.split("/").at(-1)}`,
        data: [
          { op: "remove", path: "nickName" },
          { op: "add", path: "userName", value: "Dave" },
        ],
      },
    ]);
    expect(body.Operations[0]).toMatchObject({ method: "PATCH", status: "200" });
    expect((await read(location)).userName).toBe("Dave");
  });

  test("each has its own entry in the log, and is the cause of what it changed", async () => {
    const answer = await bulk([
      postUser("fred", { password: "hunter2222" }),
      { method: "DELETE", path: "/Groups/nothing" },
    ]);
    const fred = (await read(answer.body.Operations[0].location)).id;
    const admin = product.as(product.administrator);
    const entries = async () =>
      (await admin.get(`/provisioning-log?connectionId=${entra.connectionId}&limit=4`)).body.items;
    await expect
      .poll(async () =>
        (await entries()).map((entry: Loose) => `${entry.method} ${entry.path} ${entry.status}`),
      )
      .toEqual(
        expect.arrayContaining(["POST /Bulk 200", "POST /Users 201", "DELETE /Groups/nothing 404"]),
      );
    const created = (await entries()).find(({ path }: Loose) => path === "/Users");
    const { body } = await admin.get(`/provisioning-log/${created.id}`);
    expect(body.resource.id).toBe(fred);
    expect(body.request).toContain("fred@bulk.test");
    expect(
      JSON.stringify(
        await Promise.all(
          (await entries()).map(({ id }: Loose) =>
            admin.get(`/provisioning-log/${id}`).then((one) => one.body),
          ),
        ),
      ),
    ).not.toContain("hunter2222");
    expect(body.effects.map(({ action }: Loose) => action)).toContain("user.created");
  });
});

describe("references", () => {
  test("forward, in members, managers, patches and paths", async () => {
    const answer = await bulk([
      postGroup("it", [member("gina")]),
      {
        method: "PATCH",
        path: "/Groups/bulkId:it",
        data: { Operations: [{ op: "Add", path: "members", value: [member("hugo")] }] },
      },
      postUser("gina", { [enterprise]: { manager: member("hugo") } }),
      postUser("hugo"),
      {
        method: "PATCH",
        path: "/Users/bulkId:hugo",
        data: { Operations: [{ op: "Add", path: `${enterprise}:manager`, value: "bulkId:gina" }] },
      },
    ]);
    expect(statuses(answer).map((status: string) => status[0])).toEqual(["2", "2", "2", "2", "2"]);
    const [it, , gina, hugo] = await Promise.all(
      answer.body.Operations.map(({ location }: Loose) => read(location)),
    );
    expect(new Set(ofMember(it))).toEqual(new Set([gina.id, hugo.id]));
    expect(gina[enterprise].manager.value).toBe(hugo.id);
    expect(hugo[enterprise].manager.value).toBe(gina.id);
    expect(answer.body.Operations[1].location).toBe(answer.body.Operations[0].location);
  });

  test("in a circle: created first, patched afterwards (RFC 7644 §3.7.1)", async () => {
    const answer = await bulk([
      postGroup("A", [member("B"), member("iris")]),
      postGroup("B", [member("A")]),
      postUser("iris", { [enterprise]: { department: "IT", manager: member("jack") } }),
      postUser("jack", { [enterprise]: { manager: member("iris") } }),
      postUser("self", { [enterprise]: { manager: member("self") } }),
    ]);
    expect(statuses(answer)).toEqual(["201", "201", "201", "201", "201"]);
    const [a, b, iris, jack, self] = await Promise.all(
      answer.body.Operations.map(({ location }: Loose) => read(location)),
    );
    expect(new Set(ofMember(a))).toEqual(new Set([b.id, iris.id]));
    expect(ofMember(b)).toEqual([a.id]);
    expect(iris[enterprise]).toMatchObject({ department: "IT", manager: { value: jack.id } });
    expect(jack[enterprise].manager.value).toBe(iris.id);
    expect(self[enterprise].manager.value).toBe(self.id);
    for (const [at, resource] of [a, b, iris, jack, self].entries()) {
      const { version } = answer.body.Operations[at];
      if (version !== undefined) expect(version).toBe(resource.meta.version);
    }
  });

  test("to nothing, or to what failed, fail that operation only", async () => {
    const answer = await bulk([
      postGroup("lost", [member("nobody")]),
      postUser("bad", { userName: "" }),
      postGroup("dependent", [member("bad")]),
      { method: "DELETE", path: "/Users/bulkId:bad" },
      postUser("kim"),
    ]);
    expect(statuses(answer)).toEqual(["409", "400", "412", "412", "201"]);
    expect(answer.body.Operations[0].response.detail).toContain("bulkId:nobody");
  });

  test("a circle that cannot be closed says what was created and what is missing", async () => {
    const circle = [
      postGroup("C", [member("D")]),
      postGroup("D", [member("C")], { displayName: "" }),
    ];
    const answer = await bulk(circle);
    expect(statuses(answer)).toEqual(["412", "400"]);
    const [c] = answer.body.Operations;
    expect(c.response.detail).toContain("It was created, but without");
    expect((await read(c.location)).displayName).toBe("C");

    const stopped = await bulk(
      [postGroup("E", [member("F")]), postGroup("F", [member("E")], { displayName: "" })],
      { failOnErrors: 1 },
    );
    expect(statuses(stopped)).toEqual(["409", "400"]);
  });

  test("somebody may be called bulkId:ana", async () => {
    const answer = await bulk([postUser("lea", { displayName: "bulkId:lea" })]);
    expect((await read(answer.body.Operations[0].location)).displayName).toBe("bulkId:lea");
  });
});

describe("limits", () => {
  test("a thousand operations are done, one more is 413 with the limit in words", async () => {
    const users = Array.from({ length: 1001 }, (_, at) => postUser(`many${at}`));
    const refused = await bulk(users);
    expect(refused).toMatchObject({
      status: 413,
      body: { status: "413", detail: expect.stringContaining("1000 operations at most") },
    });
    const answer = await bulk(users.slice(1));
    expect(new Set(statuses(answer))).toEqual(new Set(["201"]));
    expect(answer.body.Operations).toHaveLength(1000);
  }, 120_000);

  test("a body that is too large is 413 with the limit in words", async () => {
    const { status, body } = await entra.send("POST", "/Bulk", " ".repeat(8 * 1024 * 1024 + 1));
    expect(status).toBe(413);
    expect(body.detail).toContain("8388608 bytes");
  });

  test("are those of ServiceProviderConfig", async () => {
    const { body } = await entra.send("GET", "/ServiceProviderConfig");
    expect(body.bulk).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 8_388_608 });
  });
});

describe("who may", () => {
  test("nobody without this connection's token", async () => {
    const foreign = await createTestConnection(product, "Foreign", stranger);
    for (const authorization of ["", `Bearer ${foreign.token}`]) {
      const operation = postUser("eve");
      const body = {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        Operations: [operation],
      };
      const { status } = await entra.send("POST", "/Bulk", body, { authorization });
      expect(status).toBe(401);
    }
    const { body } = await entra.send("GET", '/Users?filter=userName+eq+"eve@bulk.test"');
    expect(body.totalResults).toBe(0);
  });

  test("reaches no other organisation's people", async () => {
    const foreign = await createTestConnection(product, "Foreign too", stranger);
    const theirs = await foreign.createUser("zoe@fabrikam.test");
    const answer = await bulk([
      { method: "DELETE", path: `/Users/${theirs}` },
      postGroup("thieves", [{ value: theirs }]),
    ]);
    expect(statuses(answer)).toEqual(["404", "400"]);
    expect((await foreign.send("GET", `/Users/${theirs}`)).status).toBe(200);
  });
});

test.each<[string, unknown]>([
  ["no JSON", "{"],
  ["no operations", {}],
  ["a list", []],
  ["nothing", ""],
])("%s is 400", async (_what, body) => {
  expect((await entra.send("POST", "/Bulk", body as object)).status).toBe(400);
});

test("hostile operations are refused one by one, never with a 5xx", async () => {
  const deep = JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`);
  const answer = await bulk([
    { method: "\0", path: "\0" },
    { method: "POST", path: "/Users", bulkId: "\0", data: { userName: "nul\0" } },
    { method: "POST", path: "/Users", bulkId: "deep", data: { userName: "deep", extra: deep } },
    { method: "DELETE", path: "/Users/\0" },
    { method: "PATCH", path: "/Users/bulkId:\0", data: {} },
    { method: "PATCH", path: "/Users/%00", data: {} },
    { method: "PUT", path: "/Groups/__proto__", data: { __proto__: { a: 1 }, constructor: 1 } },
    postGroup("constructor", [member("__proto__")]),
    null,
  ]);
  expect(answer.status).toBe(200);
  for (const { status, response } of answer.body.Operations) {
    expect(Number(status), JSON.stringify(response)).toBeGreaterThanOrEqual(400);
    expect(Number(status)).toBeLessThan(500);
  }
});
