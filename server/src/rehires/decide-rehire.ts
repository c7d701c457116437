import { holdPeople, joinAccounts, splitAccounts } from "#accounts";
import type { Person } from "#directory";
import { conflict, notFound } from "#http";
import { record, type Cause, type Change } from "#ledger";
import type { Transaction } from "#tenancy";
import { findRehire, saveState, wentOn, type RehireRow } from "./store.ts";

type Decision = { readonly rehireId: string; readonly cause: Cause };

/**
 * It is the same person: history, items, open recoveries and the role lock of who left go on with who came back. The
 * directory keeps both: the resource that came back has its own id, and the old id stays unknown to it.
 * @throws HttpError 404, 409 when it was decided meanwhile, when who left is back, or who came back has left
 */
export const confirmSame = async (
  tx: Transaction,
  { rehireId, cause }: Decision,
): Promise<void> => {
  const { rehire, former, current } = await hold(tx, rehireId);
  if (rehire.state === "same") throw alreadyJoined(current);
  if (former.deletedAt === null)
    throw conflict(
      `${former.name} is back in the directory`,
      "Both are in the directory now, so they are two people to it. Remove one of them there first.",
    );
  if (current.deletedAt !== null)
    throw conflict(
      `${current.name} has left again`,
      "Only with somebody who is in the directory can a former person be joined.",
    );
  await saveState(tx, rehireId, "same", cause.actor.name);
  recordDecision(tx, cause, rehire, {
    action: "user.rehired",
    sentence: `The same person as ${former.name} who left: employee number ${rehire.employeeNumber}`,
  });
  await joinAccounts(tx, { joinId: rehireId, former, current, cause });
};

/**
 * They are two people, now and for good.
 * @throws HttpError 404, 409 when they were joined meanwhile
 */
export const keepApart = async (tx: Transaction, { rehireId, cause }: Decision): Promise<void> => {
  const { rehire, former, current } = await hold(tx, rehireId);
  if (rehire.state === "same") throw alreadyJoined(current);
  if (rehire.state === "apart") return;
  await saveState(tx, rehireId, "apart", cause.actor.name);
  recordDecision(tx, cause, rehire, {
    action: "user.kept-apart",
    sentence: `Another person than ${former.name} who left, in spite of employee number ${rehire.employeeNumber}`,
  });
};

/**
 * Undoes `confirmSame`: each has what they brought along, and they are kept apart.
 * @throws HttpError 404, 409 when they are not joined, or the person left and was joined once more
 */
export const splitAgain = async (tx: Transaction, { rehireId, cause }: Decision): Promise<void> => {
  const { rehire, former, current } = await hold(tx, rehireId);
  if (rehire.state !== "same")
    throw conflict("They are not joined", "There is nothing to split. Look at the page again.");
  if (await wentOn(tx, current.id))
    throw conflict(
      `${current.name} left and came back once more`,
      "Split the later return first; then this one can be split.",
    );
  await saveState(tx, rehireId, "apart", cause.actor.name);
  recordDecision(tx, cause, rehire, {
    action: "user.split",
    sentence: `Not the same person as ${former.name} who left, after all`,
  });
  await splitAccounts(tx, { joinId: rehireId, former, current, cause });
};

type Held = { readonly rehire: RehireRow; readonly former: Person; readonly current: Person };

/** Holds both people, as every decision about them does, and then reads what was decided before. */
const hold = async (tx: Transaction, rehireId: string): Promise<Held> => {
  const found = await findRehire(tx, rehireId);
  if (found === undefined) throw notFound("Return");
  const people = await holdPeople(tx, [found.formerUserId, found.returnedUserId]);
  const rehire = await findRehire(tx, rehireId);
  const former = people.find(({ id }) => id === found.formerUserId);
  const current = people.find(({ id }) => id === found.returnedUserId);
  if (rehire === undefined || former === undefined || current === undefined)
    throw notFound("Return");
  return { rehire, former, current };
};

const alreadyJoined = ({ name }: Person) =>
  conflict("They are joined already", `Split ${name} from who left first, if that was wrong.`);

const recordDecision = (
  tx: Transaction,
  cause: Cause,
  { id, tenantId, formerUserId, returnedUserId, returned, state }: RehireRow,
  { action, sentence }: Pick<Change, "action" | "sentence">,
): void => {
  record(tx, cause, [
    {
      action,
      sentence,
      subject: { kind: "user", id: returnedUserId, name: returned.name },
      tenantId,
      before: { state },
      after: { rehireId: id, formerUserId },
    },
  ]);
};
