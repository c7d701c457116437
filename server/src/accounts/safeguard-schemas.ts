import { Type } from "typebox";
import { Named, nullable, page, pageParameters } from "#http";
import { heldKinds } from "./held-kind.ts";
import { Application } from "./schemas.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });
const Mode = Type.Union([Type.Literal("live"), Type.Literal("dry-run")]);
const Kind = Type.Enum(heldKinds);
const Because = Type.Union([
  Type.Literal("dry-run"),
  Type.Literal("guard"),
  Type.Literal("last-administrator"),
]);

const guard = {
  people: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  percent: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: "of all people; the larger counts",
  }),
  minutes: Type.Integer({ minimum: 1, maximum: 10_080 }),
};

export const Safeguard = Type.Object(
  {
    mode: Mode,
    guard: nullable(Type.Object(guard)),
    trippedAt: nullable(Time),
    passed: Type.Integer({ description: "people who lost something before the guard stepped in" }),
    held: Type.Integer({ description: "people whose changes wait for an administrator" }),
    discarded: Type.Integer(),
    byKind: Type.Array(Type.Object({ kind: Kind, people: Type.Integer() })),
    application: nullable(Application),
  },
  { $id: "Safeguard" },
);

/** Connections on whose behalf something waits, or nothing takes effect. */
export const Safeguards = Type.Object({
  items: Type.Array(
    Type.Object({
      connectionId: Type.String(),
      mode: Mode,
      trippedAt: nullable(Time),
      held: Type.Integer(),
    }),
  ),
});

export const SafeguardChange = Type.Object({
  mode: Type.Optional(Mode),
  // A union would let Ajv turn null into an object.
  guard: Type.Optional(
    Type.Unsafe<{ people: number; percent: number; minutes: number } | null>({
      type: ["object", "null"],
      properties: guard,
      required: ["people", "percent", "minutes"],
      additionalProperties: false,
    }),
  ),
});

export const HeldQuery = Type.Object({
  ...pageParameters,
  kind: Type.Optional(Kind),
  search: Type.Optional(Type.String({ maxLength: 200 })),
  discarded: Type.Optional(Type.Boolean({ default: false })),
});

export const HeldChange = Type.Object(
  {
    id: Type.String({ description: "of the person in the directory" }),
    person: Named,
    accountId: nullable(Type.String({ description: "none for whoever has no Sub Account yet" })),
    because: Because,
    kind: Kind,
    sentences: Type.Array(Type.String(), { description: "what would happen" }),
    heldAt: Time,
    cause: Type.Object({
      kind: Type.String(),
      id: nullable(Type.String()),
      sentence: Type.String(),
    }),
    discarded: nullable(Type.Object({ at: Time, by: Type.String() })),
  },
  { $id: "HeldChange" },
);

export const HeldPage = page(HeldChange);

/** Whom it is about: some people, or everybody held (of one kind). */
export const Chosen = Type.Object({
  personIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200 })),
  kind: Type.Optional(Kind),
});

export const Released = Type.Object({
  changed: Type.Integer({ description: "Sub Accounts that changed at once" }),
  stillHeld: Type.Integer({ description: "people who are the last Administrator of a tenant" }),
  application: nullable(Application),
});

export const Discarded = Type.Object({ people: Type.Integer() });
