import type { MappedValue } from "../mapping/apply.ts";
import { canonical, findDifferences } from "../scim/differences.ts";
import type { Difference } from "../scim/differences.ts";
import { patchBody, spellDifferences } from "../scim/patch.ts";
import { buildUser } from "../scim/resource.ts";
import { parseTargetPath, readTarget } from "../scim/target-path.ts";
import { enterpriseUser } from "../scim/urns.ts";
import { isDue } from "./escrow.ts";
import { linkTarget, recordFailure, recordSkip, recordSuccess, unlinkTarget } from "./job.ts";
import type { Job } from "./job.ts";
import type { Departure } from "./job-state.ts";
import { matchTarget } from "./match.ts";
import type { Action, ModifiedProperty } from "./provisioning-log.ts";
import { redundant } from "./provisioning-log.ts";
import type { TargetResource } from "./read-answer.ts";
import type { SourceUser } from "./source-objects.ts";

const recycleBin = 30 * 86_400_000;
const managerPath = parseTargetPath(`${enterpriseUser}:manager`);

/** Tells whether a cycle looks at a user at all: everybody in an initial one, else who changed or is due (§2.1). */
export function isUserInCycle(job: Job, user: SourceUser): boolean {
  const { sourceId, fingerprint } = user;
  const escrow = job.state.escrows[sourceId];
  if (escrow !== undefined) return isDue(escrow, fingerprint, job.now);
  if (job.kind === "initial") return true;
  if (isPurgeDue(job, user)) return true;
  return job.state.snapshots[sourceId]?.fingerprint !== fingerprint;
}

/** Tells whether a user's coming turn takes them away from the target: what accidental-deletion prevention counts. */
export function isDepartureDue(job: Job, user: SourceUser): boolean {
  const link = job.state.users[user.sourceId];
  if (link === undefined) return false;
  return isPurgeDue(job, user) || (user.departure !== undefined && link.departure === undefined);
}

/** Brings one user up to date at the target; a failure is logged and put in escrow. */
export async function provisionUser(job: Job, user: SourceUser): Promise<void> {
  const link = job.state.users[user.sourceId];
  const action: Action =
    link === undefined ? "Create" : user.departure === undefined ? "Update" : "Disable";
  try {
    if (job.stagesDeletes && isDepartureDue(job, user)) {
      recordSkip(job, user, "the accidental-deletion threshold is exceeded", "StagedDelete");
      return;
    }
    if (isPurgeDue(job, user)) await purgeUser(job, user);
    else if (link === undefined) await enterUser(job, user);
    else if (user.departure !== undefined) await departUser(job, user, user.departure);
    else if (link.departure !== undefined) await enterUser(job, user);
    else await updateUser(job, user, await job.target.read("User", link.targetId));
    settle(job, user);
  } catch (error) {
    recordFailure(job, user, action, error);
  }
}

/** A user without link, or one who comes back: matched anew, then updated or created (§3.7). */
async function enterUser(job: Job, user: SourceUser): Promise<void> {
  if (user.departure !== undefined && user.departure !== "disabled") {
    recordSkip(job, user, `not in scope (${user.departure})`);
    return;
  }
  const match = await matchTarget(job.target, "User", user.match());
  if (match.type === "unmatchable") {
    recordSkip(job, user, `the source attribute for ${match.attributes.join(", ")} is empty`);
    return;
  }
  if (match.type === "found") {
    unlinkTarget(job, user);
    linkTarget(job, user, match.resource.id);
    await updateUser(job, user, match.resource);
    if (user.departure !== undefined) markDeparture(job, user, user.departure);
    return;
  }
  if (user.departure !== undefined) {
    recordSkip(job, user, "disabled before it was ever provisioned");
    return;
  }
  if (!job.mappings.users.actions.create) {
    recordSkip(job, user, "creating is switched off");
    return;
  }
  const mapped = user.map();
  const created = await job.target.create("User", buildUser(mapped));
  unlinkTarget(job, user);
  linkTarget(job, user, created.id);
  job.created.add(user.sourceId);
  recordSuccess(job, user, "Create", { targetId: created.id, modified: listCreated(mapped) });
}

