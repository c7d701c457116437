/** The values that flow through a mapping. Entra's are strings nearly everywhere; null is "no value". */

export type AppRole = { readonly id: string; readonly value: string; readonly displayName: string };

export type RoleSet = {
  readonly kind: "roles";
  /** `append` only ever adds (AppRoleAssignmentsComplex); `assert` replaces the set; §3.6. */
  readonly behaviour: "append" | "assert";
  readonly roles: readonly AppRole[];
};

/** What IgnoreFlowIfNullOrEmpty yields for an empty value: the attribute leaves the flow. */
export const ignored = Symbol("ignored");

export type Value = null | string | number | boolean | readonly string[] | RoleSet | typeof ignored;

/** Thrown when an expression cannot be read or a function is given what it cannot take. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** Gives Entra's text for a value: booleans are "True" and "False". Throws ExpressionError for what has none. */
export function toText(value: Value): string | null {
  if (value === null || value === ignored) return null;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  throw new ExpressionError("A single value is needed here, not a list.");
}

/** Gives the elements of a list; a single value is a list of one, null the empty list. */
export function toList(value: Value): readonly string[] {
  if (isList(value)) return value;
  const text = toText(value);
  return text === null ? [] : [text];
}

export function isEmpty(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  return value === null || value === ignored || value === "";
}

export function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

export function isRoleSet(value: Value): value is RoleSet {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** Reads a whole number. Throws ExpressionError naming the function that needed it. */
export function toInteger(value: Value, place: string): number {
  const number = typeof value === "number" ? value : Number(toText(value) ?? Number.NaN);
  if (Number.isInteger(number)) return number;
  throw new ExpressionError(`${place} needs a whole number.`);
}
