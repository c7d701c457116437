import { lockPeople } from "#directory";
import type { Jobs } from "#jobs";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { releaseDecisions } from "./apply-decisions.ts";
import { applyRulesJob } from "./apply-rules.ts";
import { requireDefaultRole } from "./edit-rules.ts";
import type { HeldKind } from "./held-kind.ts";
import { settleGuard } from "./hold/guard.ts";
import { insertApplication, type ApplicationRow } from "./store/applications.ts";
import { countHeld, countHeldOf, discardHeld } from "./store/held-changes.ts";

type Chosen = { readonly connectionId: string; readonly cause: Cause };

/**
 * Lets what was held of some people take effect, at once. A tenant's last Administrator stays held.
 * @returns how many Sub Accounts changed, and how many people are held still
 */
export const releasePeople = async (
  tx: Transaction,
  { connectionId, cause, userIds }: Chosen & { readonly userIds: readonly string[] },
): Promise<{ changed: number; stillHeld: number }> => {
  const people = (await lockPeople(tx, userIds)).filter(
    (person) => person.connectionId === connectionId,
  );
  const changes = await releaseDecisions(tx, connectionId, people, cause);
  await settleGuard(tx, connectionId);
  return { changed: changes.length, stillHeld: await countHeldOf(tx, userIds) };
};

/** Starts letting everything (or one kind) take effect in the background, with progress. */
export const releaseAll = async (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause, kind }: Chosen & { readonly kind?: HeldKind | undefined },
): Promise<ApplicationRow> => {
  const { tenantId } = await requireDefaultRole(tx, connectionId);
  const total = await countHeld(tx, connectionId, { kind, isDiscarded: false });
  record(tx, cause, [
    {
      action: "connection.held-released",
      sentence: `Let go what was held of ${total} ${total === 1 ? "person" : "people"}`,
      subject: { kind: "connection", id: connectionId, name: "Held changes" },
      tenantId,
      after: { people: total, kind: kind ?? null },
    },
  ]);
  const application = await insertApplication(tx, connectionId, {
    cause,
    deed: "release",
    heldKind: kind ?? null,
    total,
  });
  await jobs.send(tx, applyRulesJob, { orgId: tx.orgId, applicationId: application.id });
  return application;
};

const mostNamed = 1000;

/**
 * Leaves people as they are although the directory wants otherwise, until it wants something else again. Gives how many.
 * @param userIds whom; without it everybody held (of one kind)
 */
export const discardChanges = async (
  tx: Transaction,
  {
    connectionId,
    cause,
    ...chosen
  }: Chosen & {
    readonly userIds?: readonly string[] | undefined;
    readonly kind?: HeldKind | undefined;
  },
): Promise<number> => {
  const { tenantId } = await requireDefaultRole(tx, connectionId);
  const discarded = await discardHeld(tx, connectionId, { ...chosen, by: cause.actor.name });
  record(tx, cause, [
    {
      action: "connection.held-discarded",
      sentence: `Left ${discarded.length} ${discarded.length === 1 ? "person" : "people"} as they are`,
      subject: { kind: "connection", id: connectionId, name: "Held changes" },
      tenantId,
      after: { people: discarded.length },
    },
    ...discarded.slice(0, mostNamed).map(({ userId, accountId, name, sentences }) => ({
      action: "account.held-discarded",
      sentence: `Left as it is, not: ${sentences.join("; ")}`,
      subject:
        accountId === null
          ? { kind: "user", id: userId, name }
          : { kind: "account", id: accountId, name },
      tenantId,
    })),
  ]);
  await settleGuard(tx, connectionId);
  return discarded.length;
};
