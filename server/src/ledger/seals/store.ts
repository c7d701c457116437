import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import { facetWords, toTsquery, type Facets, type Findable } from "../words.ts";
import type { CanonicalEntry, SealFacts } from "./canonical.ts";

/** Where an entry stands in the order in which the ledger took them in. */
export type Place = { readonly transactionId: string; readonly id: string };

export type Seal = SealFacts & { readonly hash: Buffer };

const columns = [
  "orgId",
  "number",
  "firstTransaction",
  "firstId",
  "lastTransaction",
  "lastId",
  "entries",
  "members",
  "previous",
  "hash",
  "sealedAt",
] as const;

const seals = (tx: Transaction) =>
  query.selectFrom("ledgerSeals").select(columns).where("orgId", "=", tx.orgId);

export const findLastSeal = (tx: Transaction): Promise<Seal | undefined> =>
  tx.first(seals(tx).orderBy("number", "desc").limit(1));

/** The seal after `number`, whatever it is called: one that was removed leaves a gap to be told. */
export const findSealAfter = (tx: Transaction, number: number): Promise<Seal | undefined> =>
  tx.first(seals(tx).where("number", ">", number).orderBy("number").limit(1));

/** The seal over a place, if it is sealed yet. */
export const findSealOver = (tx: Transaction, { transactionId, id }: Place) =>
  tx.first(
    query
      .selectFrom("ledgerSeals")
      .select(["number", "hash", "sealedAt"])
      .where("orgId", "=", tx.orgId)
      .where(sql<boolean>`(last_transaction, last_id) >= (${transactionId}::bigint, ${id}::uuid)`)
      .where(sql<boolean>`(first_transaction, first_id) <= (${transactionId}::bigint, ${id}::uuid)`)
      .orderBy("number")
      .limit(1),
  );

/** One worker at a time seals an organisation's ledger. Gives false when another does. */
export const holdSealing = async (tx: Transaction): Promise<boolean> => {
  const row = await tx.first(
    statement<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended('seal ' || ${tx.orgId}::text, 0)) as held`,
    ),
  );
  return row?.held === true;
};

/** Every transaction before this one is over: what it wrote is there, and nothing of it will still come. */
export const readHorizon = async (tx: Transaction): Promise<bigint> => {
  const row = await tx.first(
    statement<{ horizon: string }>(sql`select ledger_horizon() as horizon`),
  );
  return BigInt(row!.horizon);
};

export type SealableEntry = CanonicalEntry & Findable & { readonly moment: Date };

type Range = { readonly after: Place | undefined; readonly upTo?: Place; readonly before?: bigint };

/** Entries of a range with everything as text, in order. */
export const readEntries = (
  tx: Transaction,
  range: Range,
  limit: number,
): Promise<SealableEntry[]> => tx.run(selectSealable(tx, range, limit));

export const selectSealable = (tx: Transaction, { after, upTo, before }: Range, limit: number) => {
  const conditions = [sql`org_id = ${tx.orgId}`];
  if (after)
    conditions.push(
      sql`(transaction_id, id) > (${after.transactionId}::bigint, ${after.id}::uuid)`,
    );
  if (upTo)
    conditions.push(sql`(transaction_id, id) <= (${upTo.transactionId}::bigint, ${upTo.id}::uuid)`);
  if (before !== undefined) conditions.push(sql`transaction_id < ${String(before)}::bigint`);
  // The order is by the column, a number, and not by what is selected under its name, a text.
  return statement<SealableEntry>(sql`
      select org_id, transaction_id::text, id, (extract(epoch from at) * 1000000)::bigint::text as at, tenant_id, action,
        sentence, subject_kind, subject_id, subject_name, actor_id, actor_name, cause_kind, cause_id, cause_sentence,
        before::text, after::text, at as moment
      from ledger where ${sql.join(conditions, sql` and `)} order by ledger.transaction_id, ledger.id limit ${limit}`);
};

type NewSeal = Seal & {
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly words: readonly string[];
  /** What was done, each once: "tenant kind-of-subject action", with "-" for no tenant. */
  readonly deeds: readonly string[];
};

export const insertSeal = (tx: Transaction, { words, deeds, ...seal }: NewSeal): void => {
  tx.defer(
    query.insertInto("ledgerSeals").values({
      ...seal,
      deeds: [...deeds],
      words: sql`array_to_tsvector(${[...words]}::text[])`,
    }),
  );
};

export const readSealWords = async (tx: Transaction, number: number): Promise<string[]> => {
  const row = await tx.first(
    statement<{ words: string[] }>(
      sql`select tsvector_to_array(words) as words from ledger_seals where org_id = ${tx.orgId} and number = ${number}`,
    ),
  );
  return row?.words ?? [];
};

/** What a stretch of the ledger is found by. */
export type Clues = {
  readonly facets: Facets;
  /** How the words begin that somebody typed. */
  readonly begins: readonly string[];
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
};

/** A sealed stretch of the ledger, both ends included. */
export type Stretch = { readonly number: number; readonly first: Place; readonly last: Place };

/** Sealed stretches in which there may be something, newest first, from below the seal `below` on. */
export const listStretches = async (
  tx: Transaction,
  { facets, begins, from, to }: Clues,
  { below, limit }: { below: number | undefined; limit: number },
): Promise<Stretch[]> => {
  let select = query
    .selectFrom("ledgerSeals")
    .select(["number", "firstTransaction", "firstId", "lastTransaction", "lastId"])
    .where("orgId", "=", tx.orgId)
    .orderBy("number", "desc")
    .limit(limit);
  if (below !== undefined) select = select.where("number", "<", below);
  if (from !== undefined) select = select.where("lastAt", ">=", from);
  if (to !== undefined) select = select.where("firstAt", "<", to);
  if (begins.length > 0 || facetWords(facets).length > 0)
    select = select.where(sql<boolean>`words @@ ${toTsquery(facets, begins)}::tsquery`);
  return (await tx.run(select)).map((seal) => ({
    number: seal.number,
    first: { transactionId: seal.firstTransaction, id: seal.firstId },
    last: { transactionId: seal.lastTransaction, id: seal.lastId },
  }));
};

/** The number of the seal over a place, or of the last one before it. */
export const findSealNumber = async (tx: Transaction, place: Place): Promise<number> => {
  const row = await tx.first(
    statement<{ number: number | null }>(sql`
      select max(number) as number from ledger_seals where org_id = ${tx.orgId}
        and (first_transaction, first_id) <= (${place.transactionId}::bigint, ${place.id}::uuid)`),
  );
  return row?.number ?? 0;
};
