import { patchBody, spellAddedMembers, spellRemovedMembers } from "../scim/patch.ts";
import { workConcurrently } from "./concurrently.ts";
import { recordFailure, recordSuccess } from "./job.ts";
import type { Job } from "./job.ts";
import type { SourceGroup } from "./source-objects.ts";

/** As many PATCHes on one group at once as have been seen in the field (§2.8). */
const mostOnOneGroup = 5;

type Change = {
  readonly group: SourceGroup;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** What the group's snapshot holds afterwards, changes that fail apart. */
  readonly settled: Set<string>;
};

/**
 * The second pass for memberships. Members that are not linked are left out and not made up for later, members that
 * failed in this cycle come again in the next (§2.3); who is only disabled or in the recycle bin stays a member (§3.7).
 */
export async function syncMembers(job: Job, groups: readonly SourceGroup[]): Promise<void> {
  if (!job.mappings.groups.actions.update) return;
  const hasMembers = job.mappings.groups.attributes.some((row) => row.row.source === "members");
  if (!hasMembers) return;
  const changes = groups
    .filter((group) => group.isInScope && job.state.groups[group.sourceId] !== undefined)
    .map((group) => findChange(job, group));
  const total = changes.reduce(
    (sum, change) => sum + change.added.length + change.removed.length,
    0,
  );
  let done = 0;
  const advance = (count: number): void => {
    done += count;
    job.advance("members", done, total);
  };
  for (const change of changes) {
    if (job.isGivenUp()) break;
    await applyChange(job, change, advance);
    settleMembers(job, change);
  }
}

function findChange(job: Job, group: SourceGroup): Change {
  const known = new Set(job.state.snapshots[group.sourceId]?.members);
  const current = new Set(group.memberIds);
  // A new link, or an initial cycle, knows nothing of what the target's group holds.
  const isKnown = job.kind === "incremental" && !job.created.has(group.sourceId);
  const added = [...current].filter((id) => !(isKnown && known.has(id)) && isLinkedMember(job, id));
  const gone = [...known].filter((id) => !current.has(id));
  const removed = gone.filter((id) => targetOf(job, id) !== undefined && !isRecycled(job, id));
  const settled = new Set(known);
  for (const id of gone) if (targetOf(job, id) === undefined) settled.delete(id);
  for (const id of current) {
    const isFailed = targetOf(job, id) === undefined && job.state.escrows[id] !== undefined;
    if (!isFailed) settled.add(id);
  }
  return { group, added, removed, settled };
}

async function applyChange(
  job: Job,
  change: Change,
  advance: (count: number) => void,
): Promise<void> {
  const { group, settled } = change;
  const limit = Math.min(job.concurrency, mostOnOneGroup);
  const missing = await findMissing(job, change, limit, advance);
  await workConcurrently(
    inBatches(missing, job.membersPerPatch),
    limit,
    async (batch) => {
      const isDone = await patchMembers(job, group, "AddMembers", batch);
      if (!isDone) for (const id of batch) settled.delete(id);
      advance(batch.length);
    },
    job.isGivenUp,
  );
  await workConcurrently(
    inBatches(change.removed, job.membersPerPatch),
    limit,
    async (batch) => {
      const isDone = await patchMembers(job, group, "RemoveMembers", batch);
      if (isDone) for (const id of batch) settled.delete(id);
      advance(batch.length);
    },
    job.isGivenUp,
  );
}

/** In an initial cycle over a group that was there before, Entra asks for each member whether it is in (§3.1). */
async function findMissing(
  job: Job,
  { group, added, settled }: Change,
  limit: number,
  advance: (count: number) => void,
): Promise<readonly string[]> {
  if (job.kind === "incremental" || job.created.has(group.sourceId)) return added;
  const groupTarget = job.state.groups[group.sourceId]?.targetId ?? "";
  const missing: string[] = [];
  await workConcurrently(
    added,
    limit,
    async (id) => {
      try {
        const isIn = await job.target.hasReference(
          "Group",
          groupTarget,
          "members",
          targetOf(job, id) ?? "",
        );
        if (isIn) advance(1);
        else missing.push(id);
      } catch (error) {
        settled.delete(id);
        recordFailure(job, group, "AddMembers", error);
      }
    },
    job.isGivenUp,
  );
  return missing;
}

async function patchMembers(
  job: Job,
  group: SourceGroup,
  action: "AddMembers" | "RemoveMembers",
  memberIds: readonly string[],
): Promise<boolean> {
  const targetId = job.state.groups[group.sourceId]?.targetId ?? "";
  const isAdding = action === "AddMembers";
  const members = toTargets(job, memberIds);
  const spell = isAdding ? spellAddedMembers : spellRemovedMembers;
  try {
    await job.target.patch("Group", targetId, patchBody(spell(members, job.dialect)));
    const modified = members.map((id) => ({
      name: "members",
      oldValue: isAdding ? null : id,
      newValue: isAdding ? id : null,
    }));
    recordSuccess(job, group, action, { targetId, modified });
    return true;
  } catch (error) {
    recordFailure(job, group, action, error);
    return false;
  }
}

function settleMembers(job: Job, { group, settled }: Change): void {
  const snapshot = job.snapshots.get(group.sourceId) ?? job.state.snapshots[group.sourceId];
  if (snapshot === undefined) return;
  job.snapshots.set(group.sourceId, { fingerprint: snapshot.fingerprint, members: [...settled] });
}

function isLinkedMember(job: Job, id: string): boolean {
  const user = job.state.users[id];
  return user === undefined ? job.state.groups[id] !== undefined : user.departure === undefined;
}

function isRecycled(job: Job, id: string): boolean {
  return job.state.users[id]?.departure?.reason === "deleted";
}

function targetOf(job: Job, id: string): string | undefined {
  return (job.state.users[id] ?? job.state.groups[id])?.targetId;
}

function toTargets(job: Job, ids: readonly string[]): readonly string[] {
  return ids.map((id) => targetOf(job, id) ?? "");
}

function inBatches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
