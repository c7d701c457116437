import { listPeopleAfter, lockPeople } from "#directory";
import { defineJob } from "#jobs";
import type { Cause } from "#ledger";
import type { Organisations, OrgId, Transaction } from "#tenancy";
import { applyDecisions } from "./apply-decisions.ts";
import {
  advanceApplication,
  finishApplication,
  lockApplication,
  type ApplicationRow,
} from "./store/applications.ts";

/** Decides everybody of a connection again after its rules were edited. */
export const applyRulesJob = defineJob<{ orgId: string; applicationId: string }>("apply-rules");

const peoplePerStep = 200;

/**
 * Goes on with an application until everybody is decided. Each step is a transaction that also moves the position, so
 * whoever takes over after a crash starts where the last step ended; nobody is ever half decided.
 */
export const applyRules = async (
  organisations: Organisations,
  orgId: OrgId,
  applicationId: string,
): Promise<void> => {
  while (await organisations.within(orgId, (tx) => applyStep(tx, applicationId)));
};

/** Gives false when nothing is left to do. */
const applyStep = async (tx: Transaction, applicationId: string): Promise<boolean> => {
  const application = await lockApplication(tx, applicationId);
  if (application === undefined || application.finishedAt !== null) return false;
  const { connectionId, position } = application;
  const ids = (await listPeopleAfter(tx, connectionId, { position, limit: peoplePerStep })).map(
    ({ id }) => id,
  );
  const last = ids.at(-1);
  if (last === undefined) {
    finishApplication(tx, applicationId);
    return false;
  }
  const people = await lockPeople(tx, ids);
  const changes = await applyDecisions(tx, connectionId, people, causeOf(application));
  advanceApplication(tx, applicationId, {
    position: last,
    // The deleted are decided too, but the total counts whom the directory has.
    done: people.filter(({ deletedAt }) => deletedAt === null).length,
    changed: changes.length,
  });
  return true;
};

const causeOf = (application: ApplicationRow): Cause => ({
  kind: "rules",
  id: application.causeId,
  sentence: application.causeSentence,
  actor: { id: application.actorId, name: application.actorName },
});
