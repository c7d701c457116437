import { findDifferences } from "../scim/differences.ts";
import { patchBody, spellDifferences } from "../scim/patch.ts";
import { buildGroup } from "../scim/resource.ts";
import { isDue } from "./escrow.ts";
import { linkTarget, recordFailure, recordSkip, recordSuccess, unlinkTarget } from "./job.ts";
import type { Job } from "./job.ts";
import { matchTarget } from "./match.ts";
import { redundant } from "./provisioning-log.ts";
import { listCreated, listDifferences } from "./provision-user.ts";
import type { TargetResource } from "./read-answer.ts";
import type { SourceGroup } from "./source-objects.ts";

/** Tells whether a cycle looks at a group's own attributes: all in an initial one, else who changed or is due. */
export function isGroupInCycle(job: Job, group: SourceGroup): boolean {
  const { sourceId, fingerprint } = group;
  const escrow = job.state.escrows[sourceId];
  if (escrow !== undefined) return isDue(escrow, fingerprint, job.now);
  if (job.kind === "initial" || isDeletionDue(job, group)) return true;
  const isKnown = job.state.snapshots[sourceId]?.fingerprint === fingerprint;
  const isNewlyInScope = group.isInScope && job.state.groups[sourceId] === undefined;
  return !isKnown || isNewlyInScope;
}

/** Tells whether a group is to be deleted at the target: groups have no soft delete (§3.8). */
export function isDeletionDue(job: Job, group: SourceGroup): boolean {
  const isLinked = job.state.groups[group.sourceId] !== undefined;
  return isLinked && !group.isInScope && (group.isDeleted || !job.mappings.skipOutOfScopeDeletions);
}

/** Brings one group, without its members, up to date at the target; a failure is logged and put in escrow. */
export async function provisionGroup(job: Job, group: SourceGroup): Promise<void> {
  const link = job.state.groups[group.sourceId];
  const isDeleting = isDeletionDue(job, group);
  try {
    if (isDeleting && job.stagesDeletes) {
      recordSkip(job, group, "the accidental-deletion threshold is exceeded", "StagedDelete");
      return;
    }
    if (isDeleting) await deleteGroup(job, group);
    else if (!group.isInScope) recordSkip(job, group, "not in scope");
    else if (link === undefined) await enterGroup(job, group);
    else await updateGroup(job, group, await job.target.read("Group", link.targetId));
    const members = job.state.snapshots[group.sourceId]?.members;
    job.snapshots.set(group.sourceId, {
      fingerprint: group.fingerprint,
      ...(members === undefined ? {} : { members }),
    });
  } catch (error) {
    recordFailure(
      job,
      group,
      isDeleting ? "Delete" : link === undefined ? "Create" : "Update",
      error,
    );
  }
}

async function enterGroup(job: Job, group: SourceGroup): Promise<void> {
  const match = await matchTarget(job.target, "Group", group.match());
  if (match.type === "unmatchable") {
    recordSkip(job, group, `the source attribute for ${match.attributes.join(", ")} is empty`);
    return;
  }
  if (match.type === "found") {
    linkTarget(job, group, match.resource.id);
    await updateGroup(job, group, match.resource);
    return;
  }
  if (!job.mappings.groups.actions.create) {
    recordSkip(job, group, "creating is switched off");
    return;
  }
  const mapped = group.map();
  const created = await job.target.create("Group", buildGroup(mapped));
  linkTarget(job, group, created.id);
  job.created.add(group.sourceId);
  recordSuccess(job, group, "Create", { targetId: created.id, modified: listCreated(mapped) });
}

async function updateGroup(job: Job, group: SourceGroup, resource: TargetResource): Promise<void> {
  const differences = findDifferences(group.map(), resource, job.clears);
  if (differences.length === 0) {
    recordSkip(job, group, redundant);
    return;
  }
  if (!job.mappings.groups.actions.update) {
    recordSkip(job, group, "updating is switched off");
    return;
  }
  await job.target.patch(
    "Group",
    resource.id,
    patchBody(spellDifferences(differences, job.dialect)),
  );
  recordSuccess(job, group, "Update", {
    targetId: resource.id,
    modified: listDifferences(differences),
  });
}

async function deleteGroup(job: Job, group: SourceGroup): Promise<void> {
  const link = job.state.groups[group.sourceId];
  if (link === undefined) return;
  if (!job.mappings.groups.actions.delete) {
    recordSkip(job, group, "deleting is switched off");
    return;
  }
  await job.target.remove("Group", link.targetId);
  recordSuccess(job, group, "Delete", { targetId: link.targetId });
  unlinkTarget(job, group);
}
