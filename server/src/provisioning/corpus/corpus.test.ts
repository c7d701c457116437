import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import type { Loose } from "../../../test/support/scim.ts";
import {
  createWireClient,
  enterpriseSchema,
  errorSchema,
  groupSchema,
  listSchema,
  userSchema,
  type WireClient,
} from "../../../test/support/wire-client.ts";
import filters from "./filters.json" with { type: "json" };
import patches from "./patches.json" with { type: "json" };
import resources from "./resources.json" with { type: "json" };

let muster: TestApp;
let entra: WireClient;
beforeAll(async () => {
  muster = await createTestApp();
  entra = await createWireClient(muster);
});
afterAll(() => muster.close());

const scimJson = /^application\/scim\+json; ?charset=utf-8$/;

/** A person as Entra's default mappings send one. Gives the answer. */
const person = (userName: string, more: object = {}) =>
  entra.post("/Users", {
    schemas: [userSchema, enterpriseSchema],
    externalId: `ext-${userName}`,
    userName,
    active: true,
    displayName: userName,
    meta: { resourceType: "User" },
    roles: [],
    ...more,
  });

const group = async (displayName: string, members: string[] = []): Promise<string> =>
  (
    await entra.post("/Groups", {
      schemas: [
        groupSchema,
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
      ],
      displayName,
      externalId: `ext-${displayName}`,
      meta: { resourceType: "Group" },
      members: members.map((value) => ({ value })),
    })
  ).body.id;

const guide = () =>
  readFile(join(import.meta.dirname, "../../../../docs/connect-entra.md"), "utf8");

type Check = readonly [title: string, check: () => Promise<void>];

