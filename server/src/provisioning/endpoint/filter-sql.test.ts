import {
  compareResources,
  evaluateFilter,
  groupResourceType,
  parseFilter,
  parseListQuery,
  parseResource,
  userResourceType,
  type Resource,
  type ResourceType,
} from "@muster/scim";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addMembers, insertGroup, insertUser, updateUser } from "#directory";
import { newId, type Transaction } from "#tenancy";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { connect } from "../connections/connect.ts";
import { commonDialect } from "../dialect/dialect.ts";
import { toDirectoryGroup } from "../resources/group.ts";
import { toDirectoryUser } from "../resources/user.ts";
import type { Call } from "./call.ts";
import { groupsSource, usersSource } from "./sources.ts";

const department = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
const manager = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";
const custom = "urn:example:Badge:1.0:User";

/** Few and awkward texts, so that a filter's value is often one that some resource has, or part of it. */
const texts = [
  "Ana",
  "ana",
  "ANA.ITO@x.test",
  "É",
  "e\u0301",
  "İstanbul",
  "straße",
  "STRASSE",
  "ΟΔΟΣ",
  "οδος",
  "a%b_c",
  String.raw`a\b`,
  '"quoted"',
  "$x.*+?(y)[z]{1}|^",
  "tab\tnew\nline",
  "😀",
  "\uFFFD",
  "true",
  "5",
  "",
  " ",
  "work",
  "home",
  "W/",
];
const text = fc.constantFrom(...texts);
const scalar = fc.oneof(text, fc.boolean(), fc.constantFrom(0, -0, 5, -5.5, 2 ** 53 - 1, 5e-324));

const optional = (model: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(model, { requiredKeys: [] });

const email = optional({
  value: text,
  type: fc.constantFrom("work", "Work", "home"),
  display: text,
});
const role = optional({ value: text, type: text, primary: fc.constant(false) });
const anything = fc.oneof(
  scalar,
  fc.constant(null),
  fc.array(fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 1 })), {
    maxLength: 2,
  }),
  fc.array(optional({ value: scalar, Part: fc.oneof(scalar, fc.constant({ deep: 1 })) }), {
    maxLength: 2,
  }),
  optional({ value: scalar, Part: fc.oneof(scalar, fc.constant([])) }),
);

const userBody = optional({
  externalId: text,
  displayName: text,
  title: text,
  active: fc.boolean(),
  profileUrl: text,
  name: optional({ givenName: text, familyName: text }),
  emails: fc.array(email, { maxLength: 3 }),
  roles: fc.array(role, { maxLength: 2 }),
  x509Certificates: fc.array(fc.record({ value: fc.constantFrom("YQ==", "Yg==") }), {
    maxLength: 1,
  }),
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": optional({
    department: text,
    manager: fc.record({ value: text }),
  }),
  [custom]: optional({ badge: anything, Level: anything }),
});

const userAttributes = [
  "id",
  "externalId",
  "userName",
  "displayName",
  "title",
  "active",
  "profileUrl",
  "name",
  "name.familyName",
  "emails",
  "emails.value",
  "emails.type",
  "emails.primary",
  'emails[type eq "work"].value',
  'emails[not (type eq "work") or display pr].value',
  "roles.value",
  "roles[primary eq false].value",
  "x509Certificates.value",
  "schemas",
  "meta.created",
  "meta.lastModified",
  "meta.version",
  "meta.resourceType",
  "meta.location",
  "groups",
  "groups.display",
  'groups[type eq "direct"].value',
  department,
  manager,
  `${manager}.value`,
  `${custom}:badge`,
  `${custom.toUpperCase().replace("URN:", "urn:")}:BADGE`,
  `${custom}:badge.value`,
  `${custom}:level`,
  `${custom}:Level.Part`,
];
const groupAttributes = [
  "id",
  "externalId",
  "displayName",
  "schemas",
  "meta.created",
  "members",
  "members.value",
  "members.display",
  'members[type eq "User"].value',
  "members.$ref",
];

const operator = fc.constantFrom("eq", "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");

/** Filters as text; those that SCIM refuses for that attribute are thrown away. */
const filterOf = (
  type: ResourceType,
  attributes: readonly string[],
  values: fc.Arbitrary<unknown>,
) => {
  const attribute = fc.constantFrom(...attributes);
  const comparison = fc
    .tuple(attribute, operator, values)
    .map(([name, verb, value]) => `${name} ${verb} ${JSON.stringify(value)}`);
  const presence = attribute.map((name) => `${name} pr`);
  const part = fc.constantFrom("value", "type", "display");
  const inner = fc
    .tuple(part, operator, text)
    .map(([name, verb, value]) => `${name} ${verb} ${JSON.stringify(value)}`);
  const list = type === userResourceType ? ["emails", "roles", "groups"] : ["members"];
  const valuePath = fc
    .tuple(fc.constantFrom(...list), inner, fc.constantFrom("and", "or"), inner, fc.nat(2))
    .map(([name, left, joint, right, form]) =>
      form === 0
        ? `${name}[${left}]`
        : `${name}[${form === 1 ? left : `not (${left})`} ${joint} ${right}]`,
    );
  const term = fc.oneof(
    { weight: 6, arbitrary: comparison },
    { weight: 1, arbitrary: presence },
    { weight: 3, arbitrary: valuePath },
  );
  const { filter } = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      term,
      fc
        .array(tie("filter"), { minLength: 2, maxLength: 3 })
        .map((parts) => parts.map((one) => `(${one})`).join(" and ")),
      fc
        .array(tie("filter"), { minLength: 2, maxLength: 3 })
        .map((parts) => parts.map((one) => `(${one})`).join(" or ")),
      tie("filter").map((one) => `not (${one})`),
    ),
  }));
  return filter.filter((one) => {
    try {
      parseFilter(one, type);
      return true;
    } catch {
      return false;
    }
  });
};

