import { Type } from "typebox";
import { nullable, page, pageParameters } from "#http";
import { collisionStates } from "./store.ts";

const Id = Type.String({ format: "uuid" });

export const ById = Type.Object({ id: Id });

export const CollisionQuery = Type.Object({
  ...pageParameters,
  state: Type.Optional(Type.Enum(collisionStates)),
  accountId: Type.Optional(
    Type.String({
      format: "uuid",
      description: "of this Sub Account only, made by hand or from the directory",
    }),
  ),
  certain: Type.Optional(Type.Boolean({ description: "only those with a score of 90 or more" })),
});

export const Confirmation = Type.Object({
  keepRole: Type.Boolean({
    description:
      "hold the role that was given by hand, as a lock; else the directory's answer counts",
  }),
});

export const BulkConfirmation = Type.Object({
  ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
});

export const BulkResult = Type.Object({
  confirmed: Type.Integer(),
  refused: Type.Array(
    Type.Object({ id: Type.String(), title: Type.String(), detail: Type.String() }),
  ),
});

const person = { name: Type.String(), email: nullable(Type.String()) };

export const Collision = Type.Object(
  {
    id: Type.String(),
    state: Type.Enum(collisionStates, {
      description: "suggested; same: one person, joined; apart: two people",
    }),
    score: Type.Integer({ description: "0 to 100; from 90 on it is certain" }),
    reasons: Type.Array(Type.String({ description: "email, alias, employee-number, name" })),
    local: Type.Object({ ...person, accountId: Type.String(), held: Type.Integer() }),
    person: Type.Object({ ...person, accountId: nullable(Type.String()) }),
    decidedAt: nullable(Type.String({ format: "date-time" })),
    decidedBy: nullable(Type.String()),
  },
  { $id: "Collision" },
);

export const CollisionPage = page(Collision);
