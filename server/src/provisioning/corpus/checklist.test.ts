import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import type { Loose } from "../../../test/support/scim.ts";
import {
  createWireClient,
  errorSchema,
  groupSchema,
  listSchema,
  userSchema,
  type WireClient,
} from "../../../test/support/wire-client.ts";

let muster: TestApp;
let entra: WireClient;
beforeAll(async () => {
  muster = await createTestApp();
  entra = await createWireClient(muster);
});
afterAll(() => muster.close());

const person = async (userName: string, more: object = {}): Promise<Loose> =>
  (await entra.post("/Users", { schemas: [userSchema], userName, active: true, ...more })).body;

const empty = {
  schemas: [listSchema],
  totalResults: 0,
  startIndex: 1,
  itemsPerPage: 0,
  Resources: [],
};

/** A named test elsewhere: its file below the repository, and (the beginning of) its title. */
type Elsewhere = readonly [file: string, title: string];

type Item = {
  readonly says: string;
  readonly check?: () => Promise<void>;
  readonly elsewhere?: readonly Elsewhere[];
};

const corpus = "server/src/provisioning/corpus/corpus.test.ts";
const peers = "server/src/provisioning/corpus/peers.test.ts";
const quirks = "server/src/provisioning/entra-quirks.test.ts";
const queries = "server/src/provisioning/endpoint/queries.test.ts";
const tokens = "server/src/provisioning/connections/connections.test.ts";
const oauth = "server/src/provisioning/oauth/token-endpoint.test.ts";
const admission = "server/src/provisioning/admission/admission.test.ts";
const races = "server/test/journeys/concurrent-writes.test.ts";
const dialects = "server/test/journeys/dialects.test.ts";
const strangers = "server/test/journeys/other-organisation.test.ts";

