import type { Resource } from "@muster/scim";
import { lockDocumentsAfter, writeDocuments } from "#directory";
import { defineJob } from "#jobs";
import { record, type Cause } from "#ledger";
import type { Organisations, OrgId, Transaction } from "#tenancy";
import { composeDialect, type Dialect } from "../dialect/dialect.ts";
import { findSettled } from "../dialect/store.ts";
import { describeDifference } from "../resources/difference.ts";
import { toDirectoryUser } from "../resources/user.ts";
import { readAgain } from "./read-again.ts";
import { forgetSeenCounts, noteSeen } from "./seen-store.ts";
import { seenIn } from "./seen.ts";
import { advanceReading, finishReading, lockReading, type ReadingRow } from "./store.ts";

/** Reads everybody of a connection anew after its attribute definitions were changed. */
export const readEverybodyJob = defineJob<{
  orgId: string;
  connectionId: string;
  readingId: string;
}>("read-attributes");

const peoplePerStep = 200;

/**
 * Goes on with a reading until it has been through everybody. Each step is a transaction that also moves the position,
 * so whoever takes over after a crash starts where the last step ended. It holds the connection as a request does: the
 * definitions stay as they are until the step ends.
 */
export const readEverybody = async (
  organisations: Organisations,
  orgId: OrgId,
  { connectionId, readingId }: { connectionId: string; readingId: string },
): Promise<void> => {
  const hold = { key: connectionId, mode: "shared" } as const;
  while (await organisations.within(orgId, (tx) => readStep(tx, readingId), { hold }));
};

/** Gives false when nothing is left to do. */
const readStep = async (tx: Transaction, readingId: string): Promise<boolean> => {
  const reading = await lockReading(tx, readingId);
  if (reading === undefined) return false;
  const { connectionId, position } = reading;
  const settled = await findSettled(tx, connectionId);
  const people = await lockDocumentsAfter(tx, connectionId, { position, limit: peoplePerStep });
  const last = people.at(-1);
  if (last === undefined || settled === undefined) {
    finishReading(tx, readingId);
    return false;
  }
  const dialect = composeDialect(settled);
  if (position === null) await forgetSeenCounts(tx, connectionId);
  const changed = rewrite(tx, { reading, dialect }, people);
  advanceReading(tx, readingId, { position: last.id, done: people.length, changed });
  return true;
};

type Person = { readonly id: string; readonly name: string; readonly document: unknown };

/** Gives how many say something else now; the others are only found differently. */
const rewrite = (
  tx: Transaction,
  { reading, dialect }: { reading: ReadingRow; dialect: Dialect },
  people: readonly Person[],
): number => {
  const connection = { id: reading.connectionId };
  const read = people.flatMap(({ id, name, document }) => {
    const before = document as Resource;
    if (!Object.keys(before).some((key) => key.includes(":"))) return [];
    const user = toDirectoryUser({ connection, dialect }, id, readAgain(dialect, before));
    return [{ name, before, user, difference: describeDifference(before, user.document) }];
  });
  writeDocuments(
    tx,
    read.map(({ user, difference }) => ({ ...user, isChanged: difference !== null })),
  );
  noteSeen(
    tx,
    connection.id,
    read.flatMap(({ user }) => seenIn(dialect.user, {}, user.document)),
  );
  const changes = read.filter(({ difference }) => difference !== null);
  record(
    tx,
    causeOf(reading),
    changes.map(({ user, name, difference }) => ({
      action: "user.changed",
      sentence: `${difference!.sentence}, read by its definition`,
      subject: { kind: "user", id: user.id, name },
      ...difference!.values,
    })),
  );
  return changes.length;
};

const causeOf = ({ causeSentence, actorId, actorName }: ReadingRow): Cause => ({
  kind: "administrator",
  id: null,
  sentence: causeSentence,
  actor: { id: actorId, name: actorName },
});
