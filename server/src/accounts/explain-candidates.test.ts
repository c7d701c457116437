import fc from "fast-check";
import { expect, test } from "vitest";
import { decide, listCandidates, type Rules } from "./decide.ts";
import { explainCandidates } from "./explain-candidates.ts";

const rules: Rules = {
  defaultRole: { tenantId: "home", roleId: "Loanee" },
  mappings: [
    { groupId: "Admins", attribute: null, tenantId: "home", roleId: "Administrator" },
    { groupId: "IT", attribute: null, tenantId: "home", roleId: "Editor" },
    { groupId: "Auditors", attribute: null, tenantId: "branch", roleId: "Viewer" },
  ],
  archived: [],
};
const person = { active: true, deleted: false, attributes: {}, placed: [] };
const names = { role: (id: string) => id, group: (id: string) => id };

const explain = (groups: string[], locks: Record<string, string> = {}) => {
  const candidates = listCandidates(person, new Set(groups), rules, new Map(Object.entries(locks)));
  return explainCandidates(candidates.get("home") ?? [], names).map(({ sentence }) => sentence);
};

test("the winner and why, then each that lost and to what", () => {
  expect(explain(["IT", "Admins"])).toEqual([
    "Administrator, because they are a member of Admins, the first mapped group that they are in.",
    "IT would give Editor, but the mapping of Admins comes before it.",
    "The default access role, Loanee, is for people whom no rule takes; the mapping of Admins comes before it.",
  ]);
});

test("a lock is before all", () => {
  expect(explain(["IT"], { home: "Viewer" })).toEqual([
    "Viewer, because the role is locked: a lock is asked before all else.",
    "IT would give Editor, but the role lock comes before it.",
    "The default access role, Loanee, is for people whom no rule takes; the role lock comes before it.",
  ]);
});

test("nobody's group leaves the default", () => {
  expect(explain([])).toEqual(["Loanee, the default access role, because no rule takes them."]);
});

test("what wins is what decide() decides, for anybody", () => {
  fc.assert(
    fc.property(
      fc.subarray(["Admins", "IT", "Auditors", "Sales"]),
      fc.dictionary(fc.constantFrom("home", "branch"), fc.constantFrom("Viewer", "Editor")),
      (groups, locked) => {
        const [set, locks] = [new Set(groups), new Map(Object.entries(locked))];
        const explained = [...listCandidates(person, set, rules, locks)].map(
          ([tenantId, candidates]) => {
            const [winner, ...losers] = explainCandidates(candidates, names);
            expect(winner?.wins).toBe(true);
            expect(losers.some(({ wins }) => wins)).toBe(false);
            return { tenantId, roleId: winner?.roleId, origin: winner?.origin };
          },
        );
        const decided = decide(person, set, rules, locks);
        expect(explained).toEqual(
          decided.map(({ tenantId, roleId, origin }) => ({ tenantId, roleId, origin })),
        );
      },
    ),
  );
});
