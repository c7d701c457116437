import { isRoleSet } from "../expression/values.ts";
import type { MappedValue, TargetValue } from "../mapping/apply.ts";
import type { Json } from "./json.ts";
import { isJson } from "./json.ts";
import { readTarget } from "./target-path.ts";
import type { TargetPath } from "./target-path.ts";

export type Difference = {
  readonly verb: "add" | "replace" | "remove";
  readonly path: TargetPath;
  readonly oldValue: string | null;
  readonly value: TargetValue | null;
};

/**
 * Compares mapped values with the target's resource (§8.1): absent there is an add, different a replace.
 * The comparison is strict, text by text: what the target altered is sent again, every cycle.
 * A null is skipped unless `clears` is set, since Entra does not clear emptied attributes (§3.5).
 */
export function findDifferences(
  mapped: readonly MappedValue[],
  resource: Json,
  clears = false,
): readonly Difference[] {
  return mapped
    .filter((entry) => !entry.isForCreationOnly)
    .flatMap((entry) => findDifference(entry, resource, clears) ?? []);
}

/** Gives the text a value is compared and logged by. */
export function canonical(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : JSON.stringify(value ?? null);
}

function findDifference(
  entry: MappedValue,
  resource: Json,
  clears: boolean,
): Difference | undefined {
  const { path, value } = entry;
  const present = readTarget(resource, path);
  const oldValue = present === undefined ? null : canonical(present);
  if (value === null) {
    return clears && present !== undefined ? { verb: "remove", path, oldValue, value } : undefined;
  }
  if (isRoleSet(value)) {
    const held = new Set(
      (Array.isArray(present) ? present : []).filter(isJson).map((role) => String(role["value"])),
    );
    const missing = value.roles.filter((role) => !held.has(role.value));
    const hasStale =
      value.behaviour === "assert" && held.size > value.roles.length - missing.length;
    if (missing.length === 0 && !hasStale) return undefined;
    const isWhole = value.behaviour === "assert";
    return {
      verb: isWhole ? "replace" : "add",
      path,
      oldValue,
      value: isWhole ? value : { ...value, roles: missing },
    };
  }
  if (present === undefined) return { verb: "add", path, oldValue, value };
  return oldValue === canonical(value) ? undefined : { verb: "replace", path, oldValue, value };
}
