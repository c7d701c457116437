import { toText } from "../expression/values.ts";
import type { Value } from "../expression/values.ts";

export type ScopingClause = {
  readonly attribute: string;
  readonly operator: string;
  readonly value?: string;
};

/** Clauses of one filter are ANDed; several filters are ORed (§4.4). */
export type ScopingFilter = { readonly clauses: readonly ScopingClause[] };

type Holds = (text: string, value: string) => boolean;

/** Operators on a source that has a value. A null source makes every clause false but IS NULL. */
const operators: Readonly<Record<string, Holds>> = {
  EQUALS: (text, value) => text === value,
  "NOT EQUALS": (text, value) => text !== value,
  "IS NOT NULL": () => true,
  "IS NULL": () => false,
  "IS TRUE": (text) => text === "True",
  "IS FALSE": (text) => text === "False",
  "REGEX MATCH": (text, value) => matchesWhole(text, value),
  "NOT REGEX MATCH": (text, value) => !matchesWhole(text, value),
  Greater_Than: (text, value) => isInteger(text) && BigInt(text) > BigInt(value),
  Greater_Than_OR_EQUALS: (text, value) => isInteger(text) && BigInt(text) >= BigInt(value),
  Includes: (text, value) => text.includes(value),
  ENDS_WITH: (text, value) => text.endsWith(value),
  "&": (text, value) => isInteger(text) && (BigInt(text) & BigInt(value)) !== 0n,
  "!&": (text, value) => isInteger(text) && (BigInt(text) & BigInt(value)) === 0n,
};

const numeric = new Set(["Greater_Than", "Greater_Than_OR_EQUALS", "&", "!&"]);
const multiValued = new Set([
  "members",
  "appRoleAssignments",
  "manager",
  "businessPhones",
  "proxyAddresses",
]);

/** Tells whether an object is in scope: no filters, or all clauses of one of them hold. */
export function isInScope(
  filters: readonly ScopingFilter[],
  read: (attribute: string) => Value,
): boolean {
  if (filters.length === 0) return true;
  return filters.some((filter) => filter.clauses.every((clause) => holds(clause, read)));
}

/** Gives what is wrong with a filter, or undefined. */
export function checkScopingFilter(filter: ScopingFilter): string | undefined {
  if (!Array.isArray(filter.clauses)) return "a filter is { clauses: [...] }.";
  for (const { attribute, operator, value } of filter.clauses) {
    if (operator === "IsMemberOf") return "IsMemberOf is listed by Entra but not supported.";
    if (operators[operator] === undefined) return `there is no operator ${operator}.`;
    if (multiValued.has(attribute)) return `${attribute} cannot be used in a scoping filter.`;
    if (numeric.has(operator) && !isInteger(value ?? ""))
      return `${operator} needs a whole number.`;
    if (operator.includes("REGEX")) {
      try {
        matchesWhole("", value ?? "");
      } catch {
        return `"${value}" is not a regular expression.`;
      }
    }
  }
  return undefined;
}

function holds(clause: ScopingClause, read: (attribute: string) => Value): boolean {
  const text = toText(read(clause.attribute));
  if (text === null) return clause.operator === "IS NULL";
  return operators[clause.operator]?.(text, clause.value ?? "") ?? false;
}

function matchesWhole(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "u").test(text);
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text);
}
