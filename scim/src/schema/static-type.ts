import type { Attribute } from "./attribute.ts";

/** An attribute that remembers, for the compiler only (`~value` is never there), its name, its value's type, whether it is required. */
export interface AttributeOf<
  Name extends string,
  Value,
  Required extends boolean,
> extends Attribute {
  readonly name: Name;
  readonly required: Required;
  readonly "~value"?: Value;
}

type Declared = AttributeOf<string, unknown, boolean>;

type ValueOf<A> = A extends AttributeOf<string, infer Value, boolean> ? Value : never;

/** The static type of an object that has these attributes. */
export type ValuesOf<Attributes extends readonly Attribute[]> = {
  [
    A in Extract<Attributes[number], Declared> as A["required"] extends true ? A["name"] : never
  ]: ValueOf<A>;
} & {
  [
    A in Extract<Attributes[number], Declared> as A["required"] extends true ? never : A["name"]
  ]?: ValueOf<A>;
};
