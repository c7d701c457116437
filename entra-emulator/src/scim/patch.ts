import { isRoleSet } from "../expression/values.ts";
import type { RoleSet } from "../expression/values.ts";
import type { Difference } from "./differences.ts";
import type { Json } from "./json.ts";
import { patchOp } from "./urns.ts";

/** `legacy` is what a `scim.*` job speaks; `compliant` what it speaks after `?aadOptscim062020`. */
export type Dialect = "legacy" | "compliant";

export type Operation = { readonly op: string; readonly path?: string; readonly value?: unknown };

export type PatchBody = {
  readonly schemas: readonly string[];
  readonly Operations: readonly Operation[];
};

type Verb = Difference["verb"];

export function patchBody(operations: readonly Operation[]): PatchBody {
  return { schemas: [patchOp], Operations: operations };
}

/** Spells differences as PATCH operations: one each in legacy (§3.3), single values merged in compliant (§3.4). */
export function spellDifferences(
  differences: readonly Difference[],
  dialect: Dialect,
): readonly Operation[] {
  if (dialect === "legacy") return differences.map(spellLegacy);
  const isMergeable = (one: Difference): boolean =>
    one.path.filter === undefined && one.verb !== "remove" && !isRoleSet(one.value);
  const apart = differences.filter((one) => !isMergeable(one)).map(spellCompliant);
  return [
    ...apart,
    ...mergeCompliant(differences.filter((one) => isMergeable(one) && one.verb === "replace")),
    ...mergeCompliant(differences.filter((one) => isMergeable(one) && one.verb === "add")),
  ];
}

/** Spells a manager change; a manager is a bare id in both dialects (§3.3), null takes it away. */
export function spellManager(
  path: string,
  verb: Verb,
  targetId: string | null,
  dialect: Dialect,
): Operation {
  const op = spellVerb(verb, dialect);
  return targetId === null ? { op, path } : { op, path, value: targetId };
}

/** Spells members to add: one operation for the whole batch (§3.8). */
export function spellAddedMembers(
  targetIds: readonly string[],
  dialect: Dialect,
): readonly Operation[] {
  const value = targetIds.map((id) => spellMember(id, dialect));
  return [{ op: spellVerb("add", dialect), path: "members", value }];
}

/** Spells members to remove: a list of values in legacy, one filtered path each in compliant (§3.8). */
export function spellRemovedMembers(
  targetIds: readonly string[],
  dialect: Dialect,
): readonly Operation[] {
  if (dialect === "compliant") {
    return targetIds.map((id) => ({ op: "remove", path: `members[value eq "${id}"]` }));
  }
  return [
    { op: "Remove", path: "members", value: targetIds.map((id) => spellMember(id, dialect)) },
  ];
}

function spellMember(value: string, dialect: Dialect): Json {
  return dialect === "legacy" ? { $ref: null, value } : { value };
}

function spellLegacy({ verb, path, value }: Difference): Operation {
  const op = spellVerb(verb, "legacy");
  if (value === null) return { op, path: path.text };
  if (isRoleSet(value)) {
    const isAssertive = value.behaviour === "assert";
    return {
      // The assertive form is lower-case in both dialects (§3.6).
      op: isAssertive ? verb : op,
      path: path.text,
      value: isAssertive ? spellRoles(value) : spellRolesAsText(value),
    };
  }
  const text = typeof value === "boolean" ? (value ? "True" : "False") : value;
  return { op, path: path.text, value: text };
}

function spellCompliant({ verb, path, value }: Difference): Operation {
  if (value === null) return { op: verb, path: path.text };
  return { op: verb, path: path.text, value: isRoleSet(value) ? spellRoles(value) : value };
}

/** Two or more single-valued changes of one verb share one operation without path, under flat keys. */
function mergeCompliant(differences: readonly Difference[]): readonly Operation[] {
  const [first] = differences;
  if (first === undefined) return [];
  if (differences.length === 1) return [spellCompliant(first)];
  const value = Object.fromEntries(differences.map((one) => [one.path.text, one.value]));
  return [{ op: first.verb, value }];
}

function spellVerb(verb: Verb, dialect: Dialect): string {
  return dialect === "compliant" ? verb : verb.charAt(0).toUpperCase() + verb.slice(1);
}

/** The app-role set as POST and the compliant dialect write it (§3.6). */
export function spellRoles({ roles }: RoleSet): readonly Json[] {
  return roles.map((role) => ({
    primary: false,
    type: "WindowsAzureActiveDirectoryRole",
    display: role.displayName,
    value: role.value,
  }));
}

/** The legacy set hides each role in a JSON text (§3.6, R35). */
function spellRolesAsText({ roles }: RoleSet): readonly Json[] {
  return roles.map(({ id, value, displayName }) => ({
    value: JSON.stringify({ id, value, displayName }),
  }));
}
