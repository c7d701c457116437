import { Type } from "typebox";
import { nullable } from "#http";

const Time = Type.String({ format: "date-time" });
const Text = Type.String({ minLength: 1, maxLength: 500, pattern: String.raw`^\S(.*\S)?$` });

const identity = {
  label: Type.String({ minLength: 1, maxLength: 100, pattern: String.raw`\S` }),
  issuer: Text,
  subject: Text,
  audience: Text,
};

export const FederatedById = Type.Object({
  id: Type.String({ format: "uuid" }),
  federatedId: Type.String({ format: "uuid" }),
});

const FederatedCredential = Type.Object(
  {
    id: Type.String(),
    ...identity,
    keysUrl: nullable(Type.String()),
    keyIds: Type.Array(Type.String(), { description: "of the keys that were given" }),
    createdAt: Time,
    createdBy: nullable(Type.String()),
    lastUsedAt: nullable(Time),
    revokedAt: nullable(Time),
    state: Type.Union([Type.Literal("live"), Type.Literal("revoked")]),
  },
  { $id: "FederatedCredential" },
);
export const FederatedCredentials = Type.Object({ items: Type.Array(FederatedCredential) });

export const NewFederatedCredential = Type.Object({
  ...identity,
  keysUrl: Type.Optional(
    Type.String({ maxLength: 500, description: "where the issuer's JSON Web Key Set is" }),
  ),
  keys: Type.Optional(
    Type.Object(
      {
        keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 20 }),
      },
      { description: "the issuer's JSON Web Key Set itself, instead of its address" },
    ),
  ),
});
