import { Type } from "typebox";
import { Custody } from "#assets";
import { nullable, page, pageParameters } from "#http";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });

export const ById = Type.Object({ id: Id });
export const PageQuery = Type.Object(pageParameters);
export const CustodyPage = page(Custody);

export const ItemsQuery = Type.Object({
  ...pageParameters,
  state: Type.Optional(
    Type.Enum(["open", "all"], { description: "held now, which is the default, or ever" }),
  ),
});

// Lists of types and not unions of schemas: in a union Ajv turns null into "" for the first branch.
const Note = Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 1000 });

export const CheckOutRequest = Type.Object(
  {
    accountId: Id,
    dueOn: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], format: "date" })),
    note: Type.Optional(Note),
  },
  { additionalProperties: false },
);

export const CheckInRequest = Type.Object(
  {
    statusId: Type.Optional(Id),
    locationId: Type.Optional(
      Type.Unsafe<string | null>({ type: ["string", "null"], format: "uuid" }),
    ),
    note: Type.Optional(Note),
    outcome: Type.Optional(Type.Enum(["returned", "written-off"])),
  },
  { additionalProperties: false },
);

export const RecoveryQuery = Type.Object({
  ...pageParameters,
  state: Type.Optional(Type.Enum(["open", "closed"])),
  search: Type.Optional(Type.String({ maxLength: 200 })),
  tenantId: Type.Optional(Id),
});

const recoveryRow = {
  id: Type.String(),
  account: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: nullable(Type.String()),
  }),
  openedAt: Time,
  openedBecause: Type.String(),
  closedAt: nullable(Time),
  closedBecause: nullable(Type.String()),
  outstanding: Type.Integer({ description: "items still out, now or when it was closed" }),
  returned: Type.Integer({ description: "items returned or written off" }),
};

export const RecoveryRow = Type.Object(recoveryRow, { $id: "RecoveryRow" });
export const RecoveryPage = page(RecoveryRow);
export const Recovery = Type.Object(
  { ...recoveryRow, items: Type.Array(Custody) },
  { $id: "Recovery" },
);
