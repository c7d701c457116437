import { listAccountsMadeByHand } from "#accounts";
import { findPeopleLike } from "#directory";
import { newId, type Transaction } from "#tenancy";
import { scoreMatch, type Local } from "./score.ts";
import { saveSuggestions } from "./store.ts";

type Search = {
  readonly connectionId: string;
  /** The facets of people who have an address, by the address as it stands in the local account. */
  readonly facetsOf: (address: string) => readonly string[];
  /** Only this person made by hand; all of them unless it is given. */
  readonly localId?: string;
};

/**
 * Looks in the people of a connection for those who were here before. Every way they may be recognised by is an index,
 * so it costs as much as there are people made by hand. Called behind the requests, and when somebody is made by hand.
 */
export const suggestCollisions = async (
  tx: Transaction,
  { connectionId, facetsOf, localId }: Search,
): Promise<void> => {
  const locals: readonly Local[] = await listAccountsMadeByHand(tx, localId);
  if (locals.length === 0) return;
  const people = await findPeopleLike(tx, connectionId, {
    facets: locals.flatMap(({ email }) => (email === null ? [] : facetsOf(email))),
    employeeNumbers: locals.flatMap(({ employeeNumber }) => employeeNumber ?? []),
  });
  saveSuggestions(
    tx,
    connectionId,
    locals.flatMap((local) =>
      people.flatMap((person) => {
        const match = scoreMatch(local, person);
        if (match === undefined) return [];
        return { id: newId(), local, userId: person.userId, ...match };
      }),
    ),
  );
};
