import { ScimError, scimErrors } from "../messages/error.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { type AttributePath, findAttribute } from "../schema/find-attribute.ts";
import { findSubAttribute } from "../schema/index-attributes.ts";
import type { CompareOperator, Filter } from "./filter.ts";
import { readLiteral } from "./literal.ts";
import { type Token, tokenize } from "./tokenize.ts";

/** How much a filter may stray from the grammar; strict when left out. */
export interface FilterOptions {
  /** Accepts `externalId eq ana.ito`. Off: RFC 7644 wants JSON literals. */
  readonly acceptUnquoted?: boolean;
  /** Accepts `"True"` for a boolean and `"42"` for a number. */
  readonly coerceStrings?: boolean;
  readonly maxLength?: number;
  readonly maxDepth?: number;
}

/** What the reader of a filter carries along; `resolve` says which names exist here: of a resource or of an element. */
interface Reader {
  readonly tokens: readonly Token[];
  readonly options: FilterOptions;
  readonly maxDepth: number;
  at: number;
}

type Resolve = (name: string) => AttributePath | undefined;

const MAX_LENGTH = 8192;
const MAX_DEPTH = 24;
const OPERATORS = new Set(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]);
const isOperator = (text: string): text is CompareOperator => OPERATORS.has(text);

/**
 * Parses a filter against a resource type. Throws invalidFilter for bad syntax, unknown attributes,
 * attributes that are never returned, and operators that the attribute's type does not have.
 */
export function parseFilter(text: string, type: ResourceType, options: FilterOptions = {}): Filter {
  const reader = openReader(text, options);
  const filter = readOr(reader, (name) => findAttribute(type, name), 0);
  const rest = reader.tokens[reader.at];
  if (rest) throw unexpected(rest, "the end of the filter");
  return filter;
}

/**
 * Parses what a PATCH operation points at: `title`, `name.givenName`, `emails[type eq "work"].value`.
 * Throws invalidPath.
 */
export function parsePath(
  text: string,
  type: ResourceType,
  options: FilterOptions = {},
): AttributePath {
  try {
    return readPath(openReader(text, options), type);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw scimErrors.invalidPath(`The path ${text} is not valid: ${error.detail}`);
  }
}

function readPath(reader: Reader, type: ResourceType): AttributePath {
  const name = takeWord(reader, "an attribute name");
  const path = findAttribute(type, name);
  if (!path) throw scimErrors.invalidPath(`${type.name} has no attribute ${name}.`);
  const full = peekIs(reader, "[") ? readBrackets(reader, path, 0) : path;
  const rest = reader.tokens[reader.at];
  if (rest) throw unexpected(rest, "the end of the path");
  return full;
}

function openReader(text: string, options: FilterOptions): Reader {
  const maxLength = options.maxLength ?? MAX_LENGTH;
  if (text.length > maxLength) {
    throw scimErrors.invalidFilter(`The filter is longer than ${maxLength} characters.`);
  }
  return { tokens: tokenize(text), options, maxDepth: options.maxDepth ?? MAX_DEPTH, at: 0 };
}

function readOr(reader: Reader, resolve: Resolve, depth: number): Filter {
  const filters = [readAnd(reader, resolve, depth)];
  while (takeKeyword(reader, "or")) filters.push(readAnd(reader, resolve, depth));
  return filters.length === 1 ? filters[0]! : { kind: "or", filters };
}

function readAnd(reader: Reader, resolve: Resolve, depth: number): Filter {
  const filters = [readTerm(reader, resolve, depth)];
  while (takeKeyword(reader, "and")) filters.push(readTerm(reader, resolve, depth));
  return filters.length === 1 ? filters[0]! : { kind: "and", filters };
}

function readTerm(reader: Reader, resolve: Resolve, depth: number): Filter {
  if (depth > reader.maxDepth) {
    throw scimErrors.invalidFilter(`The filter is nested deeper than ${reader.maxDepth} levels.`);
  }
  if (peekIs(reader, "(")) return readGroup(reader, resolve, depth);
  if (peekKeyword(reader, "not") && peekIs(reader, "(", 1)) {
    reader.at += 1;
    return { kind: "not", filter: readGroup(reader, resolve, depth) };
  }
  return readAttributeExpression(reader, resolve, depth);
}

function readGroup(reader: Reader, resolve: Resolve, depth: number): Filter {
  take(reader, "(");
  const filter = readOr(reader, resolve, depth + 1);
  take(reader, ")");
  return filter;
}

