import { Type } from "typebox";
import { nullable, page, pageParameters } from "#http";
import { rehireStates } from "./store.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });

export const ById = Type.Object({ id: Id });

export const RehireQuery = Type.Object({
  ...pageParameters,
  state: Type.Optional(Type.Enum(rehireStates)),
  accountId: Type.Optional(
    Type.String({ format: "uuid", description: "of who left, or came back" }),
  ),
});

const person = {
  name: Type.String(),
  email: nullable(Type.String()),
  accountId: nullable(Type.String({ description: "their Sub Account" })),
};

export const Rehire = Type.Object(
  {
    id: Type.String(),
    employeeNumber: Type.String(),
    state: Type.Enum(rehireStates, {
      description: "suggested; same: one person, joined; apart: two people",
    }),
    former: Type.Object({
      ...person,
      leftAt: nullable(Time),
      held: Type.Integer({ description: "items they hold under their old Sub Accounts" }),
    }),
    returned: Type.Object({ ...person, since: Time }),
    suggestedAt: Time,
    decidedAt: nullable(Time),
    decidedBy: nullable(Type.String()),
  },
  { $id: "Rehire" },
);

export const RehirePage = page(Rehire);