async function updateUser(job: Job, user: SourceUser, resource: TargetResource): Promise<void> {
  const manager = readTarget(resource, managerPath);
  job.seenManagers.set(user.sourceId, typeof manager === "string" ? manager : undefined);
  await sendDifferences(job, user, resource, findDifferences(user.map(), resource, job.clears));
}

/** Sends `active: False` to a linked user who is disabled, unassigned, out of scope or deleted (§3.7). */
async function departUser(job: Job, user: SourceUser, reason: Departure["reason"]): Promise<void> {
  const link = job.state.users[user.sourceId];
  if (link === undefined) return;
  const isLeavingScope = reason === "unassigned" || reason === "out of scope";
  if (link.departure !== undefined) {
    // Inactive at the target already. Once unassigned, Entra no longer manages them, even when deleted (§2.3).
    const isUnmanaged =
      link.departure.reason === "unassigned" || link.departure.reason === "out of scope";
    if (!isUnmanaged && link.departure.reason !== reason) markDeparture(job, user, reason);
    return;
  }
  if (isLeavingScope && job.mappings.skipOutOfScopeDeletions) {
    recordSkip(job, user, "SkipOutOfScopeDeletions is set");
  } else {
    const resource = await job.target.read("User", link.targetId);
    const differences = findDifferences(user.map(), resource, job.clears);
    // A disabled account is still read, so its other changes go along; of the rest only `active` is known.
    const sent =
      reason === "disabled" ? differences : differences.filter((one) => one.path.text === "active");
    await sendDifferences(job, user, resource, sent);
  }
  markDeparture(job, user, reason);
}

async function purgeUser(job: Job, user: SourceUser): Promise<void> {
  const link = job.state.users[user.sourceId];
  if (link === undefined) return;
  if (!job.mappings.users.actions.delete) {
    recordSkip(job, user, "deleting is switched off");
    return;
  }
  await job.target.remove("User", link.targetId);
  recordSuccess(job, user, "Delete", { targetId: link.targetId });
  unlinkTarget(job, user);
}

async function sendDifferences(
  job: Job,
  user: SourceUser,
  resource: TargetResource,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) {
    recordSkip(job, user, redundant);
    return;
  }
  if (!job.mappings.users.actions.update) {
    recordSkip(job, user, "updating is switched off");
    return;
  }
  await job.target.patch(
    "User",
    resource.id,
    patchBody(spellDifferences(differences, job.dialect)),
  );
  const toggled = differences.find((one) => one.path.text === "active")?.value;
  const action = toggled === false ? "Disable" : toggled === true ? "Restore" : "Update";
  recordSuccess(job, user, action, {
    targetId: resource.id,
    modified: listDifferences(differences),
  });
}

function isPurgeDue(job: Job, user: SourceUser): boolean {
  const departure = job.state.users[user.sourceId]?.departure;
  const isUnmanaged = departure?.reason === "unassigned" || departure?.reason === "out of scope";
  if (job.state.users[user.sourceId] === undefined || isUnmanaged) return false;
  if (user.isPurged) return true;
  if (user.departure !== "deleted" || departure?.reason !== "deleted") return false;
  return job.now.getTime() - new Date(departure.since).getTime() >= recycleBin;
}

function markDeparture(job: Job, user: SourceUser, reason: Departure["reason"]): void {
  const link = job.state.users[user.sourceId];
  if (link === undefined) return;
  const since = user.departedAt ?? job.now.toISOString();
  job.state.users[user.sourceId] = { targetId: link.targetId, departure: { reason, since } };
}

function settle(job: Job, user: SourceUser): void {
  const manager = job.state.snapshots[user.sourceId]?.manager;
  job.snapshots.set(user.sourceId, {
    fingerprint: user.fingerprint,
    ...(manager === undefined ? {} : { manager }),
  });
}

/** Gives what a creation wrote, for the log. */
export function listCreated(mapped: readonly MappedValue[]): readonly ModifiedProperty[] {
  return mapped.flatMap(({ path, value, defaultValue }) => {
    const written = value ?? defaultValue;
    return written === undefined
      ? []
      : [{ name: path.text, oldValue: null, newValue: canonical(written) }];
  });
}

/** Gives what an update changed, for the log. */
export function listDifferences(differences: readonly Difference[]): readonly ModifiedProperty[] {
  return differences.map(({ path, oldValue, value }) => ({
    name: path.text,
    oldValue,
    newValue: value === null ? null : canonical(value),
  }));
}
