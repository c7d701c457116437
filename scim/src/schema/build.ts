import type { Attribute, AttributeType } from "./attribute.ts";
import type { AttributeOf, ValuesOf } from "./static-type.ts";

type Characteristics = Partial<
  Pick<
    Attribute,
    | "caseExact"
    | "mutability"
    | "returned"
    | "uniqueness"
    | "canonicalValues"
    | "referenceTypes"
    | "published"
  >
>;

/** RFC 7643 §2.2: the characteristics an attribute has unless it says otherwise. */
const DEFAULTS = {
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
} as const;

const simple =
  <Value>(type: AttributeType, own: Characteristics = {}) =>
  <const Name extends string, const Required extends boolean = false>(
    name: Name,
    description: string,
    characteristics: Characteristics & { required?: Required } = {},
  ): AttributeOf<Name, Value, Required> =>
    ({ ...DEFAULTS, name, type, description, ...own, ...characteristics }) as AttributeOf<
      Name,
      Value,
      Required
    >;

/** An attribute that is text. */
export const string = simple<string>("string");
/** An attribute that is true or false. */
export const boolean = simple<boolean>("boolean");
/** An attribute that is a number. */
export const decimal = simple<number>("decimal");
/** An attribute that is a whole number. */
export const integer = simple<number>("integer");
/** An attribute that is a moment, as XML Schema writes it (RFC 7643 §2.3.5). */
export const dateTime = simple<string>("dateTime");
/** Base64 text; case matters (RFC 7643 §2.3.6). */
export const binary = simple<string>("binary", { caseExact: true });
/** A URI; case matters (RFC 7643 §2.3.7). */
export const reference = simple<string>("reference", { caseExact: true });

/** One object with sub-attributes (RFC 7643 §2.3.8). */
export const complex = <const Name extends string, const Subs extends readonly Attribute[]>(
  name: Name,
  description: string,
  subAttributes: Subs,
  characteristics: Characteristics = {},
): AttributeOf<Name, ValuesOf<Subs>, false> => ({
  ...DEFAULTS,
  name,
  type: "complex",
  description,
  subAttributes,
  ...characteristics,
});

/** A list of objects with sub-attributes (RFC 7643 §2.4). */
export const complexList = <const Name extends string, const Subs extends readonly Attribute[]>(
  name: Name,
  description: string,
  subAttributes: Subs,
  characteristics: Characteristics = {},
): AttributeOf<Name, ValuesOf<Subs>[], false> => ({
  ...DEFAULTS,
  name,
  type: "complex",
  description,
  subAttributes,
  ...characteristics,
  multiValued: true,
});

/** Makes a simple attribute multi-valued. */
export const listOf = <Name extends string, Value, Required extends boolean>(
  attribute: AttributeOf<Name, Value, Required>,
): AttributeOf<Name, Value[], Required> =>
  ({ ...attribute, multiValued: true }) as AttributeOf<Name, Value[], Required>;

const undeclared = new Map<string, Attribute>();
const UNDECLARED_KEPT = 256;

/** An attribute that no schema declares: its value is whatever was sent. */
export function undeclaredAttribute(name: string): Attribute {
  const known = undeclared.get(name);
  if (known) return known;
  const attribute = { ...string(name, ""), undeclared: true };
  if (undeclared.size < UNDECLARED_KEPT) undeclared.set(name, attribute);
  return attribute;
}
