import type { Change } from "#ledger";
import { assetFields, type AssetValues, type Field } from "./fields.ts";
import type { Choices } from "./references.ts";

type Changed = Pick<Change, "sentence" | "before" | "after">;

/** The ledger's words for a change of fields, or undefined when nothing is otherwise than before. Pure. */
export const describeChange = (
  before: AssetValues,
  after: AssetValues,
  choices: Choices,
): Changed | undefined => {
  const changed = assetFields.filter(({ key }) => before[key] !== after[key]);
  const [only, ...others] = changed;
  if (only === undefined) return undefined;
  return {
    sentence:
      others.length === 0
        ? oneChanged(only, [before[only.key], after[only.key]], choices)
        : `${listed(changed.map(({ label }) => label))} changed`,
    before: pick(before, changed),
    after: pick(after, changed),
  };
};

type Value = string | number | null;

const oneChanged = (field: Field, [before, after]: [Value, Value], choices: Choices): string => {
  if (field.type === "textarea") return `${field.label} changed`;
  const shown = (value: Value) =>
    field.type === "select" ? (choices.get(String(value))?.name ?? "another one") : String(value);
  if (before === null) return `${field.label} set to ${shown(after)}`;
  if (after === null) return `${field.label} removed, it was ${shown(before)}`;
  return `${field.label} changed from ${shown(before)} to ${shown(after)}`;
};

const listed = (labels: readonly string[]): string =>
  labels
    .map((label, index) => (index === 0 ? label : label.toLowerCase()))
    .join(", ")
    .replace(/, ([^,]*)$/, " and $1");

const pick = (values: AssetValues, fields: readonly { key: keyof AssetValues }[]): object =>
  Object.fromEntries(fields.map(({ key }) => [key, values[key]]));
