import type { Attribute, AttributePath, CompareFilter, Filter } from "@muster/scim";
import { attributeKey, foldScalar, schemaKey, textKey } from "../resources/folded.ts";

/**
 * A filter as a jsonpath predicate over a folded resource: true for exactly those that `evaluateFilter` says yes to.
 * Every comparison stands in an `exists(…)`, which is true or false and never unknown, so that `not` means not.
 */
export const filterToPath = (filter: Filter): string => predicate(filter, rootedAt("$"));

/** How a path starts: at the resource, or at an element of a list. */
type Reach = (path: AttributePath) => string;

const rootedAt =
  (root: "$" | "@"): Reach =>
  ({ schema, isExtension, attribute }) =>
    [root, ...(isExtension ? [JSON.stringify(schemaKey(schema))] : []), keyOf(attribute)].join(".");

/** Inside the brackets of a list of plain values, `value` is the element itself. */
const theElement: Reach = () => "@";

const keyOf = (attribute: Attribute): string => JSON.stringify(attributeKey(attribute));

const predicate = (filter: Filter, reach: Reach): string => {
  switch (filter.kind) {
    case "and":
      return `(${filter.filters.map((part) => predicate(part, reach)).join(" && ")})`;
    case "or":
      return `(${filter.filters.map((part) => predicate(part, reach)).join(" || ")})`;
    case "not":
      return `!(${predicate(filter.filter, reach)})`;
    case "present":
      return present(filter.path, reach);
    case "compare":
      return compares(filter, reach);
    case "valuePath":
      return `exists(${elements({ ...filter.path, filter: filter.filter }, reach)})`;
  }
};

const elements = (path: AttributePath, reach: Reach): string => {
  const { attribute, filter } = path;
  const all = `${reach(path)}[*]`;
  if (filter === undefined) return all;
  return `${all} ? (${predicate(filter, attribute.type === "complex" ? rootedAt("@") : theElement)})`;
};

const values = (path: AttributePath, reach: Reach, key?: string): string => {
  const { subAttribute } = path;
  return subAttribute === undefined
    ? elements(path, reach)
    : `${elements(path, reach)}.${JSON.stringify(key ?? subAttribute.name)}`;
};

const hasValue = '@.type() == "boolean" || @.type() == "number" || @ != ""';

/** RFC 7644 table 3: a value that is not empty; of a complex value, any part. */
const present = (path: AttributePath, reach: Reach): string => {
  const found = values(path, reach);
  return `(exists(${found} ? (${hasValue})) || exists(${found}.* ? (${hasValue})))`;
};

const compares = ({ operator, path, value }: CompareFilter, reach: Reach): string => {
  const attribute = path.subAttribute ?? path.attribute;
  if (operator === "co" || operator === "sw" || operator === "ew") {
    const wanted = foldScalar({ ...attribute, type: "string" }, value);
    return typeof wanted === "string"
      ? `exists(${textAt(path, reach)} ? (${textTests[operator](wanted)}))`
      : never;
  }
  const wanted = foldScalar(attribute, value);
  if (wanted === undefined) return operator === "ne" ? `!(${never})` : never;
  const found = `exists(${values(path, reach)} ? (@ ${orders[operator]} ${literal(wanted)}))`;
  return operator === "ne" ? `!(${found})` : found;
};

const never = "(1 == 0)";

const orders = { eq: "==", ne: "==", gt: ">", ge: ">=", lt: "<", le: "<=" } as const;

/** The values as text, dateTimes too. */
const textAt = (path: AttributePath, reach: Reach): string => {
  const { attribute, subAttribute } = path;
  if ((subAttribute ?? attribute).type !== "dateTime") return values(path, reach);
  if (subAttribute !== undefined) return values(path, reach, textKey(subAttribute.name));
  return values({ ...path, attribute: { ...attribute, name: textKey(attribute.name) } }, reach);
};

const textTests = {
  co: (part: string) => (part === "" ? anyText : `@ like_regex ${JSON.stringify(part)} flag "q"`),
  sw: (part: string) => `@ starts with ${JSON.stringify(part)}`,
  ew: (part: string) =>
    part === "" ? anyText : `@ like_regex ${JSON.stringify(`${escaped(part)}$`)}`,
} as const;

const anyText = '@.type() == "string"';

const escaped = (text: string): string => text.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);

/** Numbers of JSON and jsonpath are written alike, but jsonpath knows no infinity: any number beyond all others does. */
const literal = (value: string | number | boolean): string =>
  value === Number.POSITIVE_INFINITY
    ? "1e400"
    : value === Number.NEGATIVE_INFINITY
      ? "-1e400"
      : JSON.stringify(value);
