import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributeCondition } from "./conditions.ts";
import { decide, listCandidates, takes, waits, type Mapping, type Rules } from "./decide.ts";

const rules: Rules = {
  defaultRole: { tenantId: "home", roleId: "loanee" },
  mappings: [
    { groupId: "admins", attribute: null, tenantId: "home", roleId: "administrator" },
    { groupId: "it", attribute: null, tenantId: "home", roleId: "editor" },
    { groupId: "auditors", attribute: null, tenantId: "branch", roleId: "viewer" },
    { groupId: "old", attribute: null, tenantId: "closed", roleId: "viewer" },
  ],
  archived: ["closed"],
};

const plain = { active: true, deleted: false, attributes: {}, placed: [] };

type Case = {
  rule: string;
  person?: { active?: boolean; deleted?: boolean };
  groups?: string[];
  locks?: Record<string, string>;
  expected: string[];
};

// Expected: tenant, status, role, origin and winning group; then what the directory gives where a lock hides it.
const cases: Case[] = [
  { rule: "nobody's group gives the default role", expected: ["home active loanee default"] },
  {
    rule: "an unmapped group gives the default role",
    groups: ["sales"],
    expected: ["home active loanee default"],
  },
  {
    rule: "a mapped group gives its role",
    groups: ["it"],
    expected: ["home active editor mapping:it"],
  },
  {
    rule: "the higher priority wins",
    groups: ["it", "admins"],
    expected: ["home active administrator mapping:admins"],
  },
  {
    rule: "groups of two tenants give two accounts",
    groups: ["it", "auditors"],
    expected: ["home active editor mapping:it", "branch active viewer mapping:auditors"],
  },
  {
    rule: "a mapping into another tenant leaves the default tenant",
    groups: ["auditors"],
    expected: ["branch active viewer mapping:auditors"],
  },
  {
    rule: "a lock wins over the mapping, and the directory's answer stays known",
    groups: ["it"],
    locks: { home: "administrator" },
    expected: ["home active administrator lock (editor it)"],
  },
  {
    rule: "a lock wins over the default",
    locks: { home: "editor" },
    expected: ["home active editor lock (loanee -)"],
  },
  {
    rule: "a lock counts in its own tenant only",
    groups: ["it", "auditors"],
    locks: { branch: "administrator" },
    expected: [
      "home active editor mapping:it",
      "branch active administrator lock (viewer auditors)",
    ],
  },
  {
    rule: "disabled keeps the role",
    person: { active: false },
    groups: ["it"],
    expected: ["home disabled editor mapping:it"],
  },
  {
    rule: "a locked leaver is still disabled",
    person: { active: false },
    locks: { home: "editor" },
    expected: ["home disabled editor lock (loanee -)"],
  },
  {
    rule: "a rule into an archived tenant gives a disabled account there, and not the default",
    groups: ["old"],
    expected: ["closed disabled/archived viewer mapping:old"],
  },
  {
    rule: "an archived tenant disables nobody elsewhere",
    groups: ["it", "old"],
    expected: ["home active editor mapping:it", "closed disabled/archived viewer mapping:old"],
  },
  {
    rule: "deleted is disabled, and says so",
    person: { deleted: true },
    expected: ["home disabled/deleted loanee default"],
  },
];

const describeAccount = (account: ReturnType<typeof decide>[number]): string => {
  const status =
    account.statusReason === "directory"
      ? account.status
      : `${account.status}/${account.statusReason}`;
  const origin = account.groupId === null ? account.origin : `${account.origin}:${account.groupId}`;
  const hidden =
    account.origin === "lock"
      ? ` (${account.directory.roleId} ${account.directory.groupId ?? "-"})`
      : "";
  return `${account.tenantId} ${status} ${account.roleId} ${origin}${hidden}`;
};

