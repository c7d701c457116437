import { hash } from "node:crypto";

/** A ledger entry with every value as PostgreSQL writes it as text, so that nothing is lost on the way (numbers in JSON). */
export type CanonicalEntry = { readonly [Name in (typeof sealedFields)[number]]: string | null };

/** What a seal is over: every column, in this order. `at` is in microseconds since 1970. */
export const sealedFields = [
  "orgId",
  "transactionId",
  "id",
  "at",
  "tenantId",
  "action",
  "sentence",
  "subjectKind",
  "subjectId",
  "subjectName",
  "actorId",
  "actorName",
  "causeKind",
  "causeId",
  "causeSentence",
  "before",
  "after",
] as const;

/**
 * Values as text whose UTF-8 no other values give: each with its length in bytes before it, null apart from empty text.
 * `name=5:value` and `name=-`, a line each.
 */
export const canonicalText = (
  kind: string,
  values: readonly (readonly [name: string, value: string | null])[],
): string =>
  [
    `${kind}\n`,
    ...values.map(([name, value]) =>
      value === null ? `${name}=-\n` : `${name}=${Buffer.byteLength(value)}:${value}\n`,
    ),
  ].join("");

/** Of a text, its UTF-8. */
const sha256 = (data: string | Buffer): Buffer => hash("sha256", data, "buffer");

export const hashEntry = (entry: CanonicalEntry): Buffer =>
  sha256(
    canonicalText(
      "muster-ledger-entry/1",
      sealedFields.map((name) => [name, entry[name]]),
    ),
  );

/** What a seal's hash is over. */
export type SealFacts = {
  readonly orgId: string;
  readonly number: number;
  readonly firstTransaction: string;
  readonly firstId: string;
  readonly lastTransaction: string;
  readonly lastId: string;
  readonly entries: number;
  readonly members: Buffer;
  readonly previous: Buffer;
  readonly sealedAt: Date;
};

export const hashSeal = (seal: SealFacts): Buffer =>
  sha256(
    canonicalText("muster-ledger-seal/1", [
      ["orgId", seal.orgId],
      ["number", String(seal.number)],
      ["firstTransaction", seal.firstTransaction],
      ["firstId", seal.firstId],
      ["lastTransaction", seal.lastTransaction],
      ["lastId", seal.lastId],
      ["entries", String(seal.entries)],
      ["members", sha256(seal.members).toString("hex")],
      ["previous", seal.previous.toString("hex")],
      ["sealedAt", seal.sealedAt.toISOString()],
    ]),
  );

/** Before the first seal there is none. */
export const noSeal = Buffer.alloc(32);

const idBytes = 16;
const memberBytes = idBytes + 32;

export type Member = { readonly id: string; readonly hash: Buffer };

export const packMembers = (members: readonly Member[]): Buffer =>
  Buffer.concat(
    members.flatMap(({ id, hash }) => [Buffer.from(id.replaceAll("-", ""), "hex"), hash]),
  );

/** @returns undefined for bytes that are no list of members */
export const unpackMembers = (packed: Buffer): Member[] | undefined => {
  if (packed.length % memberBytes !== 0) return undefined;
  return Array.from({ length: packed.length / memberBytes }, (_, index) => {
    const member = packed.subarray(index * memberBytes, (index + 1) * memberBytes);
    return {
      id: member
        .toString("hex", 0, idBytes)
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
      hash: member.subarray(idBytes),
    };
  });
};