function readAttributeExpression(reader: Reader, resolve: Resolve, depth: number): Filter {
  const name = takeWord(reader, "an attribute name");
  const named = resolve(name);
  if (!named) throw scimErrors.invalidFilter(`There is no attribute ${name} to filter by.`);
  if (named.attribute.returned === "never") {
    throw scimErrors.invalidFilter(`${name} is never returned, and so cannot be filtered by.`);
  }
  const path = peekIs(reader, "[") ? readBrackets(reader, named, depth) : named;
  if (path.filter && !path.subAttribute && !peekOperator(reader)) {
    return { kind: "valuePath", path: named, filter: path.filter };
  }
  return readComparison(reader, path);
}

function readComparison(reader: Reader, path: AttributePath): Filter {
  const operator = takeWord(reader, "an operator").toLowerCase();
  if (operator === "pr") return { kind: "present", path };
  if (!isOperator(operator)) throw scimErrors.invalidFilter(`There is no operator ${operator}.`);
  const token = reader.tokens[reader.at];
  if (!token) {
    throw scimErrors.invalidFilter(
      `${path.attribute.name} ${operator} lacks the value to compare with.`,
    );
  }
  reader.at += 1;
  const target = pointAtValue(path);
  const attribute = target.subAttribute ?? target.attribute;
  const value = readLiteral(token, attribute, operator, reader.options);
  if (value !== null) return { kind: "compare", path: target, operator, value };
  if (operator === "ne") return { kind: "present", path };
  if (operator === "eq") return { kind: "not", filter: { kind: "present", path } };
  throw scimErrors.invalidFilter(`null cannot be compared with ${operator}.`);
}

/** A complex attribute compared as a whole means its `value`: `emails co "@x"`, `manager eq "7"` (R30). */
function pointAtValue(path: AttributePath): AttributePath {
  if (path.subAttribute || path.attribute.type !== "complex") return path;
  const subAttribute = findSubAttribute(path.attribute, "value");
  if (subAttribute) return { ...path, subAttribute };
  throw scimErrors.invalidFilter(`${path.attribute.name} has parts; name the one to compare.`);
}

function readBrackets(reader: Reader, path: AttributePath, depth: number): AttributePath {
  const { attribute, schema } = path;
  if (
    path.subAttribute ||
    attribute.undeclared ||
    !(attribute.multiValued || attribute.subAttributes)
  ) {
    throw scimErrors.invalidFilter(
      `${attribute.name} has no elements that a [filter] could select.`,
    );
  }
  take(reader, "[");
  const resolve = (name: string): AttributePath | undefined => {
    const inner = attribute.subAttributes
      ? findSubAttribute(attribute, name)
      : name.toLowerCase() === "value"
        ? { ...attribute, name: "value", multiValued: false }
        : undefined;
    return inner && { schema, isExtension: false, attribute: inner };
  };
  const filter = readOr(reader, resolve, depth + 1);
  take(reader, "]");
  return { ...path, filter, ...readSubAttribute(reader, path) };
}

function readSubAttribute(
  reader: Reader,
  { attribute }: AttributePath,
): Pick<AttributePath, "subAttribute"> {
  const token = reader.tokens[reader.at];
  if (token?.kind !== "word" || !token.text.startsWith(".")) return {};
  reader.at += 1;
  const subAttribute = findSubAttribute(attribute, token.text.slice(1));
  if (subAttribute) return { subAttribute };
  throw scimErrors.invalidFilter(`${attribute.name} has no sub-attribute ${token.text.slice(1)}.`);
}

function peekIs(reader: Reader, kind: Token["kind"], ahead = 0): boolean {
  return reader.tokens[reader.at + ahead]?.kind === kind;
}

function peekKeyword(reader: Reader, keyword: string): boolean {
  const token = reader.tokens[reader.at];
  return token?.kind === "word" && token.text.toLowerCase() === keyword;
}

function peekOperator(reader: Reader): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== "word") return false;
  const text = token.text.toLowerCase();
  return text === "pr" || isOperator(text);
}

function takeKeyword(reader: Reader, keyword: string): boolean {
  const isNext = peekKeyword(reader, keyword);
  if (isNext) reader.at += 1;
  return isNext;
}

function takeWord(reader: Reader, expected: string): string {
  const token = reader.tokens[reader.at];
  if (token?.kind !== "word") throw unexpected(token, expected);
  reader.at += 1;
  return token.text;
}

function take(reader: Reader, kind: "(" | ")" | "[" | "]"): void {
  const token = reader.tokens[reader.at];
  if (token?.kind !== kind) throw unexpected(token, kind);
  reader.at += 1;
}

function unexpected(token: Token | undefined, expected: string): Error {
  const found = token ? `${token.text} at position ${token.start + 1}` : "the end";
  return scimErrors.invalidFilter(`Expected ${expected}, found ${found}.`);
}
