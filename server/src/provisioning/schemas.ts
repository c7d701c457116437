import { Type } from "typebox";
import { LedgerEntry } from "#ledger";
import { Named, nullable, page, pageParameters } from "#http";
import { outcomes } from "./log/store.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: String.raw`\S` });

export const ById = Type.Object({ id: Id });
export const TokenById = Type.Object({ id: Id, tokenId: Id });
export const SecretById = Type.Object({ id: Id, secretId: Id });

const connection = {
  id: Type.String(),
  name: Type.String(),
  tenant: Named,
  endpoint: Type.String({ description: "Entra calls it the Tenant URL" }),
  defaultRole: nullable(Named),
  createdAt: Time,
  liveTokens: Type.Integer(),
  lastRequestAt: nullable(Time),
  users: Type.Integer(),
  groups: Type.Integer(),
};

export const Connection = Type.Object(connection, { $id: "Connection" });
export const Connections = Type.Object({ items: Type.Array(Connection) });
export const CreatedConnection = Type.Object({
  ...connection,
  token: Type.String({ description: "shown this once; Entra calls it the Secret token" }),
  tokenId: Type.String(),
});
export const NewConnection = Type.Object({ name: Name, tenantId: Type.Optional(Id) });
export const ConnectionChange = Type.Object({
  name: Type.Optional(Name),
  /** A union would let Ajv turn null into an empty text. */
  defaultRoleId: Type.Optional(
    Type.Unsafe<string | null>({
      type: ["string", "null"],
      format: "uuid",
      description: "null: whom no rule takes waits in the lobby",
    }),
  ),
});

const credential = {
  id: Type.String(),
  label: Type.String(),
  prefix: Type.String(),
  createdAt: Time,
  createdBy: nullable(Type.String()),
  expiresAt: nullable(Time),
  lastUsedAt: nullable(Time),
  revokedAt: nullable(Time),
  state: Type.Union([Type.Literal("live"), Type.Literal("expired"), Type.Literal("revoked")]),
};

/** A token or a client secret. */
export const Credential = Type.Object(credential);
const Token = Type.Object(credential, { $id: "Token" });
const ClientSecret = Type.Object(credential, { $id: "ClientSecret" });

export const Tokens = Type.Object({ items: Type.Array(Token) });
export const NewCredential = Type.Object({
  label: Name,
  // A union would let Ajv turn null into an empty text.
  expiresAt: Type.Optional(
    Type.Unsafe<string | null>({ type: ["string", "null"], format: "date-time" }),
  ),
});
export const CreatedToken = Type.Object({
  token: Type.String({ description: "shown this once" }),
  item: Token,
});

const client = {
  clientId: Type.String({ description: "of the connection as an OAuth 2.0 client" }),
  tokenEndpoint: Type.String(),
};
export const ClientSecrets = Type.Object({ ...client, items: Type.Array(ClientSecret) });
export const CreatedClientSecret = Type.Object({
  ...client,
  secret: Type.String({ description: "shown this once" }),
  item: ClientSecret,
});

const requestLimit = Type.Object({
  perSecond: Type.Integer({ minimum: 1, maximum: 100_000 }),
  burst: Type.Integer({ minimum: 1, maximum: 1_000_000, description: "at once, after a rest" }),
});
export const RequestLimitChange = Type.Object({
  limit: nullable(requestLimit),
});
export const RequestLimits = Type.Object(
  {
    limit: nullable(requestLimit),
    lowestPerSecond: Type.Integer({ description: "no lower limit can be set" }),
    refusedLastHour: Type.Integer({ description: "requests told to come back later (429)" }),
    lastRefusedAt: nullable(Time),
  },
  { $id: "RequestLimits" },
);

