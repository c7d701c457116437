import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { insertManyPeople } from "../../../test/support/many-people.ts";
import type { Loose } from "../../../test/support/scim.ts";
import {
  createWireClient,
  enterpriseSchema,
  groupSchema,
  patchSchema,
  userSchema,
  type WireClient,
} from "../../../test/support/wire-client.ts";

let muster: TestApp;
let scim: WireClient;
beforeAll(async () => {
  muster = await createTestApp();
  scim = await createWireClient(muster);
});
afterAll(() => muster.close());

let made = 0;
/** Somebody new. Gives the resource. */
const person = async (more: object = {}): Promise<Loose> => {
  made += 1;
  const { status, body } = await scim.post("/Users", {
    schemas: [userSchema],
    userName: `peer.${made}@x`,
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const group = async (...members: string[]): Promise<string> => {
  made += 1;
  const { body } = await scim.post("/Groups", {
    schemas: [groupSchema],
    displayName: `Peers ${made}`,
    members: members.map((value) => ({ value })),
  });
  return body.id;
};
const read = async (id: string): Promise<Loose> => (await scim.get(`/Users/${id}`)).body;
const membersOf = async (id: string): Promise<string[]> =>
  ((await scim.get(`/Groups/${id}`)).body.members ?? []).map(({ value }: Loose) => value);
const found = async (filter: string): Promise<string[]> => {
  const { status, body } = await scim.find("Users", filter);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.Resources.map(({ id }: Loose) => id);
};
const set = (id: string, path: string, value: unknown, op = "replace") =>
  scim.patch(`/Users/${id}`, { op, path, value });

/** Wrong answers that other SCIM servers were seen to give, each as what is right. */
const checks: Record<string, Record<string, () => Promise<void>>> = {
  "Ory Polis": {
    "discovery endpoints are there": async () => {
      for (const path of ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
        expect((await scim.get(path)).status).toBe(200);
    },
    "a resource has meta, and a created one a Location": async () => {
      const { headers, body } = await scim.post("/Users", {
        schemas: [userSchema],
        userName: "meta@x",
      });
      expect(body.meta).toMatchObject({ resourceType: "User", created: expect.any(String) });
      expect(headers["location"]).toBe(body.meta.location);
      expect(headers["content-type"]).toContain("application/scim+json");
    },
    "userName is searched in userName, and not in e-mail addresses": async () => {
      const { id } = await person({ userName: "polis-name", emails: [{ value: "polis@mail" }] });
      expect(await found('userName eq "polis-name"')).toEqual([id]);
      expect(await found('userName eq "polis@mail"')).toEqual([]);
      const again = await scim.post("/Users", {
        schemas: [userSchema],
        userName: "POLIS-name",
        emails: [{ value: "other@mail" }],
      });
      expect(again.status).toBe(409);
    },
    "the attribute and the operator of a filter count": async () => {
      const { id } = await person({ userName: "oper.ator@x", externalId: "op-1" });
      expect(await found('externalId eq "op-1"')).toEqual([id]);
      expect(await found('externalId eq "oper.ator@x"')).toEqual([]);
      expect(await found('userName co "per.ato"')).toEqual([id]);
      expect(await found('USERNAME EQ "oper.ator@x"')).toEqual([id]);
      expect(
        await found('userName eq "oper.ator@x" and meta.lastModified lt "2001-01-01T00:00:00Z"'),
      ).toEqual([]);
    },
    "an apostrophe is kept": async () => {
      const { id } = await person({ userName: "o'hara@x", displayName: "Scarlett O'Hara" });
      expect((await read(id)).displayName).toBe("Scarlett O'Hara");
      expect(await found(`userName eq "o'hara@x"`)).toEqual([id]);
    },
    "after a rename the new name is found and the old one is not": async () => {
      const { id } = await person({ userName: "before@x" });
      await set(id, "userName", "after@x");
      expect(await found('userName eq "after@x"')).toEqual([id]);
      expect(await found('userName eq "before@x"')).toEqual([]);
    },
    "a URN path changes the attribute, and writes no junk key": async () => {
      const { id } = await person();
      await set(id, `${enterpriseSchema}:department`, "Audit");
      const user = await read(id);
      expect(user[enterpriseSchema]).toEqual({ department: "Audit" });
      expect(Object.keys(user).filter((key) => key.startsWith("urn:"))).toEqual([enterpriseSchema]);
    },
    "verbs with a capital are done": async () => {
      const { id } = await person();
      await set(id, "title", "Lead", "Add");
      expect((await read(id)).title).toBe("Lead");
      await scim.patch(`/Users/${id}`, { op: "Remove", path: "title" });
      expect(await read(id)).not.toHaveProperty("title");
    },
    '"False" is stored as a boolean': async () => {
      const { id } = await person();
      await set(id, "active", "False", "Replace");
      expect((await read(id)).active).toBe(false);
    },
    "add appends to a list": async () => {
      const { id } = await person({ phoneNumbers: [{ type: "work", value: "1" }] });
      await set(id, "phoneNumbers", [{ type: "mobile", value: "2" }], "add");
      expect((await read(id)).phoneNumbers).toHaveLength(2);
    },
    "a PATCH of which one operation fails changes nothing": async () => {
      const { id } = await person({ title: "Before" });
      const { status } = await scim.patch(
        `/Users/${id}`,
        { op: "replace", path: "title", value: "After" },
        { op: "replace", path: "nothing", value: 1 },
      );
      expect(status).toBe(400);
      expect((await read(id)).title).toBe("Before");
    },
    "a body of the wrong type is refused": async () => {
      for (const body of ["[]", "{}", '"x"', "1", "null", "", '{"userName":{}}'])
        expect(`${body} ${(await scim.post("/Users", body)).status}`).toBe(`${body} 400`);
    },
    "an unknown verb and an unknown path are 400": async () => {
      const { id } = await person();
      expect((await set(id, "title", "x", "merge")).status).toBe(400);
      expect(await set(id, "shoeSize", "9")).toMatchObject({
        status: 400,
        body: { scimType: "invalidPath" },
      });
    },
    "DELETE is 204 without a body": async () => {
      const { id } = await person();
      expect(await scim.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: "" });
    },
    "a group has its members": async () => {
      const { id } = await person();
      expect(await membersOf(await group(id))).toEqual([id]);
    },
    "totals are not capped": async () => {
      await Promise.all(Array.from({ length: 60 }, () => person({ title: "Capped" })));
      const { body } = await scim.find("Users", 'title eq "Capped"', "&count=1");
      expect(body).toMatchObject({ totalResults: 60, itemsPerPage: 1 });
    },
    "an error names its status": async () => {
      expect((await scim.get("/Users/nobody")).body.status).toBe("404");
    },
  },
  SCIMServer: {
    "parallel PATCHes of one user are all stored": async () => {
      const { id } = await person();
      const paths = ["title", "nickName", "locale", "timezone", "userType", "name.givenName"];
      const answers = await Promise.all(paths.map((path) => set(id, path, "v")));
      expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
      expect(await read(id)).toMatchObject({
        title: "v",
        nickName: "v",
        locale: "v",
        timezone: "v",
        userType: "v",
        name: { givenName: "v" },
      });
    },
    "a malformed path is refused and becomes no attribute": async () => {
      const { id } = await person();
      expect((await set(id, "emails[type eq", "x")).status).toBe(400);
      expect(Object.keys(await read(id)).filter((key) => key.includes("["))).toEqual([]);
    },
    "a value path may combine conditions, in a filter and in a PATCH": async () => {
      const { id } = await person({
        emails: [
          { type: "work", value: "vp@x" },
          { type: "home", value: "vp2@x" },
        ],
      });
      expect(await found('emails[type eq "work" and value eq "vp@x"]')).toEqual([id]);
      await set(id, 'emails[type eq "work" and value eq "vp@x"].display', "Desk");
      expect((await read(id)).emails).toEqual(
        expect.arrayContaining([{ type: "work", value: "vp@x", display: "Desk" }]),
      );
    },
    "emails.value eq finds": async () => {
      const { id } = await person({ emails: [{ value: "dotted@x" }] });
      expect(await found('emails.value eq "dotted@x"')).toEqual([id]);
    },
    "a path with the core URN is done": async () => {
      const { id } = await person();
      await set(id, `${userSchema}:title`, "By URN");
      expect((await read(id)).title).toBe("By URN");
    },
    "unknown members are refused, or said to be ignored; never stored": async () => {
      const id = await group();
      const answer = await scim.patch(`/Groups/${id}`, {
        op: "add",
        path: "members",
        value: [{ value: "0191e9a0-0000-7000-8000-000000000000" }],
      });
      expect(answer.status).toBeLessThan(500);
      expect(await membersOf(id)).toEqual([]);
    },
    "whoever is deleted is in no group": async () => {
      const { id } = await person();
      const groupId = await group(id);
      await scim.delete(`/Users/${id}`);
      expect(await membersOf(groupId)).toEqual([]);
    },
    "a user has their groups": async () => {
      const { id } = await person();
      const groupId = await group(id);
      expect((await read(id)).groups).toMatchObject([{ value: groupId }]);
    },
    "a bulkId that comes later is resolved": async () => {
      const { body } = await scim.post("/Bulk", {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        Operations: [
          {
            method: "POST",
            path: "/Groups",
            bulkId: "g1",
            data: {
              schemas: [groupSchema],
              displayName: "Forward",
              members: [{ value: "bulkId:u1" }],
            },
          },
          {
            method: "POST",
            path: "/Users",
            bulkId: "u1",
            data: { schemas: [userSchema], userName: "forward@x" },
          },
        ],
      });
      expect(body.Operations.map(({ status }: Loose) => status)).toEqual(["201", "201"]);
      const groups = await scim.find("Groups", 'displayName eq "Forward"');
      const [{ value }] = groups.body.Resources[0].members;
      expect((await read(value)).userName).toBe("forward@x");
    },
    ".search takes attributes as a list (RFC 7644 §3.4.3)": async () => {
      const { userName } = await person({ title: "Searched" });
      const { status, body } = await scim.post("/Users/.search", {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        attributes: ["userName"],
        filter: `userName eq "${userName}"`,
      });
      expect(status).toBe(200);
      expect(Object.keys(body.Resources[0]).toSorted()).toEqual(["id", "schemas", "userName"]);
    },
    "startIndex 0 is 1": async () => {
      expect((await scim.get("/Users?startIndex=0&count=1")).body.startIndex).toBe(1);
    },
    "ServiceProviderConfig is true": async () => {
      const { body } = await scim.get("/ServiceProviderConfig");
      for (const feature of ["patch", "filter", "sort", "bulk", "etag"])
        expect(`${feature} ${body[feature].supported}`).toBe(`${feature} true`);
    },
  },
  SCIMMY: {
    "userName is found in any letter case": async () => {
      const { id } = await person({ userName: "Camel.Case@X" });
      expect(await found('userName eq "camel.case@x"')).toEqual([id]);
    },
    "a comparison without a value is 400": async () => {
      expect((await scim.find("Users", "userName eq")).status).toBe(400);
    },
    "an escaped quote is understood": async () => {
      const { id } = await person({ displayName: 'Ana "Ani" Ito' });
      expect(await found('displayName eq "Ana \\"Ani\\" Ito"')).toEqual([id]);
    },
    "an extension attribute is found by its URN": async () => {
      const { id } = await person({ [enterpriseSchema]: { employeeNumber: "SCIMMY-1" } });
      expect(await found(`${enterpriseSchema}:employeeNumber eq "SCIMMY-1"`)).toEqual([id]);
    },
    "a manager as bare text, and a value path that matches nothing, are done": async () => {
      const { id } = await person();
      await set(id, `${enterpriseSchema}:manager`, "b2a9", "Add");
      await set(id, 'phoneNumbers[type eq "mobile"].value', "+351", "Add");
      expect(await read(id)).toMatchObject({
        [enterpriseSchema]: { manager: { value: "b2a9" } },
        phoneNumbers: [{ type: "mobile", value: "+351" }],
      });
    },
    "members and phone numbers are there once": async () => {
      const { id } = await person({ phoneNumbers: [{ type: "work", value: "1" }] });
      for (const _ of [1, 2]) await set(id, "phoneNumbers", [{ type: "work", value: "1" }], "add");
      expect((await read(id)).phoneNumbers).toHaveLength(1);
      const groupId = await group(id);
      await scim.patch(`/Groups/${groupId}`, {
        op: "add",
        path: "members",
        value: [{ value: id }],
      });
      expect(await membersOf(groupId)).toEqual([id]);
    },
    "one element at most is primary": async () => {
      const { id } = await person({ emails: [{ type: "work", value: "a@x", primary: true }] });
      await set(id, "emails", [{ type: "home", value: "b@x", primary: true }], "add");
      const primaries = (await read(id)).emails.filter(({ primary }: Loose) => primary === true);
      expect(primaries).toMatchObject([{ value: "b@x" }]);
    },
    "members.value eq finds groups": async () => {
      const { id } = await person();
      const groupId = await group(id);
      const { body } = await scim.find("Groups", `members.value eq "${id}"`);
      expect(body.Resources.map((one: Loose) => one.id)).toEqual([groupId]);
    },
    "with nothing found itemsPerPage is 0": async () => {
      const { body } = await scim.find("Users", 'userName eq "nobody"');
      expect(body).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
    },
    "an unknown extension is not dropped in silence": async () => {
      const urn = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";
      const { id } = await person({ [urn]: { badge: "9" } });
      expect((await read(id))[urn]).toEqual({ badge: "9" });
    },
    "startIndex and count give the window that was asked for": async () => {
      const { body } = await scim.get("/Users?startIndex=3&count=2&sortBy=id");
      expect(body).toMatchObject({ startIndex: 3, itemsPerPage: 2 });
      expect(body.Resources).toHaveLength(2);
      const all = (await scim.get("/Users?count=4&sortBy=id")).body.Resources;
      expect(body.Resources.map(({ id }: Loose) => id)).toEqual(
        all.slice(2).map(({ id }: Loose) => id),
      );
    },
  },
  scimgateway: {
    "what looks like a pattern in a filter is text": async () => {
      const { id } = await person({ userName: "dot.ted+tag@x" });
      expect(await found('userName eq "dot.ted+tag@x"')).toEqual([id]);
      for (const pattern of ["dotxted+tag@x", ".*", "dot.*", "%", "dot_ted+tag@x"])
        expect(await found(`userName eq "${pattern}"`)).toEqual([]);
    },
    "a user name in other letters is taken": async () => {
      await person({ userName: "taken@x" });
      const again = await scim.post("/Users", { schemas: [userSchema], userName: "TAKEN@x" });
      expect(again).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
    },
    "a filter looks at everybody, however many there are": async () => {
      await Promise.all(
        Array.from({ length: 250 }, (_, at) => person({ emails: [{ value: `many.${at}@x` }] })),
      );
      for (const at of [0, 125, 249])
        expect(await found(`emails.value eq "many.${at}@x"`)).toHaveLength(1);
    },
    "pr, comparisons of time, booleans and URNs filter": async () => {
      const { id } = await person({
        userName: "oper@x",
        nickName: "Op",
        active: false,
        [enterpriseSchema]: { costCenter: "C1" },
      });
      for (const condition of [
        "nickName pr",
        'meta.lastModified gt "2001-01-01T00:00:00Z"',
        "active eq false",
        `${enterpriseSchema}:costCenter eq "C1"`,
        '(nickName eq "Op" or nickName eq "Other")',
        'not (nickName eq "Other")',
      ])
        expect(
          `${condition}: ${(await found(`userName eq "oper@x" and ${condition}`)).join()}`,
        ).toBe(`${condition}: ${id}`);
    },
    "an unbalanced filter is 400": async () => {
      for (const filter of ['(userName eq "a"', 'userName eq "a")', 'emails[type eq "a"'])
        expect(await scim.find("Users", filter)).toMatchObject({
          status: 400,
          body: { scimType: "invalidFilter" },
        });
    },
    "broken JSON, a second DELETE, a taken name and an unknown member are no 5xx": async () => {
      const [one, two] = [await person(), await person()];
      expect((await scim.post("/Users", '{"userName":')).status).toBe(400);
      expect((await set(two.id, "userName", one.userName)).status).toBe(409);
      const id = await group();
      for (const value of ["x", "0191e9a0-0000-7000-8000-000000000001"]) {
        const { status } = await scim.patch(`/Groups/${id}`, {
          op: "add",
          path: "members",
          value: [{ value }],
        });
        expect(status).toBeLessThan(500);
      }
      await scim.delete(`/Users/${one.id}`);
      expect((await scim.delete(`/Users/${one.id}`)).status).toBe(404);
    },
    "PATCH without Operations is 400": async () => {
      const { id } = await person();
      const { status } = await scim.send(`/Users/${id}`, {
        method: "PATCH",
        body: { schemas: [patchSchema] },
      });
      expect(status).toBe(400);
    },
    "replace of members sets exactly these": async () => {
      const [one, two] = [await person(), await person()];
      const id = await group(one.id);
      await scim.patch(`/Groups/${id}`, {
        op: "replace",
        path: "members",
        value: [{ value: two.id }],
      });
      expect(await membersOf(id)).toEqual([two.id]);
    },
    "a list is sorted as a whole, not page by page": async () => {
      const first = (await scim.get("/Users?sortBy=userName&count=5")).body.Resources;
      const next = (await scim.get("/Users?sortBy=userName&count=5&startIndex=6")).body.Resources;
      const names: string[] = [...first, ...next].map(({ userName }: Loose) =>
        userName.toLowerCase(),
      );
      expect(names).toEqual(names.toSorted());
    },
    "/Schemas/{id} is one schema": async () => {
      const { status, body } = await scim.get(`/Schemas/${userSchema}`);
      expect(status, JSON.stringify(body)).toBe(200);
      expect(body.id).toBe(userSchema);
    },
    "an id is not the user name": async () => {
      const { id, userName } = await person();
      expect(id).not.toBe(userName);
      await set(id, "userName", `renamed.${userName}`);
      expect((await read(id)).id).toBe(id);
    },
  },
  "better-auth": {
    "a user name need be no address, and no address is needed": async () => {
      const { id } = await person({ userName: "just a name" });
      expect(await found('userName eq "just a name"')).toEqual([id]);
    },
    "ETag and If-None-Match": async () => {
      const { id } = await person();
      const { headers } = await scim.get(`/Users/${id}`);
      const again = await scim.send(`/Users/${id}`, {
        headers: { ...scim.bearer, "if-none-match": String(headers["etag"]) },
      });
      expect(again.status).toBe(304);
    },
    "more than 1,000 members": async () => {
      const bodies = Array.from({ length: 1100 }, (_, at) => ({ userName: `crowd.${at}@x` }));
      const ids = await insertManyPeople(muster, scim.connectionId, bodies);
      expect(await membersOf(await group(...ids))).toHaveLength(1100);
    },
    "the same phone number twice is no error": async () => {
      const phone = { type: "work", value: "+351 1" };
      const { id } = await person({ phoneNumbers: [phone, phone] });
      expect((await read(id)).phoneNumbers).toContainEqual(phone);
    },
    "30 of 30 parallel member adds, without one refusal": async () => {
      const people = await Promise.all(Array.from({ length: 30 }, () => person()));
      const id = await group();
      const answers = await Promise.all(
        people.map(({ id: value }) =>
          scim.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value }] }),
        ),
      );
      for (const { status } of answers) expect([200, 204]).toContain(status);
      expect(await membersOf(id)).toHaveLength(30);
    },
  },
};

describe.each(Object.keys(checks))("where %s was wrong", (peer) => {
  test.each(Object.keys(checks[peer] ?? {}))("%s", (title) => checks[peer]![title]!());
});
