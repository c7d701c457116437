import { Type, type Static } from "typebox";
import { nullable, page } from "#http";
import type { LedgerRow } from "./store.ts";

export const CauseKind = Type.Enum(["scim", "administrator", "rules", "undo", "system"]);

export const LedgerEntry = Type.Object(
  {
    id: Type.String(),
    at: Type.String({ format: "date-time" }),
    action: Type.String(),
    sentence: Type.String(),
    subject: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
    actor: Type.String(),
    cause: Type.Object({
      kind: CauseKind,
      id: nullable(Type.String()),
      sentence: Type.String(),
    }),
    before: nullable(Type.Record(Type.String(), Type.Unknown())),
    after: nullable(Type.Record(Type.String(), Type.Unknown())),
  },
  { $id: "LedgerEntry" },
);

export const LedgerPage = page(LedgerEntry);

export const presentLedgerEntry = (row: LedgerRow): Static<typeof LedgerEntry> => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  sentence: row.sentence,
  subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
  actor: row.actorName,
  cause: {
    kind: row.causeKind as Static<typeof LedgerEntry>["cause"]["kind"],
    id: row.causeId,
    sentence: row.causeSentence,
  },
  before: row.before as Record<string, unknown> | null,
  after: row.after as Record<string, unknown> | null,
});
