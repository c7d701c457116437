import { Named, nullable } from "#http";
import { Type } from "typebox";
import { builtInRoles, type RoleKey } from "./built-in-roles.ts";

const Email = Type.String({ format: "email", maxLength: 254 });
const Name = Type.String({ minLength: 1, maxLength: 200, pattern: String.raw`\S` });
/** As typed: what makes a password good is said by `requireGoodPassword`, in one place. */
const Password = Type.String({ maxLength: 1024 });
const Token = Type.String({ maxLength: 200 });
const Key = nullable(
  Type.Unsafe<RoleKey>({ type: "string", enum: builtInRoles.map(({ key }) => key) }),
);

export const Me = Type.Object(
  {
    account: Type.Object({
      id: Type.String(),
      name: Type.String(),
      email: nullable(Type.String()),
    }),
    organisation: Named,
    tenant: Type.Object({ id: Type.String(), name: Type.String(), isSuper: Type.Boolean() }),
    role: Type.Object({ id: Type.String(), key: Key, name: Type.String() }),
    permissions: Type.Array(Type.String()),
    accounts: Type.Array(Type.Object({ id: Type.String(), tenant: Named, role: Named }), {
      description: "Active accounts of the same person, one in each tenant, this one too",
    }),
  },
  { $id: "Me" },
);

// A list of types and not a union of schemas: in a union Ajv turns null into "" for the first branch.
const Ids = Type.Unsafe<string[] | null>({
  type: ["array", "null"],
  items: { type: "string", format: "uuid" },
  maxItems: 500,
});

export const Role = Type.Object(
  {
    id: Type.String(),
    key: Key,
    name: Type.String(),
    description: Type.String(),
    permissions: Type.Array(Type.String()),
    scope: Type.Object(
      { tenantIds: Ids, locationIds: Ids, categoryIds: Ids },
      { description: "what it is limited to; null is no limit" },
    ),
    grantable: Type.Boolean({ description: "it may do no more than you, so you may give it" }),
  },
  { $id: "Role" },
);

export const Roles = Type.Object({ items: Type.Array(Role) });

export const RoleDetail = Type.Object(
  {
    ...Role.properties,
    places: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), tenant: Named }), {
      description: "the locations and categories that it is limited to, by name",
    }),
    usage: Type.Object({
      total: Type.Integer({ description: "of all that holds on to the role" }),
      accounts: Type.Integer({ description: "Sub Accounts that have it" }),
      locks: Type.Integer({ description: "role locks to it" }),
      mappings: Type.Integer({
        description: "rules that give it: group mappings and attribute rules",
      }),
      defaults: Type.Integer({ description: "connections whose default access role it is" }),
      sentence: Type.String(),
    }),
  },
  { $id: "RoleDetail" },
);

export const RoleCounts = Type.Object({
  items: Type.Array(Type.Object({ roleId: Type.String(), accounts: Type.Integer() })),
});

export const RoleDraft = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: String.raw`\S` }),
    description: Type.String({ maxLength: 500 }),
    permissions: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 500 }),
    scope: Type.Optional(
      Type.Object(
        {
          tenantIds: Type.Optional(Ids),
          locationIds: Type.Optional(Ids),
          categoryIds: Type.Optional(Ids),
        },
        { additionalProperties: false, description: "limits; without ids there is none" },
      ),
    ),
  },
  { additionalProperties: false },
);

export const RoleRemoval = Type.Object({
  replaceBy: Type.Optional(
    Type.String({ format: "uuid", description: "the access role to put in its place everywhere" }),
  ),
});

export const Permissions = Type.Object({
  items: Type.Array(
    Type.Object(
      {
        noun: Type.String(),
        label: Type.String(),
        verbs: Type.Array(
          Type.Object({
            verb: Type.String(),
            permission: Type.String(),
            label: Type.String(),
            sentence: Type.String({ description: "what somebody who has it can do" }),
          }),
        ),
      },
      { $id: "PermissionNoun" },
    ),
  ),
});

export const SetupQuery = Type.Object({ token: Type.Optional(Token) });
export const SetupState = Type.Object({
  needed: Type.Boolean({ description: "no organisation exists yet" }),
  valid: Type.Boolean({ description: "the token is the one of the printed link" }),
});
export const SetupRequest = Type.Object({
  token: Token,
  organisation: Name,
  name: Name,
  email: Email,
  password: Password,
});

export const SignInRequest = Type.Object({
  email: Type.String({ maxLength: 254 }),
  password: Password,
});

export const AccountChoice = Type.Object({ accountId: Type.String({ format: "uuid" }) });

export const PasswordChange = Type.Object({ current: Password, next: Password });

export const ById = Type.Object({ id: Type.String({ format: "uuid" }) });
export const NewSignInLink = Type.Object({
  url: Type.String({ description: "shown once" }),
  expiresAt: Type.String({ format: "date-time" }),
});
export const ByToken = Type.Object({ token: Token });
export const SignInLinkState = Type.Object({
  valid: Type.Boolean(),
  name: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  organisation: Type.Optional(Type.String()),
});
export const SignInLinkRequest = Type.Object({ password: Password });
