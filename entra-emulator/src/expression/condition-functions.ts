import { argument, declare } from "./function-table.ts";
import { ExpressionError, ignored, isEmpty, toText } from "./values.ts";
import type { Value } from "./values.ts";

/** Choosing between values, and asking about them. */
export const conditionFunctions = {
  CBool: declare(1, 1, ([value = null]) => toBoolean(value)),
  Coalesce: declare(1, Infinity, (args) => args.find((value) => !isEmpty(value)) ?? null),
  IgnoreFlowIfNullOrEmpty: declare(1, 1, ([value = null]) => (isEmpty(value) ? ignored : value)),
  IIF: declare(3, 3, (args) => argument(args, toBoolean(argument(args, 0)) ? 1 : 2)),
  IsNull: declare(1, 1, ([value = null]) => value === null),
  IsNullOrEmpty: declare(1, 1, ([value = null]) => isEmpty(value)),
  IsPresent: declare(1, 1, ([value = null]) => !isEmpty(value)),
  IsString: declare(1, 1, ([value = null]) => typeof value === "string"),
  Not: declare(1, 1, ([value = null]) => toText(!toBoolean(value))),
  Switch: declare(4, Infinity, switchValue),
};

/** "True" and any number but zero are true. Throws ExpressionError for null, which makes IIF fail. */
function toBoolean(value: Value): boolean {
  if (typeof value === "boolean") return value;
  const text = toText(value);
  if (text === null) throw new ExpressionError("A condition met a null value.");
  if (text.toLowerCase() === "true") return true;
  const number = Number(text);
  return text.trim() !== "" && !Number.isNaN(number) && number !== 0;
}

/** Keys are case-sensitive; a source without value or without a matching key yields the default. */
function switchValue(args: readonly Value[]): Value {
  if (args.length % 2 !== 0) throw new ExpressionError("Switch needs a value for every key.");
  const source = toText(argument(args, 0));
  for (let index = 2; index < args.length; index += 2) {
    if (source !== null && toText(argument(args, index)) === source)
      return argument(args, index + 1);
  }
  return argument(args, 1);
}
