import type { Transaction } from "#tenancy";
import { sql, type SqlBool } from "kysely";
import {
  findLastSeal,
  findSealNumber,
  listStretches,
  type Clues,
  type Place,
} from "../seals/store.ts";
import { endOf } from "../seals/seal-ledger.ts";
import { hasWords, wordsOf } from "../words.ts";
import { selectEntries, type EntryRow, type LedgerFilter } from "./filter.ts";

type Asked = {
  /** Only what the ledger took in before this place. */
  readonly before: Place | undefined;
  readonly limit: number;
};

type Found = {
  readonly rows: EntryRow[];
  /** Where to go on looking; null when there is nothing more. */
  readonly next: Place | null;
};

/** As far as one call goes through stretches that turn out to have nothing: it then gives what it has, and where to go on. */
const mostStretches = 200;
const stretchesAtOnce = 50;
const rowsAtOnce = 500;

/**
 * Entries that match, newest first. What no index of the ledger answers (an action, an actor, words) is looked for in the
 * stretches that the seals say may have it, so that neither a rare filter nor a common one reads much more than it gives.
 */
export const findEntries = async (
  tx: Transaction,
  filter: LedgerFilter,
  { before, limit }: Asked,
): Promise<Found> => {
  const begins = wordsOf(filter.search ?? "");
  const rows: EntryRow[] = [];
  let visited = 0;
  for await (const stretch of stretches(tx, filter, begins, before)) {
    const wanted = limit + 1 - rows.length;
    rows.push(...(await readStretch(tx, filter, begins, { ...stretch, before, wanted })));
    if (rows.length > limit) return { rows: rows.slice(0, limit), next: placeOf(rows[limit - 1]!) };
    visited += 1;
    if (visited > mostStretches && stretch.from !== undefined) return { rows, next: stretch.from };
  }
  return { rows, next: null };
};

export const placeOf = ({ transactionId, id }: EntryRow): Place => ({ transactionId, id });

type Bounds = {
  /** After this place; or from this place on. */
  readonly after?: Place;
  readonly from?: Place;
  readonly upTo?: Place;
};

/** The stretches of the ledger that may have something, newest first. */
async function* stretches(
  tx: Transaction,
  filter: LedgerFilter,
  begins: readonly string[],
  before: Place | undefined,
): AsyncGenerator<Bounds> {
  const { noun, action, actorId, causeKind, tenantId, from, to } = filter;
  const facets = { noun, action, actorId, causeKind, tenantId };
  const clues: Clues = { facets, begins, from, to };
  const isNarrow = filter.subjectId !== undefined || filter.causeId !== undefined;
  const isOpen = begins.length === 0 && Object.values({ ...facets, from, to }).every(isAbsent);
  if (isNarrow || isOpen) {
    yield {};
    return;
  }
  const end = endOf(await findLastSeal(tx));
  const isAllBeforeSealed = end !== undefined && before !== undefined && !isAfter(before, end);
  // What is not sealed yet is a minute's worth: it is read through.
  if (!isAllBeforeSealed) yield end === undefined ? {} : { after: end };
  let below = before === undefined ? undefined : (await findSealNumber(tx, before)) + 1;
  for (;;) {
    const some = await listStretches(tx, clues, { below, limit: stretchesAtOnce });
    for (const { first, last } of some) yield { from: first, upTo: last };
    if (some.length < stretchesAtOnce) return;
    below = some.at(-1)?.number;
  }
}

const isAbsent = (value: unknown): boolean => value === undefined;

const isAfter = (one: Place, other: Place): boolean =>
  BigInt(one.transactionId) > BigInt(other.transactionId) ||
  (one.transactionId === other.transactionId && one.id > other.id);

type Reading = Bounds & { readonly before: Place | undefined; readonly wanted: number };

const readStretch = async (
  tx: Transaction,
  filter: LedgerFilter,
  begins: readonly string[],
  { from, after, upTo, before, wanted }: Reading,
): Promise<EntryRow[]> => {
  const found: EntryRow[] = [];
  const chunk = begins.length === 0 ? wanted : rowsAtOnce;
  let below = before;
  for (;;) {
    let select = selectEntries(tx, filter).limit(chunk);
    if (from !== undefined) select = select.where(placed(">=", from));
    if (after !== undefined) select = select.where(placed(">", after));
    if (upTo !== undefined) select = select.where(placed("<=", upTo));
    if (below !== undefined) select = select.where(placed("<", below));
    for (const begin of begins) select = select.where(mayHave(begin));
    const rows = await tx.run(select);
    found.push(...rows.filter((row) => hasWords(row, begins)));
    const last = rows.at(-1);
    if (rows.length < chunk || found.length >= wanted || last === undefined)
      return found.slice(0, wanted);
    below = placeOf(last);
  }
};

/**
 * SQL: leaves out most entries that cannot have a word that begins so, where they are, instead of bringing them here to be
 * looked through. Only ASCII is told there: how other letters are folded is known here.
 */
const mayHave = (begin: string) => {
  const text = sql`concat_ws(' ', sentence, subject_name, actor_name, cause_sentence) collate "C"`;
  return sql<SqlBool>`(position(${begin}::text in lower(${text})) > 0 or octet_length(${text}) <> char_length(${text}))`;
};

const operators = {
  "<": sql`<`,
  "<=": sql`<=`,
  ">": sql`>`,
  ">=": sql`>=`,
};

const placed = (operator: keyof typeof operators, { transactionId, id }: Place) =>
  sql<SqlBool>`(transaction_id, id) ${operators[operator]} (${transactionId}::bigint, ${id}::uuid)`;
