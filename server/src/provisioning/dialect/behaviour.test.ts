import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../app.ts";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";
import { switches } from "./switches.ts";

type Connection = Awaited<ReturnType<typeof createTestConnection>>;

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const unknownUrn = "urn:ietf:params:scim:schemas:extension:shoes:2.0:User";

let muster: TestApp;
let entra: Connection;
let other: Connection;
let editor: Person;
let stranger: Person;
let count = 0;

beforeAll(async () => {
  muster = await createTestApp();
  entra = await createTestConnection(muster, "Entra");
  other = await createTestConnection(muster, "Other");
  editor = await muster.createPerson("editor");
  stranger = await muster.createOrganisation("Fabrikam");
});
afterAll(() => muster.close());

const admin = () => muster.as(muster.administrator);
const turn = async (key: string, on: boolean): Promise<void> => {
  const path = `/connections/${entra.connectionId}/behaviour/${key}`;
  const { status, body } = await admin().put(path, { on });
  expect(status).toBe(200);
  expect(body.items.find((item: Loose) => item.key === key).on).toBe(on);
};
/** A new person with a work address, and what a PATCH of them is answered. */
const patchSomebody = async (connection: Connection, ...operations: object[]) => {
  count += 1;
  const id = await connection.createUser(`p${count}@x.test`, {
    title: "Clerk",
    emails: [{ type: "work", value: `p${count}@x.test` }],
  });
  return connection.patch(`/Users/${id}`, ...operations);
};
const post = (connection: Connection, more: object) => {
  count += 1;
  return connection.send("POST", "/Users", {
    schemas: [core],
    userName: `p${count}@x.test`,
    ...more,
  });
};

/** What is asked, by switch: answered with success when it is on, and refused so when it is off. */
const effects: Record<string, { ask: (connection: Connection) => Promise<Loose>; off: object }> = {
  ignoreUnknownAttributes: {
    ask: (connection) => post(connection, { shoeSize: 44 }),
    off: { scimType: "invalidSyntax", detail: expect.stringContaining("shoeSize") },
  },
  ignoreUnknownPaths: {
    ask: (connection) =>
      patchSomebody(
        connection,
        { op: "replace", path: "shoeSize", value: 44 },
        { op: "remove", path: "a.b" },
      ),
    off: { scimType: "invalidPath", detail: expect.stringContaining("shoeSize") },
  },
  keepUnknownExtensions: {
    ask: (connection) => post(connection, { [unknownUrn]: { size: 44 } }),
    off: { scimType: "invalidSyntax", detail: expect.stringContaining(unknownUrn) },
  },
  verbCase: {
    ask: (connection) => patchSomebody(connection, { op: "Replace", path: "title", value: "CEO" }),
    off: { scimType: "invalidSyntax" },
  },
  textBooleans: {
    ask: (connection) =>
      patchSomebody(connection, { op: "replace", path: "active", value: "False" }),
    off: { scimType: "invalidValue" },
  },
  textNumbers: {
    ask: (connection) => patchSomebody(connection, { op: "replace", path: "title", value: 7 }),
    off: { scimType: "invalidValue" },
  },
  removeByValue: {
    ask: (connection) =>
      patchSomebody(connection, {
        op: "remove",
        path: "emails",
        value: [{ type: "work", value: `p${count}@x.test` }],
      }),
    off: { scimType: "invalidValue" },
  },
  looseReferences: {
    ask: (connection) =>
      patchSomebody(connection, { op: "add", path: `${enterprise}:manager`, value: "b6f1c0d2" }),
    off: { scimType: "invalidValue" },
  },
  looseLists: {
    ask: (connection) =>
      patchSomebody(connection, { op: "replace", path: "emails", value: { value: "x@x.test" } }),
    off: { scimType: "invalidValue" },
  },
  wrappedValues: {
    ask: (connection) =>
      patchSomebody(connection, { op: "replace", path: "title", value: [{ value: "CEO" }] }),
    off: { scimType: "invalidValue" },
  },
  readOnlyInValue: {
    ask: (connection) =>
      patchSomebody(connection, { op: "replace", path: "meta", value: { resourceType: "User" } }),
    off: { scimType: "mutability" },
  },
  unlistedCoreAttributes: {
    ask: (connection) =>
      patchSomebody(connection, { op: "add", path: `${core}:shoeSize`, value: "44" }),
    off: { scimType: "invalidPath" },
  },
  unquotedFilters: {
    ask: (connection) => connection.send("GET", "/Users?filter=userName+eq+ana"),
    off: { scimType: "invalidFilter" },
  },
  createOnNoMatch: {
    ask: (connection) =>
      patchSomebody(connection, {
        op: "replace",
        path: 'emails[type eq "home"].value',
        value: "h@x.test",
      }),
    off: { scimType: "noTarget" },
  },
  removeWithoutMatch: {
    ask: (connection) =>
      patchSomebody(connection, { op: "remove", path: 'emails[type eq "home"]' }),
    off: { scimType: "noTarget" },
  },
};