export const Arrivals = Type.Object(
  {
    firstRequestAt: nullable(Time),
    lastRequestAt: nullable(Time),
    testConnectionAt: nullable(Time),
    lastRefusedAt: nullable(Time),
    lastRefusedReason: nullable(Type.String()),
    lastRefusedFrom: nullable(Type.String({ description: "the address it came from" })),
    users: Type.Integer(),
    activeUsers: Type.Integer(),
    groups: Type.Integer(),
    memberships: Type.Integer(),
    lastChangeAt: nullable(Time),
    lastChange: nullable(Type.String()),
    requestsLastHour: Type.Integer({ description: "counted up to 10,000" }),
    attributes: Type.Array(Type.Object({ path: Type.String(), people: nullable(Type.Integer()) })),
    checks: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        state: Type.Union([
          Type.Literal("done"),
          Type.Literal("todo"),
          Type.Literal("warning"),
          Type.Literal("unknown", { description: "nothing has shown yet" }),
        ]),
        sentence: Type.String({ description: "what was seen" }),
        meaning: Type.String({ description: "why it matters" }),
        clicks: Type.Array(Type.String(), { description: "where to mend it, click by click" }),
        evidence: Type.Array(
          Type.Object({
            kind: Type.Union([
              Type.Literal("entry"),
              Type.Literal("person"),
              Type.Literal("group"),
            ]),
            id: Type.String(),
            text: Type.String(),
          }),
        ),
        isChoice: Type.Boolean({ description: "it may be so on purpose, and be muted" }),
        muted: nullable(Type.Object({ reason: Type.String(), by: Type.String(), at: Time })),
      }),
    ),
  },
  { $id: "Arrivals" },
);

const MappingRow = Type.Object({
  source: nullable(
    Type.String({ description: "in Entra; null where only the administrator knows it" }),
  ),
  target: Type.String({ description: "the SCIM path" }),
  precedence: nullable(Type.Integer({ description: "matching precedence" })),
  level: Type.Union([
    Type.Literal("required"),
    Type.Literal("recommended"),
    Type.Literal("optional"),
  ]),
  use: Type.String({ description: "what Muster makes of it" }),
});
export const MappingTable = Type.Object({
  users: Type.Array(MappingRow),
  groups: Type.Array(MappingRow),
});
export const MappingSchema = Type.Object({}, { additionalProperties: true });

export const CheckById = Type.Object({ id: Id, checkId: Type.String({ maxLength: 50 }) });
export const MuteRequest = Type.Object({
  reason: Type.String({ minLength: 1, maxLength: 300, pattern: String.raw`\S` }),
});
export const Nothing = Type.Null();

const Outcome = Type.Union(outcomes.map((outcome) => Type.Literal(outcome)));

const logFilter = {
  connectionId: Type.Optional(Id),
  personId: Type.Optional(Id),
  groupId: Type.Optional(Id),
  outcome: Type.Optional(Outcome),
  search: Type.Optional(Type.String({ maxLength: 200 })),
};
export const LogQuery = Type.Object({ ...pageParameters, ...logFilter });
export const LogExportQuery = Type.Object({
  ...logFilter,
  format: Type.Optional(Type.Union([Type.Literal("csv"), Type.Literal("ndjson")])),
});

const keepDays = nullable(
  Type.Integer({ minimum: 1, maximum: 36_500, description: "null: for ever" }),
);
export const LogRetention = Type.Object(
  { keepDays, defaultKeepDays: Type.Integer() },
  { $id: "LogRetention" },
);
export const LogRetentionChange = Type.Object({
  // A union would let Ajv turn null into zero.
  keepDays: Type.Unsafe<number | null>({ type: ["integer", "null"], minimum: 1, maximum: 36_500 }),
});

const logEntry = {
  id: Type.String(),
  at: Time,
  connection: Named,
  method: Type.String(),
  path: Type.String(),
  status: Type.Integer(),
  outcome: Outcome,
  resourceType: nullable(Type.Union([Type.Literal("User"), Type.Literal("Group")])),
  resource: nullable(Named),
  summary: Type.String(),
  ignored: Type.Array(Type.String()),
  durationMs: Type.Number(),
};

export const LogEntry = Type.Object(logEntry, { $id: "ProvisioningLogEntry" });
export const LogPage = page(LogEntry);
export const LogDetail = Type.Object({
  ...logEntry,
  request: nullable(Type.String({ description: "the body as it came" })),
  response: nullable(Type.String()),
  effects: Type.Array(LedgerEntry, { description: "the first 200" }),
});
