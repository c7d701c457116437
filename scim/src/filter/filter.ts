import type { AttributePath } from "../schema/find-attribute.ts";

export type CompareOperator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";
export type CompareValue = string | number | boolean;

export interface AndFilter {
  readonly kind: "and";
  readonly filters: readonly Filter[];
}
export interface OrFilter {
  readonly kind: "or";
  readonly filters: readonly Filter[];
}
export interface NotFilter {
  readonly kind: "not";
  readonly filter: Filter;
}
export interface CompareFilter {
  readonly kind: "compare";
  readonly path: AttributePath;
  readonly operator: CompareOperator;
  readonly value: CompareValue;
}
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