describe("candidates", () => {
  const listed = (groups: string[], locks: Record<string, string> = {}) =>
    Object.fromEntries(
      [...listCandidates(plain, new Set(groups), rules, new Map(Object.entries(locks)))].map(
        ([tenantId, candidates]) => [
          tenantId,
          candidates.map(({ origin, roleId, groupId }) => `${roleId} ${groupId ?? origin}`),
        ],
      ),
    );

  test("the winner first, then who lost, the default last", () => {
    expect(listed(["it", "admins"], { home: "viewer" })).toEqual({
      home: ["viewer lock", "administrator admins", "editor it", "loanee default"],
    });
  });

  test("the default is a candidate in its own tenant, where anything leads there", () => {
    expect(listed(["auditors"])).toEqual({ branch: ["viewer auditors"] });
    expect(listed([])).toEqual({ home: ["loanee default"] });
  });
});

describe("decide", () => {
  test.each(cases)("$rule", ({ person, groups = [], locks = {}, expected }) => {
    const decided = decide(
      { ...plain, ...person },
      new Set(groups),
      rules,
      new Map(Object.entries(locks)),
    );
    expect(decided.map(describeAccount)).toEqual(expected);
  });

  const groupNames = ["admins", "it", "auditors", "sales", "hr"];
  const facts = fc.record({
    active: fc.boolean(),
    deleted: fc.boolean(),
    attributes: fc.constant({}),
    placed: fc.constant([]),
  });
  const someGroups = fc.subarray(groupNames);
  const someLocks = fc.dictionary(
    fc.constantFrom("home", "branch"),
    fc.constantFrom("viewer", "editor"),
  );

  test("everybody has an account, at most one in each tenant", () => {
    fc.assert(
      fc.property(facts, someGroups, someLocks, (person, groups, locks) => {
        const tenants = decide(person, new Set(groups), rules, new Map(Object.entries(locks))).map(
          (a) => a.tenantId,
        );
        expect(tenants.length).toBeGreaterThan(0);
        expect(new Set(tenants).size).toBe(tenants.length);
      }),
    );
  });

  test("the order in which groups came does not matter", () => {
    fc.assert(
      fc.property(facts, fc.shuffledSubarray(groupNames), someLocks, (person, groups, locks) => {
        const lockMap = new Map(Object.entries(locks));
        expect(decide(person, new Set(groups), rules, lockMap)).toEqual(
          decide(person, new Set(groups.toReversed()), rules, lockMap),
        );
      }),
    );
  });

  test("disabling changes the status and nothing else", () => {
    fc.assert(
      fc.property(someGroups, someLocks, (groups, locks) => {
        const decideAs = (active: boolean) =>
          decide({ ...plain, active }, new Set(groups), rules, new Map(Object.entries(locks)));
        expect(decideAs(false)).toEqual(
          decideAs(true).map((account) => ({ ...account, status: "disabled" })),
        );
      }),
    );
  });
});

