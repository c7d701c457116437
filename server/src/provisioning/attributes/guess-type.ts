import { parseInstant } from "@muster/scim";
import type { DefinitionType } from "../dialect/definition.ts";

export type Guess = { readonly type: DefinitionType; readonly multiValued: boolean };

/** What an attribute seems to be, by some of its values; null for what has parts, which cannot be defined. */
export const guessType = (examples: readonly unknown[]): Guess | null => {
  const values = examples.flat();
  if (values.some((value) => typeof value === "object" && value !== null)) return null;
  return { type: guess(values), multiValued: examples.some((example) => Array.isArray(example)) };
};

const guess = (values: readonly unknown[]): DefinitionType => {
  if (values.length === 0) return "string";
  const [found = "string"] = (Object.keys(looksLike) as (keyof typeof looksLike)[]).filter((type) =>
    values.every((value) => looksLike[type](value)),
  );
  return found;
};

/** Numbers come as text, too; a leading zero tells a number of a badge from one to count with. */
const looksLike = {
  boolean: (value: unknown) =>
    typeof value === "boolean" || /^(?:true|false)$/i.test(String(value)),
  integer: (value: unknown) => /^-?(?:0|[1-9]\d{0,14})$/.test(String(value)),
  decimal: (value: unknown) => /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(String(value)),
  dateTime: (value: unknown) => typeof value === "string" && !Number.isNaN(parseInstant(value)),
  reference: (value: unknown) => /^https?:\/\/\S+$/i.test(String(value)),
} satisfies Partial<Record<DefinitionType, (value: unknown) => boolean>>;