describe("a switch", () => {
  test.each(Object.entries(effects))(
    "%s counts for its connection at once, on and off",
    async (key, { ask, off }) => {
      const { default: isOn } = switches.find((each) => each.key === key)!;
      await turn(key, true);
      expect([200, 201]).toContain((await ask(entra)).status);
      await turn(key, false);
      expect(await ask(entra)).toMatchObject({ status: 400, body: off });
      // Another connection speaks as before.
      expect((await ask(other)).status < 300).toBe(isOn);
      await turn(key, isOn);
      expect((await ask(entra)).status < 300).toBe(isOn);
    },
  );

  test("flatKeys, mistypedUrns, dottedUrns: without them the name stands for nothing known", async () => {
    const ask = async (value: object) => {
      const { body } = await patchSomebody(entra, { op: "replace", value });
      return body[enterprise]?.department ?? body.name?.givenName;
    };
    const cases: [key: string, value: object][] = [
      ["flatKeys", { "name.givenName": "Ana" }],
      ["mistypedUrns", { [`${enterprise.replace("2.0:", "2.0")}:department`]: "Ana" }],
      ["dottedUrns", { [`${enterprise}.department`]: "Ana" }],
    ];
    for (const [key, value] of cases) {
      expect(await ask(value), key).toBe("Ana");
      await turn(key, false);
      expect(await ask(value), key).toBeUndefined();
      await turn(key, true);
    }
  });

  test("emptyClears: without it empty text is what is kept", async () => {
    const clear = { op: "replace", path: "title", value: "" };
    expect((await patchSomebody(entra, clear)).body.title).toBeUndefined();
    await turn("emptyClears", false);
    expect((await patchSomebody(entra, clear)).body.title).toBe("");
    await turn("emptyClears", true);
  });

  test("jsonRoles, memberNoise: without them the value stays as it came, or is told as ignored", async () => {
    const role = JSON.stringify({ id: "1", value: "Admin", displayName: "Admin" });
    const add = { op: "add", path: "roles", value: [{ value: role }] };
    expect((await patchSomebody(entra, add)).body.roles[0].value).toBe("Admin");
    await turn("jsonRoles", false);
    expect((await patchSomebody(entra, add)).body.roles[0].value).toBe(role);
    await turn("jsonRoles", true);

    const ana = await entra.createUser("ana@x.test");
    const noisy = { op: "add", path: "members", value: [{ value: ana, displayName: "Ana" }] };
    const ignoredOf = async (name: string) => {
      await entra.patch(`/Groups/${await entra.createGroup(name)}`, noisy);
      const { body } = await admin().get("/provisioning-log?limit=1");
      return body.items[0].ignored;
    };
    expect(await ignoredOf("Quiet")).toEqual([]);
    await turn("memberNoise", false);
    expect(await ignoredOf("Loud")).toEqual([expect.stringContaining("displayName")]);
    await turn("memberNoise", true);
  });

  test("every switch has a test of its own here", () => {
    const others = [
      "flatKeys",
      "mistypedUrns",
      "dottedUrns",
      "emptyClears",
      "jsonRoles",
      "memberNoise",
    ];
    expect([...Object.keys(effects), ...others].toSorted()).toEqual(
      switches.map(({ key }) => key).toSorted(),
    );
  });
});

