import { defineJob } from "#jobs";
import type { Organisations, OrgId, Transaction } from "#tenancy";
import { wordsOfEntries } from "../words.ts";
import { hashEntry, hashSeal, noSeal, packMembers } from "./canonical.ts";
import {
  findLastSeal,
  holdSealing,
  insertSeal,
  readEntries,
  readHorizon,
  type Seal,
  type SealableEntry,
} from "./store.ts";

/** Seals every organisation's ledger, once a minute. */
export const sealLedgersJob = defineJob<object>("seal-ledgers");

/** As many entries are sealed, and looked through by a search, at once. */
export const entriesPerSeal = 1000;

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
  const horizon = await readHorizon(tx);
  const entries = await readEntries(tx, { after: endOf(last), before: horizon }, entriesPerSeal);
  const [first] = entries;
  const end = entries.at(-1);
  if (first === undefined || end === undefined) return 0;
  const moments = entries.map(({ moment }) => moment.getTime());
  const facts = {
    orgId: tx.orgId,
    number: (last?.number ?? 0) + 1,
    firstTransaction: first.transactionId!,
    firstId: first.id!,
    lastTransaction: end.transactionId!,
    lastId: end.id!,
    entries: entries.length,
    members: packMembers(entries.map((entry) => ({ id: entry.id!, hash: hashEntry(entry) }))),
    previous: last?.hash ?? noSeal,
    sealedAt: tx.now,
  };
  insertSeal(tx, {
    ...facts,
    hash: hashSeal(facts),
    firstAt: new Date(Math.min(...moments)),
    lastAt: new Date(Math.max(...moments)),
    words: wordsOfEntries(entries),
    deeds: [...new Set(entries.map(deedOf))],
  });
  return entries.length;
};

const deedOf = ({ tenantId, subjectKind, action }: SealableEntry): string =>
  `${tenantId ?? "-"} ${subjectKind} ${action}`;

export const endOf = (seal: Pick<Seal, "lastTransaction" | "lastId"> | undefined) =>
  seal && { transactionId: seal.lastTransaction, id: seal.lastId };
