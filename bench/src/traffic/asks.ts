import type { Ask } from "../load/client.ts";
import {
  changeBody,
  emailOf,
  externalIdOf,
  familyNameOf,
  groupBody,
  membersBody,
  personBody,
  replaceBody,
  userNameOf,
} from "./person.ts";

const filtered = (filter: string): Ask => ({
  method: "GET",
  path: `/Users?filter=${encodeURIComponent(filter)}`,
});

/** Every request of the traffic. */
export const asks = {
  byUserName: (index: number): Ask => filtered(`userName eq "${userNameOf(index)}"`),
  byExternalId: (index: number): Ask => filtered(`externalId eq "${externalIdOf(index)}"`),
  byEmail: (index: number): Ask => filtered(`emails[type eq "work"].value eq "${emailOf(index)}"`),
  byFamilyName: (index: number): Ask => filtered(`name.familyName eq "${familyNameOf(index)}"`),
  page: (startIndex: number, count = 100): Ask => ({
    method: "GET",
    path: `/Users?startIndex=${startIndex}&count=${count}`,
  }),
  create: (index: number): Ask => ({ method: "POST", path: "/Users", body: personBody(index) }),
  read: (id: string): Ask => ({ method: "GET", path: `/Users/${id}` }),
  change: (id: string, index: number, round: number): Ask => ({
    method: "PATCH",
    path: `/Users/${id}`,
    body: changeBody(index, round),
  }),
  replace: (id: string, path: string, value: unknown): Ask => ({
    method: "PATCH",
    path: `/Users/${id}`,
    body: replaceBody(path, value),
  }),
  createGroup: (name: string): Ask => ({ method: "POST", path: "/Groups", body: groupBody(name) }),
  readGroup: (id: string): Ask => ({ method: "GET", path: `/Groups/${id}` }),
  readGroupOnly: (id: string): Ask => ({
    method: "GET",
    path: `/Groups/${id}?excludedAttributes=members`,
  }),
  members: (id: string, op: "Add" | "Remove", ids: readonly string[]): Ask => ({
    method: "PATCH",
    path: `/Groups/${id}`,
    body: membersBody(op, ids),
  }),
};
