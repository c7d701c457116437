import { patchBody, spellManager } from "../scim/patch.ts";
import { workConcurrently } from "./concurrently.ts";
import { isDue } from "./escrow.ts";
import { recordFailure, recordSuccess } from "./job.ts";
import type { Job } from "./job.ts";
import type { SourceUser } from "./source-objects.ts";

/** The second pass for managers: written only for linked people whose manager is linked and in scope (§2.3). */
export async function setManagers(job: Job, users: readonly SourceUser[]): Promise<void> {
  const row = job.mappings.users.attributes.find((mapping) => mapping.row.source === "manager");
  if (row === undefined || !job.mappings.users.actions.update) return;
  const changed = users.filter((user) => isReferenceInCycle(job, user));
  let done = 0;
  await workConcurrently(
    changed,
    job.concurrency,
    async (user) => {
      try {
        if (await setManager(job, user, row.path.text)) settleManager(job, user);
      } catch (error) {
        recordFailure(job, user, "SetManager", error);
      }
      done += 1;
      job.advance("managers", done, changed.length);
    },
    job.isGivenUp,
  );
}

function isReferenceInCycle(job: Job, user: SourceUser): boolean {
  const link = job.state.users[user.sourceId];
  if (link === undefined || link.departure !== undefined || user.departure !== undefined)
    return false;
  const escrow = job.state.escrows[user.sourceId];
  if (escrow !== undefined && !isDue(escrow, user.fingerprint, job.now)) return false;
  const known = job.state.snapshots[user.sourceId];
  if (user.managerId === undefined) return known?.manager !== undefined;
  return (
    job.kind === "initial" || job.created.has(user.sourceId) || known?.manager !== user.managerId
  );
}

/** Sets one manager. Gives false when the manager failed in this cycle, so that it is tried again in the next. */
async function setManager(job: Job, user: SourceUser, path: string): Promise<boolean> {
  const targetId = job.state.users[user.sourceId]?.targetId ?? "";
  const { managerId } = user;
  if (managerId === undefined) {
    await send(job, user, spellManager(path, "remove", null, job.dialect), null);
    return true;
  }
  const manager = job.state.users[managerId];
  if (manager === undefined) return job.state.escrows[managerId] === undefined;
  if (manager.departure !== undefined) return true;
  if (!job.created.has(user.sourceId)) {
    if (await job.target.hasReference("User", targetId, "manager", manager.targetId)) return true;
  }
  const known = job.seenManagers.get(user.sourceId) ?? job.state.snapshots[user.sourceId]?.manager;
  const verb = known === undefined ? "add" : "replace";
  await send(job, user, spellManager(path, verb, manager.targetId, job.dialect), manager.targetId);
  return true;
}

async function send(
  job: Job,
  user: SourceUser,
  operation: ReturnType<typeof spellManager>,
  newValue: string | null,
): Promise<void> {
  const targetId = job.state.users[user.sourceId]?.targetId ?? "";
  await job.target.patch("User", targetId, patchBody([operation]));
  const oldValue = job.seenManagers.get(user.sourceId) ?? null;
  recordSuccess(job, user, "SetManager", {
    targetId,
    modified: [{ name: operation.path ?? "manager", oldValue, newValue }],
  });
}

function settleManager(job: Job, user: SourceUser): void {
  const snapshot = job.snapshots.get(user.sourceId) ?? job.state.snapshots[user.sourceId];
  if (snapshot === undefined) return;
  job.snapshots.set(user.sourceId, {
    fingerprint: snapshot.fingerprint,
    ...(user.managerId === undefined ? {} : { manager: user.managerId }),
  });
}
