import { evaluate } from "../expression/evaluate.ts";
import type { Source } from "../expression/evaluate.ts";
import { ExpressionError, ignored, isEmpty, isRoleSet, toText } from "../expression/values.ts";
import type { RoleSet, Value } from "../expression/values.ts";
import type { TargetPath } from "../scim/target-path.ts";
import type { Mapping, ObjectMapping } from "./model.ts";

export type TargetValue = string | boolean | number | RoleSet;

/** One mapped value on its way to the target; null when the source has none. */
export type MappedValue = {
  readonly path: TargetPath;
  readonly value: TargetValue | null;
  /** What stands in for null when the object is created. */
  readonly defaultValue?: TargetValue;
  readonly isForCreationOnly: boolean;
};

/** Thrown when a value does not fit its target's type: Entra's SchemaPropertyCanOnlyAcceptValue. */
export class UnfitValue extends Error {
  override readonly name = "UnfitValue";
}

/**
 * Applies a mapping to a source object. Gives the mapped values, references (manager, members) left out:
 * those are the cycle's second pass. Throws ExpressionError or UnfitValue.
 */
export function mapValues(mapping: ObjectMapping, source: Source): readonly MappedValue[] {
  return mapping.attributes
    .filter((row) => row.targetType !== "Reference")
    .flatMap((row) => mapRow(row, source) ?? []);
}

/** Gives the values of the matching attributes in order of precedence, as the text to search for. */
export function mapMatchingValues(
  mapping: ObjectMapping,
  source: Source,
): readonly { readonly target: string; readonly value: string | null }[] {
  return mapping.matching.map((row) => ({
    target: row.path.text,
    value: toText(emptyToNull(evaluate(row.expression, source))),
  }));
}

function mapRow(row: Mapping, source: Source): MappedValue | undefined {
  const result = evaluate(row.expression, source);
  if (result === ignored) return undefined;
  const { defaultValue } = row.row;
  return {
    path: row.path,
    value: isEmpty(result) ? null : fit(result, row),
    ...(defaultValue === undefined ? {} : { defaultValue: fit(defaultValue, row) }),
    isForCreationOnly: row.flowType === "ObjectAddOnly",
  };
}

function fit(value: Value, row: Mapping): TargetValue {
  if (isRoleSet(value)) return value;
  let text: string | null;
  try {
    text = toText(value);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new UnfitValue(`${row.path.text} can only accept a single value.`);
  }
  switch (row.targetType) {
    case "Boolean":
      if (/^(true|false)$/i.test(text ?? "")) return text?.toLowerCase() === "true";
      throw new UnfitValue(`${row.path.text} can only accept True or False, not "${text}".`);
    case "Integer":
      if (/^-?\d+$/.test(text ?? "")) return Number(text);
      throw new UnfitValue(`${row.path.text} can only accept a whole number, not "${text}".`);
    default:
      return text ?? "";
  }
}

function emptyToNull(value: Value): Value {
  return isEmpty(value) ? null : value;
}