/** What an endpoint must do for Entra to be content with it. */
const items: Record<number, Item> = {
  1: {
    says: "the GUID probe of users and of groups is 200 and an empty list with all five members, at once",
    check: async () => {
      const guid = "0f0e0d0c-0b0a-4908-8706-050403020100";
      for (const [kind, attribute] of [
        ["Users", "userName"],
        ["Users", "externalId"],
        ["Users", 'emails[type eq "work"].value'],
        ["Groups", "displayName"],
      ] as const) {
        const begun = performance.now();
        const { status, body } = await entra.find(kind, `${attribute} eq "${guid}"`);
        expect({ status, body }).toEqual({ status: 200, body: empty });
        expect(performance.now() - begun).toBeLessThan(1000);
      }
    },
  },
  2: {
    says: "404 is for an unknown id or address only, never for a query",
    check: async () => {
      for (const path of ["/Users/unknown", "/Groups/unknown", "/Nothing"])
        expect((await entra.get(path)).status).toBe(404);
      for (const path of ["/Users?startIndex=9999", "/Groups?startIndex=9999&count=5"])
        expect((await entra.get(path)).status).toBe(200);
    },
  },
  3: {
    says: "no User-Agent, no Accept, no Content-Type on GET and DELETE; no redirects, no cookies",
    elsewhere: [
      [corpus, "neither Accept nor Content-Type is needed"],
      [corpus, "without a User-Agent, and with any"],
    ],
  },
  4: {
    says: "slashes, unknown parameters, and a space as + or %20 and a plus as %2B",
    check: async () => {
      const { id } = await person("plus+sign @x");
      for (const name of ["plus%2Bsign+%40x", "plus%2Bsign%20%40x", "plus%2Bsign%20@x"])
        for (const space of ["+", "%20"]) {
          const path = `/Users?filter=userName${space}eq${space}%22${name}%22`;
          expect((await entra.send(path)).body.Resources.map((one: Loose) => one.id)).toEqual([id]);
        }
      expect((await entra.send("/Users?filter=userName+eq+%22plus+sign+%40x%22")).body).toEqual(
        empty,
      );
    },
    elsewhere: [[corpus, "a trailing slash, a doubled one"]],
  },
  5: {
    says: "401 as SCIM error with a challenge; two live secrets; client credentials by header and body",
    check: async () => {
      for (const headers of [
        {},
        { authorization: "Bearer wrong" },
        { authorization: "Basic YTpi" },
        { authorization: `Bearer ${entra.token}x` },
      ]) {
        const answer = await entra.send("/Users", { headers: { ...headers } });
        expect(answer).toMatchObject({
          status: 401,
          body: { schemas: [errorSchema], status: "401", detail: expect.stringMatching(/\w+ \w+/) },
        });
        expect(answer.headers["www-authenticate"]).toBe("Bearer");
      }
      const spelled = { authorization: `bearer ${entra.token}` };
      expect((await entra.send("/Users?count=0", { headers: spelled })).status).toBe(200);
    },
    elsewhere: [
      [tokens, "are shown once, live two at a time"],
      [oauth, "is given for the secret in the header, in the form, or in both"],
      [oauth, "are shown once, live two at a time"],
    ],
  },
  6: {
    says: "every answer is application/scim+json, errors flat with detail and scimType",
    elsewhere: [
      [corpus, "every answer with a body is application/scim+json"],
      [corpus, "errors are flat"],
    ],
  },
  7: {
    says: "the filter grammar, names and values in the letter case of their attribute, values without quotes",
    check: async () => {
      const { id } = await person("Seven@X", { externalId: "Seven", emails: [{ value: "Se@x" }] });
      const finds: [string, boolean][] = [
        ['USERNAME eq "seven@x"', true],
        ['emails.value eq "SE@X"', true],
        ['externalId eq "Seven"', true],
        ['externalId eq "seven"', false],
        [`id eq "${id}"`, true],
        ["userName eq seven@x", true],
        [`${userSchema}:userName eq "seven@x" and externalId eq "Seven"`, true],
      ];
      for (const [filter, isFound] of finds) {
        const { body } = await entra.find("Users", filter);
        expect(`${filter} ${body.totalResults}`).toBe(`${filter} ${isFound ? 1 : 0}`);
      }
    },
    elsewhere: [[peers, "pr, comparisons of time, booleans and URNs filter"]],
  },
  8: {
    says: "the reference checks: id and manager, id and members, attributes=id, excludedAttributes=members",
    check: async () => {
      const { id: boss } = await person("eight.boss@x");
      const { id } = await person("eight@x", {
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { manager: { value: boss } },
      });
      const made = await entra.post("/Groups", {
        schemas: [groupSchema],
        displayName: "Eight",
        members: [{ value: id }],
      });
      const groupId = made.body.id;
      for (const [kind, filter, wanted] of [
        ["Users", `id eq "${id}" and manager eq "${boss}"`, id],
        ["Users", `manager eq "${boss}" and id eq "${id}"`, id],
        ["Users", `id eq "${id}" and manager eq "${id}"`, undefined],
        ["Groups", `id eq "${groupId}" and members eq "${id}"`, groupId],
        ["Groups", `members eq "${id}" and id eq "${groupId}"`, groupId],
        ["Groups", `id eq "${groupId}" and members eq "${boss}"`, undefined],
      ] as const) {
        const { body } = await entra.find(kind, filter, "&attributes=id");
        expect(body.Resources.map((one: Loose) => one.id)).toEqual(wanted ? [wanted] : []);
      }
      for (const path of [
        `/Groups/${groupId}?excludedAttributes=members`,
        "/Groups?excludedAttributes=members",
      ])
        expect((await entra.get(path)).text).not.toContain('"members"');
    },
  },
  9: {
    says: "whoever is inactive is found and read; whoever is deleted is not",
    check: async () => {
      const { id } = await person("nine@x", { active: false });
      expect((await entra.find("Users", 'userName eq "nine@x"')).body.totalResults).toBe(1);
      expect((await entra.get(`/Users/${id}`)).body.active).toBe(false);
      await entra.delete(`/Users/${id}`);
      expect((await entra.find("Users", 'userName eq "nine@x"')).body.totalResults).toBe(0);
      expect((await entra.get(`/Users/${id}`)).status).toBe(404);
    },
  },
  10: {
    says: "POST is 201 with Location; nulls, roles [], meta, unlisted and unknown schemas are taken; a sent id is not",
    check: async () => {
      const { status, headers, body } = await entra.post("/Users", {
        schemas: [
          userSchema,
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0User",
          "urn:x:unknown",
        ],
        id: "mine",
        userName: "ten@x",
        title: null,
        roles: [],
        meta: { resourceType: "User" },
        "urn:ietf:params:scim:schemas:extension:contoso:2.0:User": { badge: "9" },
      });
      expect(status).toBe(201);
      expect(body.id).not.toBe("mine");
      expect(headers["location"]).toBe(body.meta.location);
      expect(body).toMatchObject({ userName: "ten@x" });
    },
  },
  11: {
    says: "what is taken is 409 uniqueness, and its holder is found",
    elsewhere: [
      [corpus, "errors are flat"],
      [peers, "a user name in other letters is taken"],
      [corpus, "an identity provider that starts anew finds the same users"],
    ],
  },
  12: {
    says: "the legacy PATCH set",
    elsewhere: [
      [quirks, "PATCH, row by row"],
      [dialects, "people join, move, leave and return"],
    ],
  },
  13: {
    says: "the compliant PATCH set",
    elsewhere: [
      [quirks, "PATCH, row by row"],
      [dialects, "every dialect led to the same people and groups"],
    ],
  },
  14: {
    says: "a manager in as text, object or list, out as an object; cleared by nothing",
    elsewhere: [
      [corpus, "a manager is always answered as an object"],
      [corpus, "a manager is answered inside the enterprise extension"],
      [quirks, "PATCH, row by row"],
    ],
  },
  15: {
    says: "roles by a filter with text, as JSON in text, replaced and cleared",
    check: async () => {
      const { id } = await person("fifteen@x");
      const patch = async (operation: object): Promise<Loose> =>
        (await entra.patch(`/Users/${id}`, operation)).body.roles;
      const path = 'roles[primary eq "True"].value';
      expect(await patch({ op: "Add", path, value: "Admin" })).toEqual([
        { primary: true, value: "Admin" },
      ]);
      const json = '{"id":"1","value":"Editor","displayName":"Editor"}';
      expect(await patch({ op: "replace", path: "roles", value: [{ value: json }] })).toMatchObject(
        [{ value: "Editor" }],
      );
      expect((await patch({ op: "replace", path: "roles", value: [] })) ?? []).toEqual([]);
    },
  },
  16: {
    says: 'replace by "" or null clears what is optional',
    check: async () => {
      for (const nothing of ["", null]) {
        const { id } = await person(`sixteen.${nothing}@x`, { title: "T", nickName: "N" });
        await entra.patch(
          `/Users/${id}`,
          { op: "replace", path: "title", value: nothing },
          { op: "replace", value: { nickName: nothing } },
        );
        const { body } = await entra.get(`/Users/${id}`);
        expect(body).not.toHaveProperty("title");
        expect(body).not.toHaveProperty("nickName");
        const refused = await entra.patch(`/Users/${id}`, {
          op: "replace",
          path: "userName",
          value: nothing,
        });
        expect(refused.status).toBe(400);
      }
    },
  },
  17: {
    says: "values come back byte for byte; what the core schema does not know is ignored and not echoed",
    check: async () => {
      const sent = {
        displayName: "  Ana\u00a0İto  \u200d👩‍🚀 ",
        title: "<b>&amp;\"'\\ \t",
        phoneNumbers: [{ type: "work", value: "+351 (22) 000-00 00 ext. 5" }],
        name: { formatted: "e\u0301 is not \u00e9" },
      };
      const { id } = await person("Seventeen@X", { ...sent, shoeSize: 43 });
      const { body } = await entra.get(`/Users/${id}`);
      expect(body).toMatchObject({ ...sent, userName: "Seventeen@X" });
      expect(body).not.toHaveProperty("shoeSize");
    },
  },
  18: {
    says: "disabled and enabled, somebody keeps id and groups; deleted they are gone, and may be created again",
    check: async () => {
      const { id } = await person("eighteen@x", { externalId: "18" });
      const made = await entra.post("/Groups", {
        schemas: [groupSchema],
        displayName: "Eighteen",
        members: [{ value: id }],
      });
      for (const value of ["False", "True"])
        await entra.patch(`/Users/${id}`, { op: "Replace", path: "active", value });
      expect((await entra.get(`/Users/${id}`)).body).toMatchObject({
        active: true,
        groups: [{ value: made.body.id }],
      });
      expect((await entra.delete(`/Users/${id}`)).status).toBe(204);
      expect((await entra.delete(`/Users/${id}`)).status).toBe(404);
      const again = await entra.post("/Users", { schemas: [userSchema], userName: "eighteen@x" });
      expect(again.status).toBe(201);
    },
    elsewhere: [[corpus, "DELETE of somebody who holds items"]],
  },
  19: {
    says: "groups are created empty; members in all forms, idempotent, atomic, five at once",
    elsewhere: [
      [corpus, "five PATCHes of one group at once lose no member"],
      [peers, "members and phone numbers are there once"],
      [races, "PATCHes of one group at once"],
      [quirks, "PATCH, row by row"],
    ],
  },
  20: {
    says: "a PATCH is sequential and atomic; no operations are no error",
    check: async () => {
      const { id } = await person("twenty@x", { title: "One" });
      const { body } = await entra.patch(
        `/Users/${id}`,
        { op: "remove", path: "title" },
        { op: "add", path: "title", value: "Two" },
        { op: "replace", path: "title", value: "Three" },
      );
      expect(body.title).toBe("Three");
      expect([200, 204]).toContain((await entra.patch(`/Users/${id}`)).status);
    },
    elsewhere: [[peers, "a PATCH of which one operation fails changes nothing"]],
  },
  21: {
    says: "/Schemas and /ResourceTypes are lists, each of theirs has an address; no password, no null; all true",
    check: async () => {
      for (const path of ["/Schemas", "/ResourceTypes"]) {
        const { text, body } = await entra.get(path);
        expect(body).toMatchObject({ schemas: [listSchema] });
        expect(text).not.toMatch(/null|"password"/);
        for (const one of body.Resources) {
          const address = new URL(one.meta.location).pathname;
          expect((await entra.sendTo(address)).body).toEqual(one);
        }
        expect((await entra.get(`${path}/nothing`)).status).toBe(404);
        // Nobody may take a filter for applied (RFC 7644 §4).
        expect((await entra.get(`${path}?filter=id+pr`)).status).toBe(403);
      }
      const { body } = await entra.get("/Schemas");
      const user = body.Resources.find(({ id }: Loose) => id === userSchema);
      const typesOf = (name: string): string[] =>
        user.attributes
          .find((one: Loose) => one.name === name)
          .subAttributes.find((one: Loose) => one.name === "type").canonicalValues;
      expect(typesOf("emails")).toEqual(expect.arrayContaining(["work", "home", "other"]));
      expect(typesOf("phoneNumbers")).toEqual(
        expect.arrayContaining(["work", "home", "mobile", "fax", "pager", "other"]),
      );
    },
    elsewhere: [[queries, "ServiceProviderConfig says what the endpoint can do"]],
  },
  22: {
    says: "paging echoes startIndex and count, in a stable order, with true totals; by cursor too",
    elsewhere: [
      [queries, "index paging (RFC 7644 §3.4.2.4)"],
      [queries, "cursor paging (RFC 9865)"],
      [peers, "startIndex and count give the window"],
    ],
  },
  23: {
    says: "a flood is answered 429 with a Retry-After in whole seconds, and never below 25 requests a second",
    elsewhere: [
      [admission, "lets the burst pass, then refuses with the time to come back"],
      [admission, "below what Entra asks for is refused, with the reason"],
    ],
  },
  24: {
    says: "the validators' tests pass",
    elsewhere: [["server/test/journeys/validators.test.ts", "the validators' tests all pass"]],
  },
  25: {
    says: "tenants are apart, and every write is in the log with its operation and outcome",
    elsewhere: [
      [strangers, "is 401 with its token at their endpoint, 404 with their ids at its own"],
      [tokens, "has every request with its answer, and what it changed"],
    ],
  },
  26: {
    says: "PUT is served; a password is taken and never answered",
    check: async () => {
      const { id } = await person("twenty.six@x", { password: "a secret of theirs" });
      const { status, body } = await entra.put(`/Users/${id}`, {
        schemas: [userSchema],
        userName: "twenty.six@x",
        title: "Put",
        password: "another secret",
      });
      expect({ status, title: body.title }).toEqual({ status: 200, title: "Put" });
      expect((await entra.get(`/Users/${id}?attributes=password,userName`)).text).not.toContain(
        "secret",
      );
      const api = muster.as(muster.administrator);
      const log = await api.get("/provisioning-log?limit=5");
      const entry = await api.get(`/provisioning-log/${log.body.items[0].id}`);
      expect(JSON.stringify(entry.body)).not.toContain("another secret");
    },
  },
};

const checked = Object.entries(items).flatMap(([item, { says, check }]) =>
  check ? [{ item, says, check }] : [],
);
test.each(checked)("A$item $says", ({ check }) => check());

const root = join(import.meta.dirname, "../../../..");
const named = Object.entries(items).flatMap(([item, { elsewhere = [] }]) =>
  elsewhere.map(([file, title]) => ({ item, file, title })),
);
test.each(named)("A$item has a test elsewhere: $title", ({ file, title }) => {
  expect(readFileSync(join(root, file), "utf8")).toContain(title);
});

test("all 26 items have a test", () => {
  const without = Array.from({ length: 26 }, (_, at) => at + 1).filter(
    (item) => items[item]?.check === undefined && (items[item]?.elsewhere ?? []).length === 0,
  );
  expect(without).toEqual([]);
});
