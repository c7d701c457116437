import { invalid } from "#http";
import type { Scope } from "#tenancy";
import type { DeclaredNoun, Permission } from "./permissions.ts";
import { isWithin } from "./role-scope.ts";

/** A custom access role as an administrator gives it. */
export type RoleDraft = {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly string[];
  /** Its limits; without them, none. */
  readonly scope?: Partial<Scope>;
};

export type RoleValues = Omit<RoleDraft, "scope"> & Scope;

/**
 * The permissions in the order in which they are declared. Whoever may do anything with a noun may also see it: what is
 * changed is shown by the answer.
 * @throws HttpError 400 naming those that no module declares
 */
export const completePermissions = (
  wanted: readonly string[],
  nouns: readonly DeclaredNoun[],
): Permission[] => {
  const known = new Set<string>(nouns.flatMap(({ verbs }) => verbs.map((one) => one.permission)));
  const unknown = wanted.filter((permission) => !known.has(permission));
  if (unknown.length > 0)
    throw invalid(
      "That permission does not exist",
      `Muster knows no ${unknown.join(", ")}. GET /api/v1/permissions lists all there are.`,
      [{ path: "permissions", message: "names a permission that does not exist" }],
    );
  const chosen = new Set(wanted);
  return nouns.flatMap(({ verbs }) => {
    const isAny = verbs.some(({ permission }) => chosen.has(permission));
    return verbs
      .filter(({ verb, permission }) => chosen.has(permission) || (isAny && verb === "view"))
      .map(({ permission }) => permission);
  });
};

/** What each permission is called: "Assets: Check out". */
export const permissionNames = (nouns: readonly DeclaredNoun[]): ReadonlyMap<string, string> =>
  new Map(
    nouns.flatMap(({ label, verbs }) =>
      verbs.map((one) => [one.permission, `${label}: ${one.label}`] as const),
    ),
  );

/** What is otherwise than before, as a sentence for the ledger; undefined when nothing is. */
export const describeRoleChange = (
  before: RoleValues,
  after: RoleValues,
  nouns: readonly DeclaredNoun[],
): string | undefined => {
  const names = permissionNames(nouns);
  const say = (some: readonly string[], others: readonly string[]) =>
    some.filter((one) => !others.includes(one)).map((one) => names.get(one) ?? one);
  const gained = say(after.permissions, before.permissions);
  const lost = say(before.permissions, after.permissions);
  const parts = [
    before.name !== after.name && `renamed from ${before.name} to ${after.name}`,
    gained.length > 0 && `now allows ${gained.join(", ")}`,
    lost.length > 0 && `no longer allows ${lost.join(", ")}`,
    before.description !== after.description && "description changed",
    !(isWithin(before, after) && isWithin(after, before)) && "limits changed",
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : `Access role ${parts.join("; ")}`;
};
