import { scimErrors } from "../messages/error.ts";
import type { Attribute } from "../schema/attribute.ts";
import { parseInstant } from "./instant.ts";
import type { CompareOperator, CompareValue } from "./filter.ts";
import type { FilterOptions } from "./parse-filter.ts";
import type { Token } from "./tokenize.ts";

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const ORDERING: readonly CompareOperator[] = ["gt", "ge", "lt", "le"];
const TEXTUAL: readonly CompareOperator[] = ["co", "sw", "ew"];

/** Reads a comparison value (a JSON literal, RFC 7644 figure 1) as the attribute's type wants it; null stays null. */
export function readLiteral(
  token: Token,
  attribute: Attribute,
  operator: CompareOperator,
  options: FilterOptions,
): CompareValue | null {
  const literal = parseLiteral(token, attribute, options);
  if (literal === null) return null;
  const value = options.coerceStrings ? coerce(literal, attribute) : literal;
  requireOperator(attribute, operator);
  requireType(attribute, operator, value);
  return value;
}

function parseLiteral(
  token: Token,
  attribute: Attribute,
  options: FilterOptions,
): CompareValue | null {
  if (token.kind === "string") return token.text;
  if (token.kind !== "word") {
    throw scimErrors.invalidFilter(`Expected a value at position ${token.start + 1}.`);
  }
  const folded = token.text.toLowerCase();
  if (folded === "null") return null;
  const isText =
    attribute.type !== "boolean" && attribute.type !== "integer" && attribute.type !== "decimal";
  if (options.acceptUnquoted && isText && !attribute.undeclared) return token.text;
  if (folded === "true") return true;
  if (folded === "false") return false;
  if (NUMBER.test(token.text)) return Number(token.text);
  if (options.acceptUnquoted) return token.text;
  throw scimErrors.invalidFilter(
    `The value ${token.text} at position ${token.start + 1} must be put in double quotes.`,
  );
}

/** "True" for a boolean, "42" for a number: what some clients quote (R36). */
function coerce(value: CompareValue, attribute: Attribute): CompareValue {
  if (typeof value !== "string") return value;
  if (attribute.type === "boolean") {
    const folded = value.toLowerCase();
    if (folded === "true" || folded === "false") return folded === "true";
  }
  if ((attribute.type === "integer" || attribute.type === "decimal") && NUMBER.test(value)) {
    return Number(value);
  }
  return value;
}

function requireOperator(attribute: Attribute, operator: CompareOperator): void {
  if (attribute.undeclared) return;
  const { name, type } = attribute;
  const isOrderless = type === "boolean" || type === "binary";
  const isTextless = type === "boolean" || type === "integer" || type === "decimal";
  if ((isOrderless && ORDERING.includes(operator)) || (isTextless && TEXTUAL.includes(operator))) {
    throw scimErrors.invalidFilter(
      `${name} is of type ${type}; it cannot be compared with ${operator}.`,
    );
  }
}

function requireType(attribute: Attribute, operator: CompareOperator, value: CompareValue): void {
  const { name, type } = attribute;
  if (attribute.undeclared) return;
  const isRight =
    type === "boolean"
      ? typeof value === "boolean"
      : type === "integer" || type === "decimal"
        ? typeof value === "number"
        : typeof value === "string";
  if (!isRight) {
    throw scimErrors.invalidFilter(
      `${name} is of type ${type}; it cannot be compared with ${JSON.stringify(value)}.`,
    );
  }
  if (
    type === "dateTime" &&
    !TEXTUAL.includes(operator) &&
    Number.isNaN(parseInstant(String(value)))
  ) {
    throw scimErrors.invalidFilter(`${name} is a dateTime; ${JSON.stringify(value)} is not one.`);
  }
}
