import { foldForSearch, query, searchPatterns, statement, type DB } from "#database";
import type { Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";
import type { HeldKind } from "../held-kind.ts";

export type HeldChange = {
  readonly userId: string;
  readonly because: "dry-run" | "guard" | "last-administrator";
  readonly kind: HeldKind;
  readonly name: string;
  /** What would happen, a sentence for each account and thing. */
  readonly sentences: readonly string[];
  /** Null for a person who has no Sub Account yet. */
  readonly accountId: string | null;
  /** The same for the same wish of the directory. */
  readonly outcome: string;
};

/** Writes down what is held of some people, in place of what was held of them before. */
export const saveHeld = (
  tx: Transaction,
  connectionId: string,
  { cause, changes }: { cause: Cause; changes: readonly HeldChange[] },
): void => {
  if (changes.length === 0) return;
  const rows = changes.map((change) => ({
    user_id: change.userId,
    because: change.because,
    kind: change.kind,
    name: change.name,
    sort_name: foldForSearch(change.name),
    search: foldForSearch(change.name),
    sentences: change.sentences,
    account_id: change.accountId,
    outcome: change.outcome,
  }));
  tx.defer(
    statement(sql`
      insert into held_changes (org_id, connection_id, held_at, cause_kind, cause_id, cause_sentence,
        user_id, because, kind, name, sort_name, search, sentences, account_id, outcome)
      select ${tx.orgId}::uuid, ${connectionId}::uuid, ${tx.now}::timestamptz, ${cause.kind}::text, ${cause.id}::uuid,
        ${cause.sentence}::text, change.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as change (user_id uuid, because text, kind text, name text,
        sort_name text, search text, sentences text[], account_id uuid, outcome text)
      on conflict (org_id, user_id) do update set
        because = excluded.because, kind = excluded.kind, name = excluded.name, sort_name = excluded.sort_name,
        search = excluded.search, sentences = excluded.sentences, account_id = excluded.account_id,
        outcome = excluded.outcome, held_at = excluded.held_at, cause_kind = excluded.cause_kind,
        cause_id = excluded.cause_id, cause_sentence = excluded.cause_sentence, discarded_at = null, discarded_by = null`),
  );
};

/** Nothing is held of these people any more. */
export const forgetHeld = (tx: Transaction, userIds: readonly string[]): void => {
  if (userIds.length === 0) return;
  tx.defer(
    query
      .deleteFrom("heldChanges")
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("userId", "=", eb.fn.any(eb.val([...userIds])))),
  );
};

export type HeldFilter = {
  readonly kind?: HeldKind | undefined;
  readonly search?: string | undefined;
  readonly isDiscarded: boolean;
};

/** By name, from the row after `after` (its sort name and person) on. */
export const listHeld = (
  tx: Transaction,
  connectionId: string,
  filter: HeldFilter,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
) => {
  let select = query
    .selectFrom("heldChanges")
    .select([
      "userId",
      "because",
      "kind",
      "name",
      "sortName",
      "sentences",
      "accountId",
      "heldAt",
      "causeKind",
      "causeId",
      "causeSentence",
      "discardedAt",
      "discardedBy",
    ])
    .where((eb) => matches(tx, connectionId, filter, eb))
    .orderBy("sortName")
    .orderBy("userId")
    .limit(limit);
  if (after !== undefined)
    select = select.where(
      sql<SqlBool>`(sort_name, user_id) > (${after[0]}::text, ${after[1]}::uuid)`,
    );
  return tx.run(select);
};

export const countHeld = async (
  tx: Transaction,
  connectionId: string,
  filter: HeldFilter,
): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("heldChanges")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where((eb) => matches(tx, connectionId, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

/** How many of these people are held. */
export const countHeldOf = async (tx: Transaction, userIds: readonly string[]): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("heldChanges")
      .select((eb) => eb.fn.countAll<string>().as("people"))
      .where("orgId", "=", tx.orgId)
      .where("discardedAt", "is", null)
      .where((eb) => eb("userId", "=", eb.fn.any(eb.val([...userIds])))),
  );
  return Number(row?.people ?? 0);
};

