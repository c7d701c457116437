import { Type } from "typebox";
import { nullable, page, pageParameters } from "#http";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });
const Count = Type.Object({
  things: Type.Integer(),
  entries: Type.Integer({ description: "entries of the ledger" }),
});

export const ById = Type.Object({ id: Id });

export const UndoRequest = Type.Object(
  {
    entryId: Type.Optional(Id),
    causeId: Type.Optional(Id),
    from: Type.Optional(Time),
    to: Type.Optional(Time),
    actorId: Type.Optional(Id),
    subjectId: Type.Optional(Id),
    tenantId: Type.Optional(Id),
  },
  { additionalProperties: false },
);

export const Undo = Type.Object(
  {
    id: Type.String(),
    what: Type.String({ description: "what is undone, in words" }),
    state: Type.Enum(["planned", "running", "done"]),
    plannedAt: Time,
    plannedBy: Type.String(),
    startedAt: nullable(Time),
    finishedAt: nullable(Time),
    planned: Count,
    done: Count,
    refused: Count,
  },
  { $id: "Undo" },
);

const ItemState = Type.Enum(["planned", "done", "refused"]);

export const UndoItem = Type.Object(
  {
    id: Type.String(),
    state: ItemState,
    label: Type.String(),
    subject: Type.Object({
      kind: Type.String(),
      id: nullable(Type.String()),
      name: Type.String(),
    }),
    entries: Type.Integer(),
    entryId: nullable(Type.String({ description: "the newest entry it takes back" })),
    difference: Type.Array(
      Type.Object({
        label: Type.String(),
        before: nullable(Type.String()),
        after: nullable(Type.String()),
      }),
    ),
    consequence: nullable(Type.String()),
    reaches: Type.Boolean({
      description: "whether it changes others too, as its effect tells",
    }),
    why: nullable(Type.String({ description: "why it is not undone" })),
    causeId: nullable(
      Type.String({ description: "where it goes back when all of this cause is undone" }),
    ),
  },
  { $id: "UndoItem" },
);

export const ItemById = Type.Object({ id: Id, item: Type.String({ maxLength: 40 }) });
export const EffectQuery = Type.Object({
  position: Type.Optional(
    Type.String({ format: "uuid", description: "`next` of the answer before" }),
  ),
});

export const UndoEffect = Type.Object(
  {
    people: Type.Integer({ description: "how many were looked at for this answer" }),
    total: Type.Integer(),
    changes: Type.Integer(),
    names: Type.Array(Type.String(), { description: "whom it changes: the first of them" }),
    next: nullable(Type.String({ description: "where to go on; null when all were looked at" })),
  },
  { $id: "UndoEffect" },
);

export const UndoItemPage = page(UndoItem);
export const UndoItemQuery = Type.Object({ ...pageParameters, state: Type.Optional(ItemState) });
