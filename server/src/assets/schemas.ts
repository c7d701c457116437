import { Type, type Static, type TObject, type TOptional, type TUnsafe } from "typebox";
import { Named, nullable, page, pageParameters } from "#http";
import { fieldProperties, type AssetValues } from "./fields.ts";
import { Custody, Holder } from "./holdings.ts";
import { assetSorts } from "./store/list.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });

export const ById = Type.Object({ id: Id });
export const PageQuery = Type.Object(pageParameters);

export const AssetQuery = Type.Object({
  ...pageParameters,
  search: Type.Optional(Type.String({ maxLength: 200 })),
  tenantId: Type.Optional(Id),
  statusId: Type.Optional(Id),
  categoryId: Type.Optional(Id),
  modelId: Type.Optional(Id),
  locationId: Type.Optional(Id),
  holderId: Type.Optional(Id),
  held: Type.Optional(Type.Boolean()),
  sort: Type.Optional(Type.Enum(assetSorts)),
});

type ValueSchemas = { [Key in keyof AssetValues]: TOptional<TUnsafe<AssetValues[Key]>> };

const body = (isNew: boolean) =>
  Type.Object(fieldProperties(isNew), {
    additionalProperties: false,
  }) as unknown as TObject<ValueSchemas>;

export const NewAsset = Type.Object(
  {
    ...body(true).properties,
    tenantId: Type.Optional(
      Type.String({
        format: "uuid",
        description: "where to register it; only at the super tenant",
      }),
    ),
  },
  { additionalProperties: false },
);
export const AssetChanges = body(false);

export const StatusKind = Type.Enum(["deployable", "pending", "undeployable", "archived"]);
export const Status = Type.Object({ id: Type.String(), name: Type.String(), kind: StatusKind });

const assetRow = {
  id: Type.String(),
  tag: Type.String(),
  name: Type.String(),
  serial: nullable(Type.String()),
  model: nullable(Named),
  category: nullable(Named),
  status: Status,
  location: nullable(Named),
  holder: nullable(Holder),
  tenant: Named,
  changedAt: Time,
};

export const AssetRow = Type.Object(assetRow, { $id: "AssetRow" });
export const AssetPage = page(AssetRow);

export const Asset = Type.Object(
  {
    ...assetRow,
    manufacturer: nullable(Type.String()),
    purchasedOn: nullable(Type.String({ format: "date" })),
    cost: nullable(Type.Number()),
    notes: nullable(Type.String()),
    createdAt: Time,
    custody: nullable(Custody),
  },
  { $id: "Asset" },
);
export type Asset = Static<typeof Asset>;

export const FieldList = Type.Object({
  items: Type.Array(
    Type.Object({
      key: Type.String(),
      label: Type.String(),
      type: Type.Enum(["text", "number", "date", "select", "textarea"]),
      required: Type.Boolean(),
      searchable: Type.Boolean(),
      sortable: Type.Boolean(),
      inList: Type.Boolean(),
      options: Type.Optional(Type.Enum(["models", "categories", "statuses", "locations"])),
    }),
  ),
});

/** Of which tenant to list, or in which to make one: other than one's own only at the super tenant. */
export const TenantQuery = Type.Object({ tenantId: Type.Optional(Id) });

const Name = Type.String({ maxLength: 200, pattern: String.raw`\S` });

export const NewNamed = Type.Object({ name: Name }, { additionalProperties: false });
export const NewStatus = Type.Object(
  { name: Name, kind: StatusKind },
  { additionalProperties: false },
);
export const NewModel = Type.Object(
  {
    name: Name,
    manufacturer: Type.Optional(
      Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 200 }),
    ),
    categoryId: Type.Optional(
      Type.Unsafe<string | null>({ type: ["string", "null"], format: "uuid" }),
    ),
  },
  { additionalProperties: false },
);

export const Model = Type.Object({
  id: Type.String(),
  name: Type.String(),
  manufacturer: nullable(Type.String()),
  category: nullable(Named),
});