let muster: TestApp;
let call: Call;
const people = 120;
const known = { users: [] as string[], groups: [] as string[] };
const asked = parseListQuery({}, userResourceType);

const inside = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  muster.organisations.within(muster.administrator.orgId, work);

beforeAll(async () => {
  muster = await createTestApp();
  const { tenantId } = muster.administrator;
  const cause = {
    kind: "system",
    id: null,
    sentence: "Made for a test",
    actor: { id: null, name: "Muster" },
  } as const;
  call = await inside(async (tx) => {
    const { connection } = await connect(tx, { name: "Entra", tenantId, cause });
    const base = `http://localhost:3000/scim/v2/${connection.id}`;
    return { id: newId(), connection, dialect: commonDialect, base, cause, preconditions: {} };
  });
  const bodies = fc.sample(userBody, { numRuns: people, seed: 7 });
  for (const [index, body] of bodies.entries())
    await inside(async (tx) => {
      const id = newId();
      known.users.push(id);
      const sent = { userName: `${texts[index % texts.length]}${index}`, ...body };
      const { resource } = parseResource(userResourceType, sent);
      const user = toDirectoryUser(call, id, resource);
      insertUser(tx, user);
      await tx.flush();
      if (index % 3 === 0) updateUser(tx, user);
    });
  await inside(async (tx) => {
    for (const [index, displayName] of texts.filter((name) => name.trim() !== "").entries()) {
      const id = newId();
      const { resource } = parseResource(groupResourceType, {
        displayName,
        externalId: `g${index}`,
      });
      insertGroup(tx, toDirectoryGroup(call, id, resource));
      known.groups.push(id);
    }
    await tx.flush();
    for (const [index, id] of known.groups.entries()) {
      const members = known.users.filter((_, at) => at % (index + 2) === 0 && index % 4 !== 3);
      await addMembers(
        tx,
        id,
        members.map((member) => ({ id: member, kind: "User" as const })),
      );
    }
    await addMembers(tx, known.groups[0]!, [{ id: known.groups[1]!, kind: "Group" }]);
  });
});
afterAll(() => muster.close());

const types = {
  User: { type: userResourceType, sourceOf: usersSource, attributes: userAttributes },
  Group: { type: groupResourceType, sourceOf: groupsSource, attributes: groupAttributes },
};

const idsOf = (resources: readonly Resource[]) => resources.map(({ id }) => id);
const whole = { offset: 0, limit: 10_000 };

describe.each(Object.entries(types))(
  "a filter's SQL on %ss",
  (_name, { type, sourceOf, attributes }) => {
    const read = async (tx: Transaction, filter: string | undefined) => {
      const parsed = filter === undefined ? undefined : parseFilter(filter, type);
      const source = sourceOf(tx, call, { type, filter: parsed, asked });
      const { positions, present } = await source.read(whole);
      const count = await source.count();
      return { ids: positions.map(({ id }) => id), count, present };
    };

    test("agrees with evaluation in memory", { timeout: 120_000 }, async () => {
      await inside(async (tx) => {
        const { present } = await read(tx, undefined);
        const resources = await present(whole.limit);
        const some = resources.flatMap((resource) => [
          String(resource.id),
          String(resource.meta?.created),
          String(resource.meta?.lastModified),
          String(resource.meta?.location),
          String(resource.meta?.version),
          String(resource["userName"]),
        ]);
        const values = fc.oneof(
          { weight: 3, arbitrary: scalar },
          { weight: 3, arbitrary: fc.constantFrom(...some, ...known.groups, ...known.users) },
          {
            weight: 1,
            arbitrary: fc.constantFrom("2026-01-01T00:00:00", "-271000-01-01T00:00:00Z"),
          },
        );
        let matching = 0;
        await fc.assert(
          fc.asyncProperty(filterOf(type, attributes, values), async (filter) => {
            const parsed = parseFilter(filter, type);
            const wanted = idsOf(resources.filter((resource) => evaluateFilter(parsed, resource)));
            const { ids, count } = await read(tx, filter);
            expect(ids, filter).toEqual(wanted);
            expect(count, filter).toBe(wanted.length);
            if (wanted.length > 0 && wanted.length < resources.length) matching += 1;
          }),
          { numRuns: 250 },
        );
        // Filters that find everything or nothing prove little.
        expect(matching).toBeGreaterThan(50);
      });
    });

    // No lists by brackets, nor by what has several parts; and of what no schema declares, numbers are sorted as text.
    const sortable = attributes.filter((name) => name !== "name" && !/\[|Badge/i.test(name));
    test.each(sortable)("the SQL order by %s agrees with comparison in memory", async (sortBy) => {
      await inside(async (tx) => {
        const { present } = await read(tx, undefined);
        const resources = await present(whole.limit);
        for (const sortOrder of ["ascending", "descending"] as const) {
          const query = parseListQuery({ sortBy, sortOrder }, type);
          const source = sourceOf(tx, call, { type, filter: undefined, asked: query });
          const { positions } = await source.read(whole);
          const inOrder = sortOrder === "ascending" ? resources : resources.toReversed();
          const wanted = inOrder.toSorted(compareResources(query.sortBy!, sortOrder));
          expect(positions.map(({ id }) => id)).toEqual(idsOf(wanted));
        }
      });
    });
  },
);
