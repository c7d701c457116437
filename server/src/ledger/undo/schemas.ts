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
    why: nullable(Type.String({ description: "why it is not undone" })),
  },
  { $id: "UndoItem" },
);

export const UndoItemPage = page(UndoItem);
export const UndoItemQuery = Type.Object({ ...pageParameters, state: Type.Optional(ItemState) });
