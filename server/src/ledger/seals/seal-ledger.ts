import { computePortion, defineJob } from "#jobs";
import type { Organisations, OrgId, Transaction } from "#tenancy";
import { wordsOfEntries } from "../words.ts";
import { hashEntry, hashSeal, noSeal, packMembers, type Member } from "./canonical.ts";
import {
  findLastSeal,
  holdSealing,
  insertSeal,
  readEntries,
  readHorizon,
  type Place,
  type Seal,
  type SealableEntry,
} from "./store.ts";

/** Seals every organisation's ledger, once a minute. */
export const sealLedgersJob = defineJob<object>("seal-ledgers");

/** As many entries are sealed, and looked through by a search, at once. */
export const entriesPerSeal = 1000;

/** So many are read and hashed without a pause, some 2 ms; a part of `entriesPerSeal`. */
const entriesPerPortion = 50;

/**
 * Seals what an organisation's ledger has taken in since the last seal: entries of transactions that are over, so that
 * none can still come in between (an id is made before its transaction commits). Runs beside the requests and reads only
 * what is not sealed yet; several workers at once do no harm.
 * @returns how many entries were sealed
 */
export const sealLedger = async (organisations: Organisations, orgId: OrgId): Promise<number> => {
  let sealed = 0;
  for (;;) {
    const count = await organisations.within(orgId, sealNext);
    sealed += count;
    if (count < entriesPerSeal) return sealed;
  }
};

const sealNext = async (tx: Transaction): Promise<number> => {
  if (!(await holdSealing(tx))) return 0;
  const last = await findLastSeal(tx);
  const digest = await digestEntries(tx, endOf(last));
  const { first, end } = digest;
  if (first === undefined || end === undefined) return 0;
  const facts = {
    orgId: tx.orgId,
    number: (last?.number ?? 0) + 1,
    firstTransaction: first.transactionId!,
    firstId: first.id!,
    lastTransaction: end.transactionId!,
    lastId: end.id!,
    entries: digest.members.length,
    members: packMembers(digest.members),
    previous: last?.hash ?? noSeal,
    sealedAt: tx.now,
  };
  insertSeal(tx, {
    ...facts,
    hash: hashSeal(facts),
    firstAt: new Date(digest.firstAt),
    lastAt: new Date(digest.lastAt),
    words: [...digest.words],
    deeds: [...digest.deeds],
  });
  return facts.entries;
};

/** What a seal keeps of the entries it is over. */
type Digest = {
  first: SealableEntry | undefined;
  end: SealableEntry | undefined;
  firstAt: number;
  lastAt: number;
  readonly members: Member[];
  readonly words: Set<string>;
  readonly deeds: Set<string>;
};

/** Reads the entries of the next seal a portion at a time: requests go on in between. */
const digestEntries = async (tx: Transaction, after: Place | undefined): Promise<Digest> => {
  const before = await readHorizon(tx);
  const digest: Digest = {
    first: undefined,
    end: undefined,
    firstAt: Infinity,
    lastAt: -Infinity,
    members: [],
    words: new Set(),
    deeds: new Set(),
  };
  while (digest.members.length < entriesPerSeal) {
    const place = digest.end ? placeOf(digest.end) : after;
    const entries = await readEntries(tx, { after: place, before }, entriesPerPortion);
    await computePortion(() => addEntries(digest, entries));
    if (entries.length < entriesPerPortion) break;
  }
  return digest;
};

const addEntries = (digest: Digest, entries: readonly SealableEntry[]): void => {
  digest.first ??= entries[0];
  digest.end = entries.at(-1) ?? digest.end;
  for (const entry of entries) {
    digest.firstAt = Math.min(digest.firstAt, entry.moment.getTime());
    digest.lastAt = Math.max(digest.lastAt, entry.moment.getTime());
    digest.members.push({ id: entry.id!, hash: hashEntry(entry) });
    digest.deeds.add(deedOf(entry));
  }
  for (const word of wordsOfEntries(entries)) digest.words.add(word);
};

const placeOf = ({ transactionId, id }: SealableEntry): Place => ({
  transactionId: transactionId!,
  id: id!,
});

const deedOf = ({ tenantId, subjectKind, action }: SealableEntry): string =>
  `${tenantId ?? "-"} ${subjectKind} ${action}`;

export const endOf = (seal: Pick<Seal, "lastTransaction" | "lastId"> | undefined) =>
  seal && { transactionId: seal.lastTransaction, id: seal.lastId };
