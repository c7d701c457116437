import { listPeopleAfter, lockPeople } from "#directory";
import { HttpError } from "#http";
import { defineJob } from "#jobs";
import type { Cause } from "#ledger";
import type { Organisations, OrgId, Transaction } from "#tenancy";
import { applyDecisions, releaseDecisions } from "./apply-decisions.ts";
import { settleGuard } from "./hold/guard.ts";
import { listHeldAfter } from "./store/held-changes.ts";
import {
  advanceApplication,
  findApplication,
  finishApplication,
  lockApplication,
  noteFailure,
  type ApplicationRow,
} from "./store/applications.ts";

/** Decides everybody of a connection again after its rules were edited, or whoever is held to let them go. */
export const applyRulesJob = defineJob<{ orgId: string; applicationId: string }>("apply-rules");

const peoplePerStep = 200;

/**
 * Goes on with an application until everybody is decided. Each step is a transaction that also moves the position, so
 * whoever takes over after a crash starts where the last step ended; nobody is ever half decided. It holds the
 * connection as a request does: the rules, and the roles they give, stay until the step ends.
 */
export const applyRules = async (
  organisations: Organisations,
  orgId: OrgId,
  applicationId: string,
): Promise<void> => {
  const application = await organisations.within(orgId, (tx) => findApplication(tx, applicationId));
  if (application === undefined) return;
  const hold = { key: application.connectionId, mode: "shared" } as const;
  try {
    while (await organisations.within(orgId, (tx) => applyStep(tx, applicationId), { hold }));
  } catch (error) {
    // Whoever waits for it is told; the job is tried again.
    await organisations
      .within(orgId, (tx) => noteFailure(tx, applicationId, sayFailure(error)))
      .catch(() => undefined);
    throw error;
  }
};

const sayFailure = (error: unknown): string =>
  error instanceof HttpError
    ? `${error.title}. ${error.message}`
    : "Something in Muster failed, and its log says what.";

/** Gives false when nothing is left to do. */
const applyStep = async (tx: Transaction, applicationId: string): Promise<boolean> => {
  const application = await lockApplication(tx, applicationId);
  if (application === undefined || application.finishedAt !== null) return false;
  const { connectionId } = application;
  const isReleased = application.deed === "release";
  const ids = await idsOfStep(tx, application);
  const last = ids.at(-1);
  if (last === undefined) {
    finishApplication(tx, applicationId);
    if (isReleased) await settleGuard(tx, connectionId);
    return false;
  }
  const people = await lockPeople(tx, ids);
  const cause = causeOf(application);
  const decide = isReleased ? releaseDecisions : applyDecisions;
  const changes = await decide(tx, connectionId, people, cause);
  advanceApplication(tx, applicationId, {
    position: last,
    // The deleted are decided too, but the total counts whom the directory has.
    done: people.filter(({ deletedAt }) => deletedAt === null).length,
    changed: changes.length,
  });
  return true;
};

const idsOfStep = async (
  tx: Transaction,
  { deed, connectionId, position, heldKind }: ApplicationRow,
): Promise<string[]> => {
  const walk = { position, limit: peoplePerStep };
  if (deed === "release") return listHeldAfter(tx, connectionId, { ...walk, kind: heldKind });
  return (await listPeopleAfter(tx, connectionId, walk)).map(({ id }) => id);
};

const causeOf = (application: ApplicationRow): Cause => ({
  kind: application.deed === "release" ? "administrator" : "rules",
  id: application.causeId,
  sentence: application.causeSentence,
  actor: { id: application.actorId, name: application.actorName },
});
