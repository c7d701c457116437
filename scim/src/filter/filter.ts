import type { AttributePath } from "../schema/find-attribute.ts";

/** The comparisons of RFC 7644 §3.4.2.2, lower-case. */
export type CompareOperator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";
/** What an attribute is compared with, after its type. */
export type CompareValue = string | number | boolean;

/** Holds when both sides do. */
export interface AndFilter {
  readonly kind: "and";
  readonly filters: readonly Filter[];
}
/** Holds when one side does. */
export interface OrFilter {
  readonly kind: "or";
  readonly filters: readonly Filter[];
}
/** Holds when the other does not. */
export interface NotFilter {
  readonly kind: "not";
  readonly filter: Filter;
}
/** Compares an attribute with a value: `userName eq "ana"`. */
export interface CompareFilter {
  readonly kind: "compare";
  readonly path: AttributePath;
  readonly operator: CompareOperator;
  readonly value: CompareValue;
}
/** Holds when the attribute has a value: `title pr`. */
export interface PresentFilter {
  readonly kind: "present";
  readonly path: AttributePath;
}
/** `emails[type eq "work" and value co "@x"]`: some element matches; the inner paths start at the element. */
export interface ValuePathFilter {
  readonly kind: "valuePath";
  readonly path: AttributePath;
  readonly filter: Filter;
}

/** A parsed filter (RFC 7644 §3.4.2.2), its attributes resolved against a resource type. */
export type Filter =
  | AndFilter
  | OrFilter
  | NotFilter
  | CompareFilter
  | PresentFilter
  | ValuePathFilter;
