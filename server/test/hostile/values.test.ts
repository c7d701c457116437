import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../support/app.ts";
import { createTestConnection } from "../support/scim.ts";

type Connection = Awaited<ReturnType<typeof createTestConnection>>;

let muster: TestApp;
let entra: Connection;

beforeAll(async () => {
  muster = await createTestApp();
  entra = await createTestConnection(muster);
});
afterAll(() => muster.close());

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

/** Text that does not compress, so that its length is what an index sees. */
const noise = (length: number): string => {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join("");
};

const hugeUsers: Record<string, object> = {
  userName: { userName: noise(9000) },
  externalId: { userName: "a", externalId: noise(9000) },
  "an e-mail address": { userName: "a", emails: [{ value: `${noise(9000)}@x.test` }] },
};

describe("a value longer than any index can hold is refused with a sentence", () => {
  test.each(Object.entries(hugeUsers))("%s of a user", async (_name, user) => {
    const { status, body } = await entra.send("POST", "/Users", { schemas: [userSchema], ...user });
    expect(status).toBe(400);
    expect(body.scimType).toBe("invalidValue");
    expect(body.detail).toMatch(/too long/);
  });

  test.each(["displayName", "externalId"])("%s of a group", async (attribute) => {
    const group = { schemas: [groupSchema], displayName: "a", [attribute]: noise(9000) };
    const { status, body } = await entra.send("POST", "/Groups", group);
    expect(status).toBe(400);
    expect(body.detail).toMatch(/too long/);
  });
});

test("what compresses well is not let in where its filter would be too long", async () => {
  const user = { schemas: [userSchema], userName: "y".repeat(9000) };
  expect((await entra.send("POST", "/Users", user)).status).toBe(400);
});

describe("a resource as large as a directory is refused, quickly", () => {
  const many = <Value>(make: (at: number) => Value): Value[] =>
    Array.from({ length: 50_000 }, (_, at) => make(at));
  const large: Record<string, object> = {
    "many e-mail addresses": { emails: many((at) => ({ value: `e${at}@x.test`, type: `t${at}` })) },
    "many extensions": Object.fromEntries(many((at) => [`urn:a:b${at}`, { x: at }])),
  };
  test.each(Object.entries(large))("%s", async (_name, more) => {
    const user = { schemas: [userSchema], userName: "large", ...more };
    const { status, body } = await entra.send("POST", "/Users", user);
    expect(status).toBe(413);
    expect(body.detail).toMatch(/10000 values/);
  });
});

const bodies: Record<string, string> = {
  "100,000 nested arrays": "[".repeat(100_000) + "]".repeat(100_000),
  "100,000 nested arrays in a name": `{"userName":"a","displayName":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
  "50,000 nested objects of an unknown schema": `{"userName":"a","urn:a:b":{"c":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}}`,
  "a NUL": String.raw`{"userName":"a\u0000"}`,
  "half a surrogate pair": String.raw`{"userName":"\ud800"}`,
  "a number beyond every double": '{"userName":"a","urn:a:b":{"n":1e400}}',
  "a number beyond 2^53": '{"userName":"a","urn:a:b":{"n":9007199254740993}}',
  "one attribute in two cases": '{"userName":"a","USERNAME":"b"}',
  nothing: "",
  null: "null",
  "no JSON": "<User/>",
};

test.each(Object.entries(bodies))("a body of %s is refused with a detail", async (_name, body) => {
  const answer = await entra.send("POST", "/Users", body);
  expect(answer.status).toBe(400);
  expect(answer.headers["content-type"]).toMatch(/^application\/scim\+json/);
  expect(answer.body.detail).toMatch(/\w+ .*\w+/);
});

test("__proto__ and constructor are names like others, and change nothing", async () => {
  const hostile =
    '{"userName":"proto","__proto__":{"x":1},"urn:a:b":{"__proto__":{"y":1},"constructor":2}}';
  expect((await entra.send("POST", "/Users", hostile)).status).toBe(201);
  expect(({} as { x?: unknown }).x).toBeUndefined();
  expect(({} as { y?: unknown }).y).toBeUndefined();
});

test("a group may contain itself, and managers each other: reading both ends", async () => {
  const group = await entra.createGroup("Ouroboros");
  const add = { op: "add", path: "members", value: [{ value: group }] };
  expect((await entra.patch(`/Groups/${group}`, add)).status).toBe(204);
  const read = await entra.send("GET", `/Groups/${group}`);
  expect(read.body.members).toHaveLength(1);

  const [ana, bo] = [
    await entra.createUser("ana@cycle.test"),
    await entra.createUser("bo@cycle.test"),
  ];
  const manager = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";
  for (const [one, other] of [
    [ana, bo],
    [bo, ana],
    [ana, ana],
  ]) {
    const { status } = await entra.patch(`/Users/${one}`, {
      op: "add",
      path: manager,
      value: other,
    });
    expect(status).toBe(200);
  }
});

test("a rename to a taken userName is refused whole; a swap by way of a third name succeeds", async () => {
  const [first, second] = [
    await entra.createUser("one@swap.test"),
    await entra.createUser("two@swap.test"),
  ];
  const rename = (id: string, userName: string) =>
    entra.patch(
      `/Users/${id}`,
      { op: "replace", path: "title", value: `was ${userName}` },
      { op: "replace", path: "userName", value: userName },
    );
  const refused = await rename(first, "TWO@swap.test");
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    scimType: "uniqueness",
    detail: expect.stringMatching(/userName/),
  });
  expect((await entra.send("GET", `/Users/${first}`)).body.title).toBeUndefined();

  for (const [id, name] of [
    [first, "three@swap.test"],
    [second, "one@swap.test"],
    [first, "two@swap.test"],
  ] as const)
    expect((await rename(id, name)).status).toBe(200);
});

test("names in any script come back as they were sent", async () => {
  const displayName =
    "😀\u202Egnp.exe\u202C \u0645\u0631\u062D\u0628\u0627 <script>alert(1)</script>";
  const id = await entra.createUser("emoji😀@names.test", { displayName });
  expect((await entra.send("GET", `/Users/${id}`)).body.displayName).toBe(displayName);
});
