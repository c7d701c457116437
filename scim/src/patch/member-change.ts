import type { Filter } from "../filter/filter.ts";
import { isObject } from "../json/object.ts";
import type { PatchOperation } from "./operation.ts";

/** What an operation does to a group's members. */
export type MemberChange =
  | { readonly kind: "add" | "remove" | "replace"; readonly values: readonly string[] }
  | { readonly kind: "removeAll" }
  | { readonly kind: "removeWhere"; readonly filter: Filter };

/**
 * Says what an operation does to a group's `members`, so that a server can change rows without loading the list.
 * Gives undefined for an operation on another attribute.
 */
export function memberChange({ op, path, value }: PatchOperation): MemberChange | undefined {
  if (path.isExtension || path.attribute.undeclared || path.attribute.name !== "members")
    return undefined;
  const { filter, subAttribute } = path;
  // A member has no part that can change but its value, which is its identity.
  if (subAttribute && subAttribute.name !== "value") return { kind: "add", values: [] };
  if (op !== "remove") {
    const given = Array.isArray(value) ? value : [value];
    return { kind: filter ? "add" : op, values: given.flatMap(memberValue) };
  }
  if (!filter) return { kind: "removeAll" };
  const values = listedValues(filter);
  return values ? { kind: "remove", values } : { kind: "removeWhere", filter };
}

const memberValue = (element: unknown): string[] => {
  const value = isObject(element) ? element["value"] : element;
  return typeof value === "string" ? [value] : [];
};

/** `value eq "a" or value eq "b"` names its members; any other filter has to look at them. */
function listedValues(filter: Filter): string[] | undefined {
  if (filter.kind === "or") {
    const lists = filter.filters.map(listedValues);
    return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
  }
  if (filter.kind !== "compare" || filter.operator !== "eq") return undefined;
  return filter.path.attribute.name === "value" && typeof filter.value === "string"
    ? [filter.value]
    : undefined;
}