test("what is ignored by its path is in the provisioning log", async () => {
  await turn("ignoreUnknownPaths", true);
  const { body } = await patchSomebody(
    entra,
    { op: "replace", path: "shoeSize", value: 44 },
    { op: "replace", path: "title", value: "CEO" },
  );
  expect(body.title).toBe("CEO");
  const log = await admin().get("/provisioning-log?limit=1");
  expect(log.body.items[0]).toMatchObject({ outcome: "changed", ignored: ["shoeSize"] });
  // Syntax that is no path stays refused.
  const broken = await patchSomebody(entra, { op: "replace", path: "title[", value: 1 });
  expect(broken).toMatchObject({ status: 400, body: { scimType: "invalidPath" } });
  await turn("ignoreUnknownPaths", false);
});

test("what is ignored in a PATCH's value is refused too, and an unknown extension in one", async () => {
  await turn("ignoreUnknownAttributes", false);
  await turn("keepUnknownExtensions", false);
  for (const value of [{ shoeSize: 44 }, { [unknownUrn]: { size: 44 } }])
    expect(await patchSomebody(entra, { op: "add", value })).toMatchObject({
      status: 400,
      body: { scimType: "invalidSyntax" },
    });
  await turn("keepUnknownExtensions", true);
  await turn("ignoreUnknownAttributes", true);
});

test("is known on another node from the next request on", async () => {
  const node = await createApp(muster, pino({ level: "silent" }));
  const ask = async () => {
    const answer = await node.inject({
      method: "GET",
      url: `/scim/v2/${entra.connectionId}/Users?filter=userName+eq+ana`,
      headers: { authorization: `Bearer ${entra.token}` },
    });
    return answer.statusCode;
  };
  expect(await ask()).toBe(200);
  await turn("unquotedFilters", false);
  expect(await ask()).toBe(400);
  await turn("unquotedFilters", true);
  expect(await ask()).toBe(200);
  await node.close();
});

test("is in the ledger with its cause, and only when it changes something", async () => {
  await turn("verbCase", false);
  await turn("verbCase", false);
  await turn("verbCase", true);
  const rows = await muster.organisations.within(muster.administrator.orgId, async (tx) => {
    const sql =
      "select sentence, cause_sentence from ledger where action = 'connection.switched' order by id desc limit 2";
    return (await tx.executeSql(sql)).rows;
  });
  expect(rows).toEqual([
    {
      sentence: '"PATCH verbs in any letter case" turned on',
      cause_sentence: "Dana Reyes changed how a connection behaves",
    },
    {
      sentence: '"PATCH verbs in any letter case" turned off',
      cause_sentence: "Dana Reyes changed how a connection behaves",
    },
  ]);
});

test("who may look and turn", async () => {
  const path = `/connections/${entra.connectionId}/behaviour`;
  expect((await muster.as(null).get(path)).status).toBe(401);
  expect((await muster.as(editor).put(`${path}/verbCase`, { on: false })).status).toBe(403);
  expect((await muster.as(stranger).get(path)).status).toBe(404);
  expect((await muster.as(stranger).put(`${path}/verbCase`, { on: false })).status).toBe(404);
  expect((await admin().put(`${path}/nonsense`, { on: false })).status).toBe(404);
  expect((await admin().put(`${path}/verbCase`, {})).status).toBe(400);
});
