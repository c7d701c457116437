import { createHash } from "node:crypto";
import type { Directory, GraphGroup, GraphUser } from "../directory/model.ts";
import { ExpressionError } from "../expression/values.ts";
import { mapMatchingValues, mapValues, UnfitValue } from "../mapping/apply.ts";
import type { MappedValue } from "../mapping/apply.ts";
import type { Mappings, ObjectMapping } from "../mapping/model.ts";
import { listRoles, readGroupSource, readUserSource } from "../mapping/source.ts";
import type { Source } from "../expression/evaluate.ts";
import type { Assignment } from "../scope/assignment.ts";
import { isInScope } from "../scope/scoping-filter.ts";
import type { Subject } from "./job.ts";
import type { Departure, JobState } from "./job-state.ts";
import { ProvisioningError } from "./provisioning-error.ts";

export type MatchValue = { readonly target: string; readonly value: string | null };

type SourceObject = Subject & {
  /** Both throw ProvisioningError when an expression fails or a value does not fit. */
  readonly map: () => readonly MappedValue[];
  readonly match: () => readonly MatchValue[];
};

export type SourceUser = SourceObject & {
  readonly managerId: string | undefined;
  /** Why the user is not a live, assigned person in scope; undefined when they are. */
  readonly departure: Departure["reason"] | undefined;
  /** When a deleted user entered the recycle bin, if the source says. */
  readonly departedAt: string | undefined;
  /** Out of the recycle bin, too: gone for good. */
  readonly isPurged: boolean;
};

export type SourceGroup = SourceObject & {
  readonly isInScope: boolean;
  readonly isDeleted: boolean;
  readonly memberIds: readonly string[];
};

export type Sources = {
  readonly directory: Directory;
  readonly mappings: Mappings;
  readonly assignment: Assignment;
  readonly state: JobState;
  readonly now: Date;
};

/**
 * Evaluates every source user, and every linked one that is no longer in the directory: a user who vanishes
 * from an export is taken to have been deleted (into the recycle bin).
 */
export function evaluateUsers(sources: Sources): readonly SourceUser[] {
  const present = new Set(sources.directory.users.map((user) => user.id));
  const vanished = Object.keys(sources.state.users)
    .filter((id) => !present.has(id))
    .map((id): GraphUser => ({ id, userPrincipalName: id, "@removed": { reason: "changed" } }));
  return [...sources.directory.users, ...vanished].map((user) => evaluateUser(user, sources));
}

/** Evaluates every source group, and every linked one that is no longer in the directory. */
export function evaluateGroups(sources: Sources): readonly SourceGroup[] {
  const present = new Set(sources.directory.groups.map((group) => group.id));
  const vanished = Object.keys(sources.state.groups)
    .filter((id) => !present.has(id))
    .map((id): GraphGroup => ({
      id,
      displayName: id,
      members: [],
      "@removed": { reason: "deleted" },
    }));
  return [...sources.directory.groups, ...vanished].map((group) => evaluateGroup(group, sources));
}

function evaluateUser(user: GraphUser, sources: Sources): SourceUser {
  const mapping = sources.mappings.users;
  const roles = listRoles(sources.directory, sources.assignment.principalsOf(user.id));
  const departure = findDeparture(user, sources);
  const read = readUserSource(user, { isSoftDeleted: departure !== undefined, roles });
  const { manager, ...attributes } = user;
  return {
    kind: "User",
    sourceId: user.id,
    identity: user.displayName ?? user.userPrincipalName,
    fingerprint: fingerprint([attributes, departure, roles]),
    ...evaluateWith(mapping, { read, now: sources.now }),
    managerId: manager?.id,
    departure,
    departedAt: user.deletedDateTime ?? undefined,
    isPurged: user["@removed"]?.reason === "deleted",
  };
}

function findDeparture(user: GraphUser, sources: Sources): Departure["reason"] | undefined {
  if (user["@removed"] !== undefined || (user.deletedDateTime ?? "") !== "") return "deleted";
  if (!sources.assignment.isAssigned(user.id)) return "unassigned";
  const read = readUserSource(user, { isSoftDeleted: false, roles: [] });
  if (!isInScope(sources.mappings.users.scopingFilters, read)) return "out of scope";
  return user.accountEnabled === false ? "disabled" : undefined;
}

function evaluateGroup(group: GraphGroup, sources: Sources): SourceGroup {
  const mapping = sources.mappings.groups;
  const read = readGroupSource(group);
  const { members, ...attributes } = group;
  const isDeleted = group["@removed"] !== undefined;
  return {
    kind: "Group",
    sourceId: group.id,
    identity: group.displayName,
    fingerprint: fingerprint([attributes]),
    ...evaluateWith(mapping, { read, now: sources.now }),
    isDeleted,
    isInScope:
      !isDeleted &&
      sources.assignment.isAssigned(group.id) &&
      isInScope(mapping.scopingFilters, read),
    memberIds: [...new Set(members.map((member) => member.id))],
  };
}

function evaluateWith(mapping: ObjectMapping, source: Source): Pick<SourceObject, "map" | "match"> {
  return {
    map: () => rethrow(() => mapValues(mapping, source)),
    match: () => rethrow(() => mapMatchingValues(mapping, source)),
  };
}

function rethrow<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnfitValue) {
      throw new ProvisioningError("SchemaPropertyCanOnlyAcceptValue", error.message);
    }
    if (error instanceof ExpressionError)
      throw new ProvisioningError("MissingValues", error.message);
    throw error;
  }
}

function fingerprint(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
