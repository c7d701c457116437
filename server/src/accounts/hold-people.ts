import { connectionsOf, lockPeople, type Person } from "#directory";
import { holdShared, type Transaction } from "#tenancy";

/**
 * Holds people of the directory as a request does, before what an administrator decides about them: first the rules of
 * their connections, together with requests, then themselves. So nobody is decided about by rules that are being edited.
 * Nothing of theirs may be held before.
 */
export const holdPeople = async (tx: Transaction, ids: readonly string[]): Promise<Person[]> => {
  await holdShared(tx, await connectionsOf(tx, ids));
  return lockPeople(tx, ids);
};
