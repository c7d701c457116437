import {
  ENTERPRISE_USER_SCHEMA,
  findAttribute,
  findSchema,
  findSubAttribute,
  foldCase,
  parseInstant,
  type Attribute,
  type ResourceType,
} from "@muster/scim";

type Member = readonly [key: string, value: unknown];

/**
 * A document as filters and sorting compare it, for jsonpath to judge as `evaluateFilter` would: text folded unless its
 * attribute is caseExact, a dateTime as an instant (and as text beside it, see `textKey`), undeclared names in lower
 * case, nothing unassigned, no list inside a list. `null` stands for what is present and equals nothing.
 */
export const foldDocument = (type: ResourceType, document: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(document).flatMap(([name, value]): Member[] => {
      if (!name.startsWith("urn:") || !isObject(value)) return foldNamed(type, name, name, value);
      const extension = Object.entries(value).flatMap(([inner, innerValue]) =>
        foldNamed(type, `${name}:${inner}`, inner, innerValue),
      );
      return [[extensionKey(type, name), Object.fromEntries(extension)]];
    }),
  );

/** Where a dateTime is kept as text, for `co`, `sw` and `ew`. No attribute can be named so. */
export const textKey = (name: string): string => `${name} text`;

/** Where a person's name is kept, whatever attribute it comes from: what a group calls its member. */
export const nameKey = "name text";

const sortedPart = /^.{0,200}/su;
/** Sorts behind every text: a resource without a value comes last (RFC 7644 §3.4.2.3). */
export const afterAllText = "\u{10FFFF}";

/** Text as a list is ordered by it. */
export const sortText = (folded: unknown): string =>
  typeof folded === "string" ? (sortedPart.exec(folded)?.[0] ?? "") : afterAllText;

/** Under which key the attributes of an extension are kept, whether it is defined or not. */
export const extensionKey = (type: ResourceType, urn: string): string =>
  schemaKey(findSchema(type, urn)?.schema.id ?? urn);

/** The same of a URN as its schema writes it. */
export const schemaKey = (urn: string): string =>
  urn === ENTERPRISE_USER_SCHEMA ? urn : urn.toLowerCase();

/** Under which key an attribute is kept: names that no schema declares are taken in any letter case. */
export const attributeKey = ({ name, undeclared }: Attribute): string =>
  undeclared === true ? name.toLowerCase() : name;

/** Text, a number or a boolean as it is compared; undefined when it cannot be. */
export const foldScalar = (
  { type, caseExact }: Pick<Attribute, "type" | "caseExact">,
  value: unknown,
): string | number | boolean | undefined => {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  if (type !== "dateTime") return caseExact ? value : foldCase(value);
  const instant = parseInstant(value);
  return Number.isNaN(instant) ? undefined : instant;
};

const foldNamed = (type: ResourceType, path: string, name: string, value: unknown): Member[] => {
  const attribute = findAttribute(type, path)?.attribute;
  return attribute === undefined || attribute.name.toLowerCase() !== name.toLowerCase()
    ? []
    : foldMember(attribute, attributeKey(attribute), value);
};

const foldMember = (attribute: Attribute, key: string, value: unknown): Member[] => {
  const folded = foldValue(attribute, value);
  if (folded === undefined) return [];
  return attribute.type === "dateTime"
    ? [
        [key, folded],
        [textKey(key), foldValue({ ...attribute, type: "string" }, value)],
      ]
    : [[key, folded]];
};

const foldValue = (attribute: Attribute, value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((item) => foldItem(attribute, item)).filter((item) => item !== undefined)
    : foldItem(attribute, value);

const foldItem = (attribute: Attribute, item: unknown): unknown => {
  if (!isObject(item)) return foldScalar(attribute, item) ?? markPresent(item);
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, part]): Member[] => {
      if (typeof part === "object") return markPresent(part) === null ? [[name, null]] : [];
      return foldMember(findSubAttribute(attribute, name) ?? undeclaredPart, name, part);
    }),
  );
};

const undeclaredPart = { type: "string", caseExact: false } as Attribute;

/** Null for what has a value that no filter compares with; undefined for what has none. */
const markPresent = (value: unknown): null | undefined => (isPresent(value) ? null : undefined);

const isPresent = (value: unknown): boolean => {
  if (value === null || value === undefined || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "object" || Object.values(value).some(isPresent);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