describe("rules by attribute, in several tenants", () => {
  const condition = (
    keys: string[],
    operator: AttributeCondition["operator"],
    ...folded: string[]
  ): AttributeCondition => ({ path: keys.join("."), keys, operator, values: folded, folded });
  const rule = (tenantId: string, roleId: string, attribute: AttributeCondition): Mapping => ({
    groupId: null,
    attribute,
    tenantId,
    roleId,
  });
  const person = (attributes: object) => ({ ...plain, attributes: { ...attributes } });
  const extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  test.each<[string, AttributeCondition, object, boolean]>([
    ["is any of", condition(["title"], "is", "boss", "chief"), { title: "chief" }, true],
    ["is none of", condition(["title"], "is", "boss"), { title: "bossy" }, false],
    ["starts with", condition(["title"], "starts-with", "sen"), { title: "senior" }, true],
    ["ends with", condition(["title"], "ends-with", "or"), { title: "senior" }, true],
    ["domain", condition(["userName"], "domain", "a.test"), { userName: "x@a.test" }, true],
    ["domain with @", condition(["userName"], "domain", "@a.test"), { userName: "x@a.test" }, true],
    ["other domain", condition(["userName"], "domain", "a.test"), { userName: "x@ba.test" }, false],
    [
      "in a list",
      condition(["addresses", "country"], "is", "de"),
      { addresses: [{ country: "fr" }, { country: "de" }] },
      true,
    ],
    [
      "in an extension",
      condition([extension, "department"], "is", "hr"),
      { [extension]: { department: "hr" } },
      true,
    ],
    ["a number", condition([extension, "level"], "is", "7"), { [extension]: { level: 7 } }, true],
    ["present", condition(["title"], "present"), { title: "x" }, true],
    ["absent", condition(["title"], "present"), {}, false],
    ["empty", condition(["title"], "present"), { title: "" }, false],
    ["an inherited name", condition(["constructor", "name"], "present"), {}, false],
  ])("%s", (_what, attribute, attributes, expected) => {
    expect(takes({ groupId: null, attribute }, new Set(), { ...attributes })).toBe(expected);
  });

  const nobody: Rules = {
    defaultRole: { tenantId: "home", roleId: null },
    archived: [],
    mappings: [
      rule("leeds", "editor", condition(["title"], "is", "boss")),
      rule("leeds", "viewer", condition(["userName"], "domain", "leeds.test")),
      rule("york", "viewer", condition(["userName"], "domain", "york.test", "leeds.test")),
    ],
  };

  test("each tenant's role is that of its first rule that takes the person, with the reason in words", () => {
    const boss = person({ title: "boss", userName: "bo@leeds.test" });
    expect(
      decide(boss, new Set(), nobody, new Map()).map(({ tenantId, roleId, condition: why }) => [
        tenantId,
        roleId,
        why,
      ]),
    ).toEqual([
      ["leeds", "editor", "title is boss"],
      ["york", "viewer", "userName is in the domain york.test or leeds.test"],
    ]);
  });

  test("put into a tenant by hand, one is there as long as the lock is, and nowhere else", () => {
    const placed = { ...person({}), placed: ["york"] };
    expect(decide(placed, new Set(), nobody, new Map([["york", "viewer"]]))).toMatchObject([
      { tenantId: "york", roleId: "viewer", origin: "lock", directory: { roleId: null } },
    ]);
    expect(decide(placed, new Set(), nobody, new Map())).toEqual([]);
  });

  const word = fc.constantFrom("a", "b", "c");
  const anyMapping = fc.record({
    groupId: fc.constantFrom("g1", "g2", null),
    attribute: fc.record({ key: fc.constantFrom("title", "city"), value: word }),
    tenantId: fc.constantFrom("t1", "t2", "t3"),
    roleId: fc.constantFrom("r1", "r2", "r3"),
  });
  const anyRules = fc
    .record({
      mappings: fc.array(anyMapping, { maxLength: 8 }),
      archived: fc.subarray(["t1", "t2"]),
    })
    .map(({ mappings, archived }): Rules => ({
      defaultRole: { tenantId: "t1", roleId: null },
      archived,
      mappings: mappings.map(({ groupId, attribute: { key, value }, ...to }) => ({
        groupId,
        attribute: groupId === null ? condition([key], "is", value) : null,
        ...to,
      })),
    }));
  const anyPerson = fc.record({
    active: fc.boolean(),
    deleted: fc.boolean(),
    attributes: fc.record({ title: word, city: word }),
    placed: fc.constant<string[]>([]),
  });
  const anyGroups = fc.subarray(["g1", "g2"]).map((groups) => new Set(groups));

  test("somebody waits in the lobby exactly if no rule takes them and the directory has them", () => {
    fc.assert(
      fc.property(anyPerson, anyGroups, anyRules, (who, groups, given) => {
        const isTaken = given.mappings.some((one) => takes(one, groups, who.attributes));
        const desired = decide(who, groups, given, new Map());
        expect(waits(who, desired)).toBe(!isTaken && !who.deleted);
      }),
    );
  });

  test("each tenant's role comes from its first rule that takes the person", () => {
    fc.assert(
      fc.property(anyPerson, anyGroups, anyRules, (who, groups, given) => {
        const desired = decide(who, groups, given, new Map());
        for (const tenantId of ["t1", "t2", "t3"]) {
          const first = given.mappings.find(
            (one) => one.tenantId === tenantId && takes(one, groups, who.attributes),
          );
          expect(desired.find((one) => one.tenantId === tenantId)?.roleId).toBe(first?.roleId);
        }
      }),
    );
  });
});
