import { isRoleSet } from "../expression/values.ts";
import type { MappedValue } from "../mapping/apply.ts";
import type { Json } from "./json.ts";
import { spellRoles } from "./patch.ts";
import { writeTarget } from "./target-path.ts";
import { coreGroup, coreUser, enterpriseUser, entraGroup } from "./urns.ts";

/** The order in which Entra writes a user's attributes (§3.2). */
const userOrder = [
  "schemas",
  "externalId",
  "userName",
  "active",
  "displayName",
  "title",
  "preferredLanguage",
  "emails",
  "meta",
  "name",
  "addresses",
  "phoneNumbers",
  "roles",
];

/** Builds the body of POST /Users. Empty values are left out; `roles: []` and `meta` always come along (§3.2). */
export function buildUser(mapped: readonly MappedValue[]): Json {
  const body: Json = {
    schemas: [coreUser, enterpriseUser],
    meta: { resourceType: "User" },
    roles: [],
  };
  fill(body, mapped);
  const rank = (key: string): number => {
    const index = userOrder.indexOf(key);
    return index === -1 ? userOrder.length : index;
  };
  return Object.fromEntries(Object.entries(body).sort(([one], [other]) => rank(one) - rank(other)));
}

/** Builds the body of POST /Groups: a group is created empty (§3.8). */
export function buildGroup(mapped: readonly MappedValue[]): Json {
  const body: Json = { schemas: [coreGroup, entraGroup] };
  const isExternalId = (one: MappedValue): boolean => one.path.text === "externalId";
  fill(body, [...mapped.filter(isExternalId), ...mapped.filter((one) => !isExternalId(one))]);
  body["meta"] = { resourceType: "Group" };
  return body;
}

function fill(body: Json, mapped: readonly MappedValue[]): void {
  for (const entry of mapped) {
    const value = entry.value ?? entry.defaultValue;
    if (value === undefined) continue;
    writeTarget(body, entry.path, isRoleSet(value) ? spellRoles(value) : value);
  }
}
