import { Type } from "typebox";
import { Named, nullable, page, pageParameters } from "#http";
import { LedgerEntry } from "#ledger";
import { operators, type Operator } from "./conditions.ts";
import { effectKinds, type EffectKind } from "./effect-kind.ts";
import { accountSorts } from "./store/list.ts";

const Sort = Type.Union(accountSorts.map((sort) => Type.Literal(sort)));

const Status = Type.Union([Type.Literal("active"), Type.Literal("disabled")]);
const Origin = Type.Union(
  [Type.Literal("lock"), Type.Literal("mapping"), Type.Literal("default"), Type.Literal("hand")],
  {
    description:
      "`hand`: of somebody whom no directory manages; `lock`: held against the directory",
  },
);
const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });

const LockState = Type.Union([Type.Literal("drifted"), Type.Literal("ending")], {
  description:
    "`drifted`: a lock keeps a role that the directory would not give; `ending`: the lock ends within a week",
});

export const AccountQuery = Type.Object({
  ...pageParameters,
  search: Type.Optional(Type.String({ maxLength: 200 })),
  status: Type.Optional(Status),
  roleId: Type.Optional(Id),
  origin: Type.Optional(Origin),
  lock: Type.Optional(LockState),
  groupId: Type.Optional(Id),
  attributeId: Type.Optional(
    Type.String({ format: "uuid", description: "a custom attribute; goes with attributeValue" }),
  ),
  attributeValue: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  tenantId: Type.Optional(Id),
  sort: Type.Optional(Sort),
});

export const FilterAttribute = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    type: Type.Union([
      Type.Literal("string"),
      Type.Literal("boolean"),
      Type.Literal("integer"),
      Type.Literal("decimal"),
      Type.Literal("dateTime"),
      Type.Literal("reference"),
    ]),
    connection: Named,
  },
  { $id: "FilterAttribute" },
);
export const FilterAttributes = Type.Object({ items: Type.Array(FilterAttribute) });

const accountRow = {
  id: Type.String(),
  name: Type.String(),
  email: nullable(Type.String()),
  userName: nullable(Type.String()),
  status: Status,
  role: Named,
  origin: Origin,
  originGroup: nullable(Named),
  drift: nullable(Named),
  lockEndsAt: nullable(Time),
  originCondition: nullable(
    Type.String({ description: "the attribute condition of the rule, in words" }),
  ),
  groups: Type.Array(Named, { description: "the first three by name" }),
  groupCount: Type.Integer(),
  tenant: Named,
  held: Type.Integer({ description: "items held now" }),
  personId: nullable(Type.String({ description: "of the person in the directory" })),
  local: Type.Boolean({ description: "made by hand, not by a directory" }),
  changedAt: Time,
};

export const AccountRow = Type.Object(accountRow, { $id: "AccountRow" });
export const AccountPage = page(AccountRow);

export const Account = Type.Object(
  {
    ...accountRow,
    reason: Type.String({ description: "the role with its reason, in a sentence" }),
    directoryRole: nullable(Type.Object({ role: Named, reason: Type.String() })),
    lock: nullable(
      Type.Object({
        role: Named,
        reason: nullable(Type.String()),
        by: nullable(Type.String()),
        at: Time,
        expiresAt: nullable(Time),
        endsSoon: Type.Boolean({ description: "within a week" }),
      }),
    ),
    statusReason: Type.String(),
    allGroups: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), mappedRole: nullable(Named) }),
    ),
    identity: nullable(
      Type.Object({
        userName: Type.String(),
        externalId: nullable(Type.String()),
        fields: Type.Array(Type.Object({ label: Type.String(), value: Type.String() }), {
          description: "attributes that the connection shows under a name of its own",
        }),
        attributes: Type.Array(
          Type.Object({
            path: Type.String(),
            label: Type.String(),
            value: Type.String(),
            // Of whom the value names, such as a manager.
            account: nullable(Named),
          }),
        ),
        raw: Type.Record(Type.String(), Type.Unknown()),
      }),
    ),
    connection: nullable(Named),
    heldChange: nullable(
      Type.Object({
        because: Type.Union([
          Type.Literal("dry-run"),
          Type.Literal("guard"),
          Type.Literal("last-administrator"),
        ]),
        sentences: Type.Array(Type.String(), { description: "what the directory wants instead" }),
        heldAt: Time,
        discarded: nullable(Type.Object({ at: Time, by: Type.String() })),
      }),
    ),
    canSignIn: Type.Boolean(),
    lastSignInAt: nullable(Time),
    createdAt: Time,
  },
  { $id: "Account" },
);

