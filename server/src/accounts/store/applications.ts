import { query } from "#database";
import type { Cause } from "#ledger";
import { newId, type Transaction } from "#tenancy";

/** Deciding everybody again after a rule edit, or letting go what was held (of one kind, or all). */
type Deed =
  | { readonly deed: "rules" }
  | { readonly deed: "release"; readonly heldKind: string | null };

export const insertApplication = async (
  tx: Transaction,
  connectionId: string,
  { cause, total, ...deed }: Deed & { cause: Cause; total: number },
) => {
  await tx.run(
    query
      .updateTable("roleApplications")
      .set({ finishedAt: tx.now, error: "A later edit took its place." })
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("deed", "=", deed.deed)
      .where("finishedAt", "is", null),
  );
  const id = newId();
  const [application] = await tx.run(
    query
      .insertInto("roleApplications")
      .values({
        orgId: tx.orgId,
        id,
        connectionId,
        // What the edit changed later is an effect of the same deed.
        causeId: cause.id ?? id,
        causeSentence: cause.sentence,
        actorId: cause.actor.id,
        actorName: cause.actor.name,
        total,
        ...deed,
        startedAt: tx.now,
      })
      .returningAll(),
  );
  return application!;
};

export const findApplication = (tx: Transaction, id: string) =>
  tx.first(
    query
      .selectFrom("roleApplications")
      .selectAll()
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );

/** Held until the transaction ends, so that one worker at a time goes on with it. */
export const lockApplication = (tx: Transaction, id: string) =>
  tx.first(
    query
      .selectFrom("roleApplications")
      .selectAll()
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .forUpdate(),
  );

export const findLatestApplication = (
  tx: Transaction,
  connectionId: string,
  deed: Deed["deed"] = "rules",
) =>
  tx.first(
    query
      .selectFrom("roleApplications")
      .selectAll()
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("deed", "=", deed)
      .orderBy("id", "desc")
      .limit(1),
  );

export const advanceApplication = (
  tx: Transaction,
  id: string,
  step: { position: string; done: number; changed: number },
): void => {
  tx.defer(
    query
      .updateTable("roleApplications")
      .set((eb) => ({
        position: step.position,
        error: null,
        done: eb("done", "+", step.done),
        changed: eb("changed", "+", step.changed),
      }))
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

export const finishApplication = (tx: Transaction, id: string): void => {
  tx.defer(
    query
      .updateTable("roleApplications")
      .set({ finishedAt: tx.now, error: null })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .where("finishedAt", "is", null),
  );
};

/** What its last step failed of; the next one that works takes it away. */
export const noteFailure = async (tx: Transaction, id: string, error: string): Promise<void> => {
  await tx.run(
    query
      .updateTable("roleApplications")
      .set({ error })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .where("finishedAt", "is", null),
  );
};

export type ApplicationRow = NonNullable<Awaited<ReturnType<typeof findApplication>>>;
