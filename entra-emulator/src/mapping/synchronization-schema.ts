import { isJson } from "../scim/json.ts";
import type { MappingRow, ObjectMappingTable } from "./model.ts";

/** What of Microsoft Graph's synchronizationSchema is used: the mappings of users and groups. */
type SynchronizationSchema = { readonly synchronizationRules: readonly unknown[] };

export const isSynchronizationSchema = (file: unknown): file is SynchronizationSchema =>
  isJson(file) && Array.isArray(file["synchronizationRules"]);

/** Gives the schema's mappings as a table, unchecked: what is missing in the file is missing in it. */
export const readSynchronizationSchema = ({ synchronizationRules }: SynchronizationSchema) => {
  const mappings = synchronizationRules.flatMap((rule) => listIn(rule, "objectMappings"));
  return { users: tableOf(mappings, "User"), groups: tableOf(mappings, "Group") };
};

function tableOf(mappings: readonly unknown[], source: string): ObjectMappingTable | undefined {
  const mapping = mappings.find((one) => isJson(one) && one["sourceObjectName"] === source);
  if (!isJson(mapping)) return undefined;
  const { flowTypes: flows = "Add, Update, Delete" } = mapping as { flowTypes?: string };
  return {
    enabled: mapping["enabled"] !== false,
    attributes: listIn(mapping, "attributeMappings").map(rowOf),
    actions: {
      create: flows.includes("Add"),
      update: flows.includes("Update"),
      delete: flows.includes("Delete"),
    },
  };
}

function rowOf(mapping: unknown): MappingRow {
  const row = isJson(mapping) ? mapping : {};
  const source = isJson(row["source"]) ? row["source"] : {};
  const isPlain = source["type"] === "Attribute" || source["type"] === "Constant";
  const { defaultValue, flowType, matchingPriority } = row;
  return {
    type: isPlain ? (source["type"] === "Attribute" ? "Direct" : "Constant") : "Expression",
    source: textOf(isPlain ? source["name"] : source["expression"]),
    target: textOf(row["targetAttributeName"]),
    ...(typeof matchingPriority === "number" && { matchingPriority }),
    ...(typeof defaultValue === "string" && defaultValue !== "" && { defaultValue }),
    ...(flowType === "ObjectAddOnly" && { flowType }),
  };
}

function listIn(object: unknown, key: string): readonly unknown[] {
  const list = isJson(object) ? object[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
