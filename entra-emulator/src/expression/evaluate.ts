import { functions } from "./functions.ts";
import type { Comparison, Expression } from "./parse.ts";
import { ExpressionError, toText } from "./values.ts";
import type { Value } from "./values.ts";

export type Source = {
  /** Gives the value of a source attribute; null when it has none. */
  readonly read: (attribute: string) => Value;
  /** The cycle's clock, for Now(). */
  readonly now: Date;
};

/**
 * Evaluates an expression against a source object. Function names are case-sensitive, as in Entra.
 * Throws ExpressionError for an unknown function, a wrong number of arguments or an unusable argument.
 */
export function evaluate(expression: Expression, source: Source): Value {
  switch (expression.type) {
    case "text":
    case "number":
      return expression.value;
    case "attribute":
      return source.read(expression.name);
    case "omitted":
      return null;
    case "comparison":
      return compare(
        expression.operator,
        evaluate(expression.left, source),
        evaluate(expression.right, source),
      );
    default: {
      const known = functions.get(expression.name);
      if (known === undefined)
        throw new ExpressionError(`There is no function ${expression.name}.`);
      const count = expression.args.length;
      if (count < known.least || count > known.most) {
        throw new ExpressionError(`${expression.name} does not take ${count} arguments.`);
      }
      const args = expression.args.map((argument) => evaluate(argument, source));
      return known.call(args, { now: source.now });
    }
  }
}

/** IIF's comparisons. A null on either side makes the expression fail (§4.3). */
function compare(operator: Comparison, left: Value, right: Value): boolean {
  const [first, second] = [toText(left), toText(right)];
  if (first === null || second === null) {
    throw new ExpressionError("A comparison met a null value.");
  }
  const order = orderOf(first, second);
  switch (operator) {
    case "=":
      return first === second;
    case "<>":
      return first !== second;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    default:
      return order <= 0;
  }
}

function orderOf(first: string, second: string): number {
  const [left, right] = [Number(first), Number(second)];
  const areNumbers = first.trim() !== "" && second.trim() !== "" && !Number.isNaN(left - right);
  if (areNumbers) return left - right;
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