export const Explanation = Type.Object(
  {
    role: Named,
    sentence: Type.String({ description: "the role with the reason that won" }),
    candidates: Type.Array(
      Type.Object({
        origin: Origin,
        role: Named,
        group: nullable(Named),
        wins: Type.Boolean(),
        sentence: Type.String(),
      }),
      { description: "all that could give a role here, in the order in which they are asked" },
    ),
    pending: nullable(
      Type.String({ description: "where the rules give another role than the one in force" }),
    ),
    status: Type.Object({ status: Status, sentence: Type.String() }),
    because: Type.Array(
      Type.Object({
        of: Type.Union([Type.Literal("role"), Type.Literal("status")]),
        entry: LedgerEntry,
      }),
      { description: "what made it so: the change in the ledger, with its cause" },
    ),
  },
  { $id: "Explanation" },
);

export const NewAccount = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200, pattern: String.raw`\S` }),
  email: Type.String({ format: "email", maxLength: 254 }),
  roleId: Id,
  employeeNumber: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: "how they are recognised when the directory sends them",
    }),
  ),
});

export const LockRequest = Type.Object({
  roleId: Type.Optional(Id),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  expiresAt: Type.Optional(
    Type.String({ format: "date-time", description: "when the directory decides again by itself" }),
  ),
});

export const StatusRequest = Type.Object({ status: Status });

export const ById = Type.Object({ id: Id });

const Condition = Type.Object(
  {
    path: Type.String({ minLength: 1, maxLength: 300, pattern: String.raw`\S` }),
    operator: Type.Unsafe<Operator>({ type: "string", enum: [...operators] }),
    values: Type.Array(Type.String({ maxLength: 300 }), { maxItems: 100 }),
  },
  { description: "`is` means any of the values; `present` takes none" },
);
const MappingDraft = Type.Object({
  groupId: Type.Optional(Id),
  attribute: Type.Optional(Condition),
  roleId: Id,
  tenantId: Type.Optional(Id),
});
/** A union would let Ajv turn null into an empty text. */
const MaybeId = Type.Unsafe<string | null>({ type: ["string", "null"], format: "uuid" });
export const Mappings = Type.Object({ mappings: Type.Array(MappingDraft, { maxItems: 2000 }) });
export const PreviewRequest = Type.Object({
  mappings: Type.Array(MappingDraft, { maxItems: 2000 }),
  defaultRoleId: Type.Optional(MaybeId),
  position: Type.Optional(Id),
});

const Place = Type.Object({ tenant: Named, role: Named });
export const Effect = Type.Object(
  {
    people: Type.Integer({ description: "looked at in this answer" }),
    total: Type.Integer({ description: "people of the connection" }),
    next: nullable(Type.String({ description: "`position` of the next request; null at the end" })),
    counts: Type.Object({
      gain: Type.Integer({ description: "get access to a tenant" }),
      lose: Type.Integer({ description: "lose access to a tenant" }),
      move: Type.Integer({ description: "lose one tenant and get another" }),
      role: Type.Integer({ description: "get another access role" }),
      toLobby: Type.Integer(),
      fromLobby: Type.Integer(),
      becomeAdministrator: Type.Integer(),
      loseAdministrator: Type.Integer(),
      locked: Type.Integer({ description: "lose a tenant in which a lock keeps their role" }),
    }),
    changes: Type.Array(
      Type.Object({
        person: Named,
        kind: Type.Unsafe<EffectKind>({ type: "string", enum: [...effectKinds] }),
        from: nullable(Place),
        to: nullable(Place),
        becomesAdministrator: Type.Boolean(),
        losesAdministrator: Type.Boolean(),
      }),
      { description: "the first 100 of this answer" },
    ),
  },
  { $id: "RuleEffect" },
);