/** How many people are held, by kind; the discarded apart. */
export const summarizeHeld = async (tx: Transaction, connectionId: string) => {
  const rows = await tx.run(
    query
      .selectFrom("heldChanges")
      .select((eb) => [
        "kind",
        eb.fn.countAll<string>().filterWhere("discardedAt", "is", null).as("held"),
        eb.fn.countAll<string>().filterWhere("discardedAt", "is not", null).as("discarded"),
      ])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .groupBy("kind"),
  );
  return {
    held: rows.reduce((sum, { held }) => sum + Number(held), 0),
    discarded: rows.reduce((sum, { discarded }) => sum + Number(discarded), 0),
    byKind: rows
      .map(({ kind, held }) => ({ kind: kind as HeldKind, people: Number(held) }))
      .filter(({ people }) => people > 0),
  };
};

/** Whether anybody waits whom a dry run or the guard holds. */
export const isAnybodyHeld = async (tx: Transaction, connectionId: string): Promise<boolean> => {
  const row = await tx.first(
    query
      .selectFrom("heldChanges")
      .select("userId")
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("discardedAt", "is", null)
      .where("because", "!=", "last-administrator")
      .limit(1),
  );
  return row !== undefined;
};

/** The people held (or of one kind), in the order of their ids, after `position`: a resumable walk. */
export const listHeldAfter = async (
  tx: Transaction,
  connectionId: string,
  walk: { position: string | null; limit: number; kind?: string | null },
): Promise<string[]> => {
  let select = query
    .selectFrom("heldChanges")
    .select("userId")
    .where("orgId", "=", tx.orgId)
    .where("connectionId", "=", connectionId)
    .where("discardedAt", "is", null)
    .orderBy("userId")
    .limit(walk.limit);
  if (walk.position !== null) select = select.where("userId", ">", walk.position);
  if (walk.kind) select = select.where("kind", "=", walk.kind);
  return (await tx.run(select)).map(({ userId }) => userId);
};

/** Leaves things as they are: of some people, of one kind, or of everybody. Gives who. */
export const discardHeld = async (
  tx: Transaction,
  connectionId: string,
  chosen: { userIds?: readonly string[] | undefined; kind?: HeldKind | undefined; by: string },
) => {
  const { userIds, kind } = chosen;
  let update = query
    .updateTable("heldChanges")
    .set({ discardedAt: tx.now, discardedBy: chosen.by })
    .where("orgId", "=", tx.orgId)
    .where("connectionId", "=", connectionId)
    .where("discardedAt", "is", null);
  if (userIds !== undefined)
    update = update.where((eb) => eb("userId", "=", eb.fn.any(eb.val([...userIds]))));
  if (kind !== undefined) update = update.where("kind", "=", kind);
  return tx.run(update.returning(["userId", "name", "accountId", "sentences"]));
};

/** What is held of one person. */
export const findHeld = (tx: Transaction, userId: string) =>
  tx.first(
    query
      .selectFrom("heldChanges")
      .select(["because", "sentences", "heldAt", "discardedAt", "discardedBy"])
      .where("orgId", "=", tx.orgId)
      .where("userId", "=", userId),
  );

const matches = (
  tx: Transaction,
  connectionId: string,
  { kind, search, isDiscarded }: HeldFilter,
  eb: ExpressionBuilder<DB, "heldChanges">,
) => {
  const conditions: Expression<SqlBool>[] = [
    eb("orgId", "=", tx.orgId),
    eb("connectionId", "=", connectionId),
    eb("discardedAt", isDiscarded ? "is not" : "is", null),
  ];
  if (kind !== undefined) conditions.push(eb("kind", "=", kind));
  for (const pattern of searchPatterns(search ?? ""))
    conditions.push(eb("search", "like", pattern));
  return eb.and(conditions);
};

export type HeldRow = Awaited<ReturnType<typeof listHeld>>[number];