/** Rows that are about HTTP, about several requests, or about the guide. The others are data beside this file. */
const rows: Record<string, Check> = {
  R15: [
    "a manager is always answered as an object",
    async () => {
      const boss = (await person("r15.boss@x")).body.id;
      const created = await person("r15@x", { [enterpriseSchema]: { manager: boss } });
      const { id } = created.body;
      const patched = await entra.patch(`/Users/${id}`, {
        op: "Add",
        path: `${enterpriseSchema}:manager`,
        value: boss,
      });
      const listed = await entra.find("Users", 'userName eq "r15@x"');
      for (const user of [
        created.body,
        patched.body,
        (await entra.get(`/Users/${id}`)).body,
        listed.body.Resources[0],
      ])
        expect(user[enterpriseSchema].manager).toMatchObject({ value: boss });
    },
  ],
  R16: [
    "a manager is answered inside the enterprise extension, and nowhere else",
    async () => {
      const { body } = await person("r16@x", { [enterpriseSchema]: { manager: "b2a9" } });
      const { body: read } = await entra.get(`/Users/${body.id}`);
      expect(read[enterpriseSchema].manager.value).toBe("b2a9");
      expect(read).not.toHaveProperty("manager");
      expect(read.schemas).toContain(enterpriseSchema);
    },
  ],
  R25: [
    "neither Accept nor Content-Type is needed, and any Accept will do",
    async () => {
      for (const accept of [
        undefined,
        "*/*",
        "application/json",
        "application/scim+json",
        "text/html",
      ]) {
        const { status } = await entra.send("/Users?count=1", {
          headers: { ...entra.bearer, ...(accept !== undefined && { accept }) },
        });
        expect(`${accept} ${status}`).toBe(`${accept} 200`);
      }
      const { id } = (await person("r25@x")).body;
      expect((await entra.delete(`/Users/${id}`)).status).toBe(204);
    },
  ],
  R26: [
    "every answer with a body is application/scim+json, errors too",
    async () => {
      const { id } = (await person("r26@x")).body;
      const answers = [
        await entra.get("/Users"),
        await entra.get(`/Users/${id}`),
        await entra.get("/Users/unknown"),
        await entra.get("/nowhere"),
        await entra.get("/Schemas"),
        await entra.get("/Me"),
        await entra.get("/Users?filter=nonsense"),
        await entra.post("/Users", "{"),
        await person("r26@x"),
        await entra.patch(`/Users/${id}`, { op: "replace", path: "title", value: "T" }),
        await entra.send("/Users", { headers: { authorization: "Bearer wrong" } }),
        await entra.send("/Users", { headers: {} }),
      ];
      for (const { headers } of answers) expect(headers["content-type"]).toMatch(scimJson);
      expect(new Set(answers.map(({ status }) => status))).toEqual(
        new Set([200, 400, 401, 404, 409, 501]),
      );
    },
  ],
  R27: [
    "GET /Groups that finds nothing is 200 and an empty ListResponse, never 404",
    async () => {
      const nobody = await entra.send(
        "/Groups?excludedAttributes=members&filter=displayName+eq+%22c0ffee00-0000-4000-8000-00000000beef%22",
      );
      expect(nobody).toMatchObject({
        status: 200,
        body: {
          schemas: [listSchema],
          totalResults: 0,
          startIndex: 1,
          itemsPerPage: 0,
          Resources: [],
        },
      });
    },
  ],
  R28: [
    "without a User-Agent, and with any, the answer is JSON: no page, no redirect, no cookie",
    async () => {
      for (const agent of [undefined, "", "curl/8", "Mozilla/5.0", "python-requests/2"])
        for (const path of ["/Users?count=1", "/Users/unknown", "/nowhere", ""]) {
          const answer = await entra.send(path, {
            headers: { ...entra.bearer, ...(agent !== undefined && { "user-agent": agent }) },
          });
          expect(answer.body).toBeTypeOf("object");
          expect(answer.headers["location"]).toBeUndefined();
          expect(answer.headers["set-cookie"]).toBeUndefined();
          expect(answer.status).toBeLessThan(500);
          expect(Math.floor(answer.status / 100)).not.toBe(3);
        }
    },
  ],
  R38: [
    "five PATCHes of one group at once lose no member and are all answered 204 or 200",
    async () => {
      const ids: string[] = [];
      for (let at = 0; at < 5; at += 1) ids.push((await person(`r38.${at}@x`)).body.id);
      const id = await group("R38");
      const answers = await Promise.all(
        ids.map((value) =>
          entra.patch(`/Groups/${id}`, {
            op: "Add",
            path: "members",
            value: [{ $ref: null, value }],
          }),
        ),
      );
      for (const { status } of answers) expect([200, 204]).toContain(status);
      const { members } = (await entra.get(`/Groups/${id}`)).body;
      expect(new Set(members.map(({ value }: Loose) => value))).toEqual(new Set(ids));
    },
  ],
  R41: [
    "PATCH is served on users and on groups",
    async () => {
      const { id } = (await person("r41@x")).body;
      const groupId = await group("R41");
      expect(
        (await entra.patch(`/Users/${id}`, { op: "Replace", path: "title", value: "T" })).status,
      ).toBe(200);
      expect([200, 204]).toContain(
        (
          await entra.patch(`/Groups/${groupId}`, {
            op: "Replace",
            path: "displayName",
            value: "R41b",
          })
        ).status,
      );
    },
  ],
  R42: [
    "POST, GET, PUT, PATCH and DELETE are served on both kinds",
    async () => {
      for (const [kind, body] of [
        ["Users", { schemas: [userSchema], userName: "r42@x" }],
        ["Groups", { schemas: [groupSchema], displayName: "R42" }],
      ] as const) {
        const { status, body: made } = await entra.post(`/${kind}`, body);
        expect(status).toBe(201);
        expect((await entra.get(`/${kind}/${made.id}`)).status).toBe(200);
        expect((await entra.put(`/${kind}/${made.id}`, body)).status).toBe(200);
        const patched = await entra.patch(`/${kind}/${made.id}`, {
          op: "add",
          path: "externalId",
          value: "r42",
        });
        expect([200, 204]).toContain(patched.status);
        expect((await entra.delete(`/${kind}/${made.id}`)).status).toBe(204);
        expect((await entra.get(`/${kind}/${made.id}`)).status).toBe(404);
      }
    },
  ],
  R43: [
    "meta.location and Location are absolute, below the public address, and lead to the resource",
    async () => {
      const { headers, body } = await person("r43@x");
      expect(body.meta.location).toBe(
        `http://localhost:3000/scim/v2/${entra.connectionId}/Users/${body.id}`,
      );
      expect(headers["location"]).toBe(body.meta.location);
      const read = await entra.sendTo(new URL(body.meta.location).pathname);
      expect(read.body.id).toBe(body.id);
    },
  ],
  R44: [
    "errors are flat, with the status as text, a scimType and a detail that says what to do",
    async () => {
      await person("r44@x");
      const { status, body } = await person("R44@X");
      expect(status).toBe(409);
      expect(body).toMatchObject({
        schemas: [errorSchema],
        status: "409",
        scimType: "uniqueness",
      });
      expect(body.detail).toMatch(/\w+ \w+ \w+/);
      expect(Object.keys(body).toSorted()).toEqual(["detail", "schemas", "scimType", "status"]);
    },
  ],
  R48: [
    "/Schemas leaves out what validators trip over, and has no null",
    async () => {
      const { text, body } = await entra.get("/Schemas");
      expect(text).not.toContain("null");
      const user = body.Resources.find(({ id }: Loose) => id === userSchema);
      const names = user.attributes.map(({ name }: Loose) => name);
      expect(names).not.toContain("password");
      expect(names).toEqual(expect.arrayContaining(["userName", "emails", "active", "roles"]));
    },
  ],
  R53: [
    "POST for a deleted holder of the same externalId brings them back; an inactive one stays findable",
    async () => {
      const { id } = (await person("r53@x")).body;
      await entra.delete(`/Users/${id}`);
      const back = await person("r53@x");
      expect(back).toMatchObject({ status: 201, body: { id, active: true } });
      await entra.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
      expect((await person("r53@x")).status).toBe(409);
      const { body } = await entra.find("Users", 'externalId eq "ext-r53@x"');
      expect(body).toMatchObject({ totalResults: 1, Resources: [{ id, active: false }] });
    },
  ],
  R55: [
    "an identity provider that starts anew finds the same users by userName and by externalId",
    async () => {
      const { id } = (await person("r55@x")).body;
      for (const filter of [
        'userName eq "R55@x"',
        'externalId eq "ext-r55@x"',
        'emails.value pr or id eq "' + id + '"',
      ]) {
        const { body } = await entra.find("Users", filter);
        expect(body.Resources.map((one: Loose) => one.id)).toContain(id);
      }
    },
  ],
  R57: [
    "DELETE of somebody who holds items, manages people and is in groups is 204",
    async () => {
      const { id } = (await person("r57@x")).body;
      await person("r57.report@x", { [enterpriseSchema]: { manager: id } });
      const groupId = await group("R57", [id]);
      const api = muster.as(muster.administrator);
      const account = (await api.get("/accounts?search=r57%40x")).body.items[0];
      const asset = (await api.post("/assets", { name: "Laptop" })).body;
      expect(
        (await api.post(`/assets/${asset.id}/check-out`, { accountId: account.id })).status,
      ).toBe(200);
      expect((await entra.delete(`/Users/${id}`)).status).toBe(204);
      expect((await entra.get(`/Groups/${groupId}`)).body.members ?? []).toEqual([]);
      expect((await api.get(`/assets/${asset.id}`)).body.holder.id).toBe(account.id);
    },
  ],
  R58: [
    "active False first, DELETE 30 days later: both work, the second DELETE is 404",
    async () => {
      const { id } = (await person("r58@x")).body;
      const off = { op: "Replace", path: "active", value: "False" };
      for (const _ of [1, 2])
        expect(await entra.patch(`/Users/${id}`, off)).toMatchObject({
          status: 200,
          body: { active: false },
        });
      expect((await entra.delete(`/Users/${id}`)).status).toBe(204);
      expect((await entra.delete(`/Users/${id}`)).status).toBe(404);
      expect((await entra.patch(`/Users/${id}`, off)).status).toBe(404);
    },
  ],
  R61: [
    "meta has exactly the letter case of the RFC",
    async () => {
      const { meta } = (await person("r61@x")).body;
      expect(Object.keys(meta).toSorted()).toEqual([
        "created",
        "lastModified",
        "location",
        "resourceType",
        "version",
      ]);
      expect(meta.resourceType).toBe("User");
    },
  ],
  R62: [
    "GET on the base address is harmless JSON, with a slash and without",
    async () => {
      for (const path of ["", "/", "?aadOptscim062020", "/?aadOptscim062020"]) {
        const { status, headers, body } = await entra.send(path);
        expect([200, 404]).toContain(status);
        expect(headers["content-type"]).toMatch(scimJson);
        expect(body.schemas).toBeInstanceOf(Array);
      }
    },
  ],
  R64: [
    "what is answered has the types of the schema: booleans, lists, objects, and no null",
    async () => {
      const { id } = (
        await person("r64@x", {
          active: "True",
          title: null,
          addresses: null,
          phoneNumbers: [],
          emails: [{ primary: "True", type: "work", value: "r64@x" }],
        })
      ).body;
      const { text, body } = await entra.get(`/Users/${id}`);
      expect(body.active).toBe(true);
      expect(body.emails).toEqual([{ primary: true, type: "work", value: "r64@x" }]);
      expect(text).not.toMatch(/null|\{\}/);
      const list = (await entra.get("/Users?count=1")).body;
      for (const key of ["totalResults", "startIndex", "itemsPerPage"])
        expect(list[key]).toBeTypeOf("number");
    },
  ],
  R65: [
    "the guide says to keep IsSoftDeleted, and why",
    async () => {
      expect(await guide()).toMatch(/Keep `IsSoftDeleted`: `accountEnabled` misses people/);
    },
  ],
  R72: [
    "a trailing slash, a doubled one, and unknown parameters change nothing",
    async () => {
      const { id } = (await person("r72@x")).body;
      const query = "filter=userName+eq+%22r72%40x%22";
      for (const path of [
        `/Users?${query}`,
        `/Users/?${query}`,
        `//Users?${query}`,
        `//Users/?${query}&aadOptscim062020`,
        `/Users?aadOptscim062020=&${query}`,
      ]) {
        const { status, body } = await entra.send(path);
        expect(`${path} ${status} ${body.totalResults}`).toBe(`${path} 200 1`);
      }
      for (const path of [`/Users/${id}/`, `//Users/${id}`])
        expect((await entra.get(path)).body.id).toBe(id);
    },
  ],
  R73: [
    "PATCH of a user is answered 200 with the whole user",
    async () => {
      const { id } = (await person("r73@x")).body;
      const { status, body } = await entra.patch(`/Users/${id}`, {
        op: "Add",
        path: "title",
        value: "Lead",
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, userName: "r73@x", title: "Lead", active: true });
    },
  ],
  R74: [
    "the guide says to pick one attribute for sign-in and provisioning, and what to do where mail is empty",
    async () => {
      const text = await guide();
      expect(text).toContain("Choose the attribute that people also sign in with");
      expect(text).toContain("Coalesce([mail], [userPrincipalName])");
    },
  ],
};

describe("rows about HTTP, several requests, or the guide", () => {
  test.each(Object.entries(rows).map(([row, [title, check]]) => ({ row, title, check })))(
    "$row $title",
    ({ check }) => check(),
  );
});

/** Every row there is; R63b too. */
const allRows = [
  ...Array.from({ length: 75 }, (_, at) => `R${String(at + 1).padStart(2, "0")}`),
  "R63b",
];

const missingFrom = (tested: ReadonlySet<string>): string[] =>
  allRows.filter((row) => !tested.has(row));

test("every row has a test: here, or as a case in the data that entra-quirks.test.ts runs", () => {
  const cases = [...patches, ...resources, ...filters.cases];
  const tested = new Set([...Object.keys(rows), ...cases.map(({ row }) => row)]);
  expect(missingFrom(tested)).toEqual([]);
  tested.delete("R38");
  expect(missingFrom(tested)).toEqual(["R38"]);
});
