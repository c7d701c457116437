import { Type } from "typebox";
import { nullable, pageParameters } from "#http";
import { exportFormats } from "./export/export-entries.ts";
import { CauseKind, LedgerEntry } from "./present.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });

const filters = {
  from: Type.Optional(Type.String({ format: "date-time", description: "from this moment on" })),
  to: Type.Optional(Type.String({ format: "date-time", description: "before this moment" })),
  noun: Type.Optional(Type.String({ maxLength: 100, description: "account, asset, custody, …" })),
  action: Type.Optional(Type.String({ maxLength: 100, description: "noun.deed" })),
  subjectId: Type.Optional(Id),
  actorId: Type.Optional(Id),
  causeKind: Type.Optional(CauseKind),
  causeId: Type.Optional(Id),
  tenantId: Type.Optional(Id),
  search: Type.Optional(
    Type.String({ maxLength: 200, description: "words of names and sentences, or how they begin" }),
  ),
};

export const LedgerFilters = Type.Object(filters);
export const LedgerQuery = Type.Object({ ...pageParameters, ...filters });
export const ExportQuery = Type.Object({
  format: Type.Optional(Type.Enum(exportFormats)),
  ...filters,
});
export const ById = Type.Object({ id: Id });

export const LedgerList = Type.Object({
  items: Type.Array(LedgerEntry),
  next: nullable(
    Type.String({ description: "where to go on; a page may be short, or empty, before the end" }),
  ),
});

export const LedgerDetail = Type.Object(
  {
    ...LedgerEntry.properties,
    actorId: nullable(Type.String()),
    tenant: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
    difference: Type.Array(
      Type.Object({
        label: Type.String(),
        before: nullable(Type.String()),
        after: nullable(Type.String()),
      }),
    ),
    seal: nullable(Type.Object({ number: Type.Integer(), hash: Type.String(), sealedAt: Time })),
  },
  { $id: "LedgerDetail" },
);

export const LedgerCause = Type.Object(
  {
    id: Type.String(),
    kind: CauseKind,
    sentence: Type.String(),
    actor: Type.String(),
    at: Time,
    effects: Type.Integer(),
  },
  { $id: "LedgerCause" },
);

export const ActionList = Type.Object({ items: Type.Array(Type.String()) });
