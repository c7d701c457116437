import { isJson } from "../scim/json.ts";
import type { Json } from "../scim/json.ts";

/**
 * Flattens the answer of /Schemas into the target names a mapping editor offers, in lower case: the algorithm of the
 * gallery kit's test 15 (§5.2). Complex lists are named by the canonical values of their `type`.
 */
export function listTargets(schemas: readonly Json[]): ReadonlySet<string> {
  const names = schemas.flatMap((schema) => {
    const id = String(schema["id"]);
    const prefix = id.includes(":core:") ? "" : `${id}:`;
    return objects(schema["attributes"]).flatMap((attribute) =>
      flatten(attribute).map((name) => prefix + name),
    );
  });
  return new Set(names.map((name) => name.toLowerCase()));
}

function flatten(attribute: Json): readonly string[] {
  const name = String(attribute["name"]);
  if (name === "manager" || name === "members" || attribute["type"] !== "complex") return [name];
  const subs = objects(attribute["subAttributes"]);
  const leaves = subs
    .filter((sub) => sub["type"] !== "complex" && sub["type"] !== "reference")
    .map((sub) => String(sub["name"]));
  if (attribute["multiValued"] !== true) return leaves.map((leaf) => `${name}.${leaf}`);
  const typed = subs.find((sub) => sub["name"] === "type")?.["canonicalValues"];
  const values = leaves.filter((leaf) => leaf !== "type" && leaf !== "primary");
  const elements =
    Array.isArray(typed) && typed.length > 0
      ? typed.map((type) => `${name}[type eq "${String(type)}"]`)
      : [`${name}[primary eq "True"]`];
  return elements.flatMap((element) => values.map((value) => `${element}.${value}`));
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
