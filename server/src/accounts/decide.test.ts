import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, listCandidates, type Rules } from "./decide.ts";

const rules: Rules = {
  defaultRole: { tenantId: "home", roleId: "loanee" },
  mappings: [
    { groupId: "admins", tenantId: "home", roleId: "administrator" },
    { groupId: "it", tenantId: "home", roleId: "editor" },
    { groupId: "auditors", tenantId: "branch", roleId: "viewer" },
    { groupId: "old", tenantId: "closed", roleId: "viewer" },
  ],
  archived: ["closed"],
};

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
      [...listCandidates(new Set(groups), rules, new Map(Object.entries(locks)))].map(
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
      { active: true, deleted: false, ...person },
      new Set(groups),
      rules,
      new Map(Object.entries(locks)),
    );
    expect(decided.map(describeAccount)).toEqual(expected);
  });

  const groupNames = ["admins", "it", "auditors", "sales", "hr"];
  const facts = fc.record({ active: fc.boolean(), deleted: fc.boolean() });
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
          decide(
            { active, deleted: false },
            new Set(groups),
            rules,
            new Map(Object.entries(locks)),
          );
        expect(decideAs(false)).toEqual(
          decideAs(true).map((account) => ({ ...account, status: "disabled" })),
        );
      }),
    );
  });
});
