import type { Organisations, OrgId, Transaction } from "#tenancy";
import { wordsOfEntries } from "../words.ts";
import { hashEntry, hashSeal, noSeal, unpackMembers } from "./canonical.ts";
import { endOf, entriesPerSeal } from "./seal-ledger.ts";
import {
  findSealAfter,
  readEntries,
  readHorizon,
  readSealWords,
  type Place,
  type Seal,
  type SealableEntry,
} from "./store.ts";

export type Verification = {
  readonly seals: number;
  readonly entries: number;
  /** Of the last seal, to be noted elsewhere; null while nothing is sealed. */
  readonly head: string | null;
  /** Entries that are over and not sealed yet. */
  readonly unsealed: number;
  /** When the oldest of these was made: long ago, where sealing stands still or seals at the end were removed. */
  readonly unsealedSince: Date | null;
  /** What is wrong, a sentence each; empty when all is as it was sealed. */
  readonly findings: readonly string[];
  /** There are more than are told. */
  readonly isCut: boolean;
};

const mostFindings = 100;

/**
 * Walks all seals of an organisation and what they are over, one at a time, beside a server that goes on writing.
 * @param noted the hash of a seal that was kept elsewhere: that seal must still be there
 */
export const verifyLedger = async (
  organisations: Organisations,
  orgId: OrgId,
  noted?: string,
): Promise<Verification> => {
  const findings: string[] = [];
  let previous: Seal | undefined;
  let entries = 0;
  let seals = 0;
  let isNotedSeen = false;
  while (findings.length < mostFindings) {
    const step = await organisations.within(orgId, async (tx) => {
      const seal = await findSealAfter(tx, previous?.number ?? 0);
      return seal && { seal, found: await verifySeal(tx, seal, previous) };
    });
    if (step === undefined) break;
    findings.push(...step.found);
    seals += 1;
    entries += step.seal.entries;
    isNotedSeen ||= step.seal.hash.toString("hex") === noted?.toLowerCase();
    previous = step.seal;
  }
  if (noted !== undefined && !isNotedSeen && findings.length < mostFindings)
    findings.push(
      `No seal has the hash ${noted}: seals were removed or made anew since it was noted.`,
    );
  return {
    seals,
    entries,
    head: previous?.hash.toString("hex") ?? null,
    ...(await countUnsealed(organisations, orgId, endOf(previous))),
    findings: findings.slice(0, mostFindings),
    isCut: findings.length >= mostFindings,
  };
};

const verifySeal = async (
  tx: Transaction,
  seal: Seal,
  previous: Seal | undefined,
): Promise<string[]> => {
  const name = `Seal ${seal.number}`;
  const expected = (previous?.number ?? 0) + 1;
  const findings: string[] = [];
  if (seal.number !== expected)
    findings.push(
      seal.number === expected + 1
        ? `Seal ${expected} was removed.`
        : `Seals ${expected} to ${seal.number - 1} were removed.`,
    );
  else if (!seal.previous.equals(previous?.hash ?? noSeal))
    findings.push(`${name} does not follow from the seal before it: one of them was altered.`);
  if (!seal.hash.equals(hashSeal(seal)))
    findings.push(`${name} was altered: its hash is not that of what it says.`);
  const members = unpackMembers(seal.members);
  if (members === undefined || members.length !== seal.entries)
    return [...findings, `${name} was altered: its list of entries is damaged.`];

  // What a missing seal was over is not this one's: its own beginning counts then.
  const after = seal.number === expected ? endOf(previous) : justBefore(seal);
  const last = { transactionId: seal.lastTransaction, id: seal.lastId };
  // One more than there may be, so that what was put in is seen and memory stays bounded.
  const rows = await readEntries(tx, { after, upTo: last }, seal.entries + entriesPerSeal);
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const { id, hash } of members) {
    const row = found.get(id);
    found.delete(id);
    if (row === undefined) findings.push(`Entry ${id} of seal ${seal.number} was removed.`);
    else if (!hashEntry(row).equals(hash))
      findings.push(`Entry ${id} of seal ${seal.number} was altered. Now it says: ${tell(row)}`);
  }
  for (const row of found.values())
    findings.push(
      `Entry ${row.id} was put into what seal ${seal.number} is over. It says: ${tell(row)}`,
    );
  if (findings.length === 0 && !isSameSet(await readSealWords(tx, seal.number), rows))
    findings.push(
      `The search words of seal ${seal.number} are not those of its entries: a search may miss some.`,
    );
  return findings;
};

const tell = ({ moment, subjectName, sentence, actorName }: SealableEntry): string =>
  `${moment.toISOString()}, ${subjectName}: ${sentence} (${actorName})`;

const isSameSet = (words: readonly string[], rows: readonly SealableEntry[]): boolean => {
  const expected = new Set(wordsOfEntries(rows));
  return words.length === expected.size && words.every((word) => expected.has(word));
};

const nil = "00000000-0000-0000-0000-000000000000";

const justBefore = ({ firstTransaction }: Seal): Place => ({
  transactionId: String(BigInt(firstTransaction) - 1n),
  id: nil,
});

const countUnsealed = async (
  organisations: Organisations,
  orgId: OrgId,
  from: Place | undefined,
): Promise<Pick<Verification, "unsealed" | "unsealedSince">> => {
  let after = from;
  let unsealedSince: Date | null = null;
  for (let unsealed = 0; ;) {
    const rows = await organisations.within(orgId, async (tx) =>
      readEntries(tx, { after, before: await readHorizon(tx) }, entriesPerSeal),
    );
    unsealed += rows.length;
    unsealedSince ??= rows[0]?.moment ?? null;
    const last = rows.at(-1);
    if (rows.length < entriesPerSeal || last === undefined) return { unsealed, unsealedSince };
    after = { transactionId: last.transactionId!, id: last.id! };
  }
};
