import { Type } from "typebox";
import { nullable, page, pageParameters } from "#http";

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: String.raw`\S` });

export const ById = Type.Object({ id: Type.String({ format: "uuid" }) });

export const TenantQuery = Type.Object({
  ...pageParameters,
  search: Type.Optional(Type.String({ maxLength: 200 })),
  state: Type.Optional(Type.Union([Type.Literal("active"), Type.Literal("archived")])),
});

const counts = {
  people: Type.Integer({ description: "Active Sub Accounts" }),
  disabled: Type.Integer({ description: "Disabled Sub Accounts" }),
  assets: Type.Integer(),
  disabledHolders: Type.Integer({ description: "Disabled people who still hold something" }),
  connections: Type.Integer(),
  failingConnections: Type.Integer({
    description: "connections whose last call was refused",
  }),
};

export const Tenant = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    isSuper: Type.Boolean({ description: "the organisation's top-level view" }),
    archivedAt: nullable(Type.String({ format: "date-time" })),
    ...counts,
  },
  { $id: "Tenant" },
);

export const TenantPage = Type.Object({
  ...page(Tenant).properties,
  totals: Type.Object(counts, { description: "of all tenants, whatever the filter" }),
});

export const NewTenant = Type.Object({ name: Name });
export const TenantChange = Type.Object({ name: Name });
