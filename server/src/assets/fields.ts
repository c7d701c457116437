import { Type, type TSchema } from "typebox";

/**
 * A field of an asset. The API's bodies, the columns written, `/asset-fields`, the sort orders, the ledger's diff, and the
 * console's form and table come from these entries; a key is the column's name.
 */
export type Field = {
  readonly key: string;
  readonly label: string;
  readonly type: "text" | "number" | "date" | "select" | "textarea";
  /** Must be given when an asset is registered. */
  readonly required: boolean;
  /** Every asset has it: left out, Muster fills it in, and it can never be emptied. */
  readonly filledIn?: boolean;
  /** Found by the search box. */
  readonly searchable: boolean;
  readonly sortable: boolean;
  readonly inList: boolean;
  readonly options?: "models" | "categories" | "statuses" | "locations";
};

const ordinary = { required: false, searchable: false, sortable: false, inList: false } as const;

export const assetFields = [
  {
    ...ordinary,
    key: "tag",
    label: "Asset tag",
    type: "text",
    filledIn: true,
    searchable: true,
    sortable: true,
    inList: true,
  },
  {
    ...ordinary,
    key: "name",
    label: "Name",
    type: "text",
    searchable: true,
    sortable: true,
    inList: true,
  },
  {
    ...ordinary,
    key: "serial",
    label: "Serial number",
    type: "text",
    searchable: true,
    inList: true,
  },
  {
    ...ordinary,
    key: "modelId",
    label: "Model",
    type: "select",
    options: "models",
    searchable: true,
    inList: true,
  },
  {
    ...ordinary,
    key: "categoryId",
    label: "Category",
    type: "select",
    options: "categories",
    searchable: true,
    inList: true,
  },
  {
    ...ordinary,
    key: "statusId",
    label: "Status",
    type: "select",
    options: "statuses",
    filledIn: true,
    inList: true,
  },
  {
    ...ordinary,
    key: "locationId",
    label: "Location",
    type: "select",
    options: "locations",
    inList: true,
  },
  { ...ordinary, key: "purchasedOn", label: "Purchased on", type: "date" },
  { ...ordinary, key: "cost", label: "Cost", type: "number" },
  { ...ordinary, key: "notes", label: "Notes", type: "textarea" },
] as const satisfies readonly Field[];

type AssetField = (typeof assetFields)[number];
type ValueOf = { text: string; textarea: string; date: string; select: string; number: number };
type Emptiable<F> = F extends { filledIn: true } ? never : null;

/** An asset's fields by key. */
export type AssetValues = {
  readonly [F in AssetField as F["key"]]: ValueOf[F["type"]] | Emptiable<F>;
};

export type SortableField = Extract<AssetField, { sortable: true }>["key"];

/** Fields whose value is one of a list that the tenant keeps. */
export const selectFields = assetFields.filter((field) => field.type === "select");

// A list of types and not a union of schemas: in a union Ajv turns null into "" or 0 for the first branch.
const valueSchemas: Record<Field["type"], object> = {
  text: { type: "string", maxLength: 200 },
  textarea: { type: "string", maxLength: 10_000 },
  date: { type: "string", format: "date" },
  select: { type: "string", format: "uuid" },
  number: { type: "number", minimum: 0, maximum: 999_999_999_999 },
};

const valueSchema = (field: Field): TSchema => {
  const schema = valueSchemas[field.type] as { type: string };
  if (!field.filledIn) return Type.Unsafe<unknown>({ ...schema, type: [schema.type, "null"] });
  return Type.Unsafe<unknown>({
    ...schema,
    ...(field.type === "text" && { pattern: String.raw`\S` }),
  });
};

/** The request schemas' properties; `isNew` asks for what an asset cannot be registered without. */
export const fieldProperties = (isNew: boolean): Record<string, TSchema> =>
  Object.fromEntries(
    assetFields.map((field: Field) => {
      const schema = { ...valueSchema(field), description: field.label } as TSchema;
      return [field.key, isNew && field.required ? schema : Type.Optional(schema)];
    }),
  );

/** Text without blanks around it; what is then empty is no value at all. */
export const cleanValues = <Values extends Partial<AssetValues>>(values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === "string" ? value.trim() || null : value,
    ]),
  ) as Values;