export const Application = Type.Object(
  {
    id: Type.String(),
    state: Type.Union([Type.Literal("running"), Type.Literal("done"), Type.Literal("failed")]),
    total: Type.Integer(),
    done: Type.Integer(),
    changed: Type.Integer(),
    startedAt: Time,
    finishedAt: nullable(Time),
    error: nullable(
      Type.String({ description: "why; where it has not finished, it is tried again by itself" }),
    ),
  },
  { $id: "RoleApplication" },
);

export const GroupMapping = Type.Object(
  {
    group: nullable(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        externalId: nullable(Type.String()),
        deleted: Type.Boolean(),
      }),
    ),
    attribute: nullable(Condition),
    sentence: Type.String({ description: "what the rule asks for, in words" }),
    members: nullable(Type.Integer({ description: "of the group" })),
    blocked: nullable(Type.String({ description: "why nobody gets anything by it" })),
    role: nullable(Named),
    tenant: nullable(Named),
    priority: nullable(Type.Integer()),
  },
  { $id: "GroupMapping" },
);

export const GroupMappings = Type.Object({
  items: Type.Array(GroupMapping, {
    description: "mapped ones by priority, then the others by name",
  }),
  application: nullable(Application),
});

export const SavedGroupMappings = Type.Object({
  items: Type.Array(GroupMapping),
  application: Application,
});

const LobbyPerson = Type.Object(
  {
    id: Type.String({ description: "of the person in the directory" }),
    name: Type.String(),
    email: nullable(Type.String()),
    active: Type.Boolean({ description: "in the directory" }),
    connection: Named,
    groups: Type.Array(Named, { description: "the first three by name" }),
    groupCount: Type.Integer(),
    reason: Type.String({ description: "why they wait" }),
    since: Time,
  },
  { $id: "LobbyPerson" },
);

export const LobbyQuery = Type.Object({
  ...pageParameters,
  search: Type.Optional(Type.String({ maxLength: 200 })),
  connectionId: Type.Optional(Id),
});
export const LobbyPage = page(LobbyPerson);
export const Placement = Type.Object({
  tenantId: Id,
  roleId: Id,
  reason: Type.Optional(Type.String({ maxLength: 500 })),
});
export const Placed = Type.Object({ accountId: Type.String() });

export const SimulationRequest = Type.Object({
  personId: Type.Optional(Id),
  active: Type.Optional(Type.Boolean()),
  groupIds: Type.Optional(Type.Array(Id, { maxItems: 500 })),
  attributes: Type.Optional(
    Type.Array(
      Type.Object({
        path: Type.String({ minLength: 1, maxLength: 300 }),
        value: Type.String({ maxLength: 1000 }),
      }),
      { maxItems: 100 },
    ),
  ),
  mappings: Type.Optional(Type.Array(MappingDraft, { maxItems: 2000 })),
  defaultRoleId: Type.Optional(MaybeId),
});

export const Simulation = Type.Object(
  {
    person: nullable(Named),
    rules: Type.Array(
      Type.Object({
        place: Type.Integer({ description: "1 is asked first" }),
        asks: Type.String(),
        tenant: Named,
        role: Named,
        outcome: Type.Union([
          Type.Literal("decides"),
          Type.Literal("overruled"),
          Type.Literal("blocked"),
          Type.Literal("passes-by"),
        ]),
        why: Type.String(),
      }),
    ),
    accounts: Type.Array(
      Type.Object({ tenant: Named, role: Named, status: Status, why: Type.String() }),
    ),
    isWaiting: Type.Boolean({ description: "in the lobby" }),
    summary: Type.String(),
  },
  { $id: "Simulation" },
);
