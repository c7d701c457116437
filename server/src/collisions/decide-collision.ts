import { holdPeople, joinLocalAccount, splitLocalAccount } from "#accounts";
import type { Person } from "#directory";
import { conflict, notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { findCollision, saveDecision, type CollisionRow } from "./store.ts";

type Decision = { readonly collisionId: string; readonly cause: Cause };

/**
 * It is the same person: history, items, password and sessions of the one made by hand go on with the directory's
 * Sub Account of that tenant; their role too, as a lock, where it is to be kept.
 * @throws HttpError 404, 409 when it was decided meanwhile, when the person has left or has no Sub Account in that tenant,
 *   and when the organisation would lose its last local Administrator
 */
export const confirmCollision = async (
  tx: Transaction,
  { collisionId, cause, keepRole }: Decision & { readonly keepRole: boolean },
): Promise<void> => {
  const { collision, person } = await hold(tx, collisionId);
  if (collision.state === "same") throw alreadyJoined(person);
  if (person.deletedAt !== null)
    throw conflict(
      `${person.name} has left the directory`,
      "Only with somebody who is in the directory can a person made by hand be joined.",
    );
  const { localAccountId: localId } = collision;
  const { formerStatus } = await joinLocalAccount(tx, {
    joinId: collisionId,
    localId,
    person,
    keepRole,
    cause,
  });
  await saveDecision(tx, collisionId, {
    state: "same",
    decidedBy: cause.actor.name,
    localStatus: formerStatus,
  });
  recordDecision(tx, cause, collision, {
    action: "user.collision-confirmed",
    sentence: `The same person as ${collision.local.name}, who was made by hand`,
  });
};

/**
 * They are two people, now and for good.
 * @throws HttpError 404, 409 when they were joined meanwhile
 */
export const keepApart = async (
  tx: Transaction,
  { collisionId, cause }: Decision,
): Promise<void> => {
  const { collision, person } = await hold(tx, collisionId);
  if (collision.state === "same") throw alreadyJoined(person);
  if (collision.state === "apart") return;
  await saveDecision(tx, collisionId, { state: "apart", decidedBy: cause.actor.name });
  recordDecision(tx, cause, collision, {
    action: "user.kept-apart",
    sentence: `Another person than ${collision.local.name}, who was made by hand`,
  });
};

/**
 * Undoes `confirmCollision`: each has what they brought along, and they are kept apart.
 * @throws HttpError 404, 409 when they are not joined
 */
export const splitCollision = async (
  tx: Transaction,
  { collisionId, cause }: Decision,
): Promise<void> => {
  const { collision, person } = await hold(tx, collisionId);
  if (collision.state !== "same")
    throw conflict("They are not joined", "There is nothing to split. Look at the page again.");
  await splitLocalAccount(tx, {
    joinId: collisionId,
    localId: collision.localAccountId,
    person,
    status: collision.localStatus === "active" ? "active" : "disabled",
    cause,
  });
  await saveDecision(tx, collisionId, { state: "apart", decidedBy: cause.actor.name });
  recordDecision(tx, cause, collision, {
    action: "user.split",
    sentence: `Not the same person as ${collision.local.name}, after all`,
  });
};

/** Holds the person, as every decision about them does, and then reads what was decided before. */
const hold = async (
  tx: Transaction,
  id: string,
): Promise<{ collision: CollisionRow; person: Person }> => {
  const found = await findCollision(tx, id);
  if (found === undefined) throw notFound("Match");
  const [person] = await holdPeople(tx, [found.userId]);
  const collision = await findCollision(tx, id);
  if (collision === undefined || person === undefined) throw notFound("Match");
  return { collision, person };
};

const alreadyJoined = ({ name }: Person) =>
  conflict("They are joined already", `Split ${name} first, if that was wrong.`);

const recordDecision = (
  tx: Transaction,
  cause: Cause,
  { id, tenantId, userId, person, localAccountId, state, reasons }: CollisionRow,
  { action, sentence }: { action: string; sentence: string },
): void => {
  record(tx, cause, [
    {
      action,
      sentence,
      subject: { kind: "user", id: userId, name: person.name },
      tenantId,
      before: { state },
      after: { collisionId: id, localAccountId, reasons },
    },
  ]);
};
