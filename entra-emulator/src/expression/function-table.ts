import type { Value } from "./values.ts";

export type Call = (args: readonly Value[], context: { readonly now: Date }) => Value;

export type ExpressionFunction = {
  readonly least: number;
  readonly most: number;
  readonly call: Call;
};

/** Declares a function: the fewest and the most arguments it takes, and what it does with them. */
export function declare(least: number, most: number, call: Call): ExpressionFunction {
  return { least, most, call };
}

/** Gives the argument at an index; an argument left out is null. */
export function argument(args: readonly Value[], index: number): Value {
  return args[index] ?? null;
}
