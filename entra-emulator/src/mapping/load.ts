import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseExpression } from "../expression/parse.ts";
import type { Expression } from "../expression/parse.ts";
import { checkScopingFilter } from "../scope/scoping-filter.ts";
import { isJson } from "../scim/json.ts";
import { parseTargetPath } from "../scim/target-path.ts";
import { isSynchronizationSchema, readSynchronizationSchema } from "./synchronization-schema.ts";
import type {
  Mapping,
  MappingRow,
  Mappings,
  MappingTable,
  ObjectMapping,
  ObjectMappingTable,
  TargetType,
} from "./model.ts";

/** Thrown when a mapping table cannot be used; the message names the row. */
export class MappingError extends Error {
  override readonly name = "MappingError";
}

/** Reads a mapping file: a table, or Microsoft Graph's synchronizationSchema as Entra exports it. Gives its table, checked by preparing it once. Throws MappingError. */
export async function loadMappingTable(file: string): Promise<MappingTable> {
  let table: unknown;
  try {
    table = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new MappingError(`Cannot read the mapping file ${file}: ${String(error)}`);
  }
  if (isSynchronizationSchema(table)) table = readSynchronizationSchema(table);
  for (const kind of ["users", "groups"] as const) {
    const part = isJson(table) ? table[kind] : undefined;
    if (!isJson(part) || !Array.isArray(part["attributes"])) {
      throw new MappingError(`${file}: ${kind}.attributes must be a list of mapping rows.`);
    }
  }
  const checked = table as MappingTable;
  prepareMappings(checked);
  return checked;
}

/** Parses a table's paths and expressions once. Throws MappingError naming the row that cannot be used. */
export function prepareMappings(table: MappingTable): Mappings {
  return {
    users: prepareObject(table.users, "users"),
    groups: prepareObject(table.groups, "groups"),
    skipOutOfScopeDeletions: table.skipOutOfScopeDeletions ?? false,
    fingerprint: createHash("sha256").update(JSON.stringify(table)).digest("hex"),
  };
}

function prepareObject(table: ObjectMappingTable, kind: string): ObjectMapping {
  const attributes = table.attributes
    .filter((row) => row.type !== "None")
    .map((row, index) => prepareRow(row, `${kind}.attributes[${index}]`));
  const matching = attributes
    .filter((mapping) => mapping.matchingPriority > 0)
    .sort((one, other) => one.matchingPriority - other.matchingPriority);
  if (matching.length === 0) throw new MappingError(`${kind}: no row has a matchingPriority.`);
  const scopingFilters = table.scopingFilters ?? [];
  for (const filter of scopingFilters) {
    const problem = checkScopingFilter(filter);
    if (problem !== undefined) throw new MappingError(`${kind}.scopingFilters: ${problem}`);
  }
  return {
    enabled: table.enabled ?? true,
    attributes,
    matching,
    scopingFilters,
    actions: { create: true, update: true, delete: true, ...table.actions },
  };
}

function prepareRow(row: MappingRow, place: string): Mapping {
  try {
    const path = parseTargetPath(row.target);
    return {
      row,
      path,
      expression: readSource(row),
      targetType: row.targetType ?? defaultType(path.sub ?? path.attribute),
      matchingPriority: row.matchingPriority ?? 0,
      flowType: row.flowType ?? "Always",
    };
  } catch (error) {
    throw new MappingError(
      `${place} (${row.target}): ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function readSource(row: MappingRow): Expression {
  switch (row.type ?? "Direct") {
    case "Direct":
      return { type: "attribute", name: row.source };
    case "Constant":
      return { type: "text", value: row.source };
    case "Expression":
      return parseExpression(row.source);
    case "None":
      return { type: "omitted" };
    default:
      throw new MappingError(`There is no mapping type ${String(row.type)}.`);
  }
}

function defaultType(attribute: string): TargetType {
  if (attribute === "active" || attribute === "primary") return "Boolean";
  return attribute === "manager" || attribute === "members" ? "Reference" : "String";
}
