import { Type } from "typebox";

const Id = Type.String({ format: "uuid" });

export const Switch = Type.Object(
  {
    key: Type.String(),
    group: Type.Union([Type.Literal("unknown"), Type.Literal("quirks")]),
    title: Type.String(),
    does: Type.String({ description: "what happens when it is on, and when it is off" }),
    neededBy: Type.String(),
    source: Type.String({ description: "the clause of an RFC, or rows of the corpus" }),
    default: Type.Boolean(),
    on: Type.Boolean(),
  },
  { $id: "ConnectionSwitch" },
);

export const Behaviour = Type.Object({ items: Type.Array(Switch) });
export const SwitchByKey = Type.Object({ id: Id, key: Type.String({ maxLength: 100 }) });
export const SwitchChange = Type.Object({ on: Type.Boolean() });
