import type { FilterOptions } from "../filter/parse-filter.ts";
import type { AttributePath } from "../schema/find-attribute.ts";

/** What an operation does, lower-case. */
export type PatchVerb = "add" | "remove" | "replace";

/**
 * One change to one attribute: paths are resolved, values checked, path-less values taken apart.
 * A `value` is there for add and replace, never for remove.
 */
export interface PatchOperation {
  readonly op: PatchVerb;
  readonly path: AttributePath;
  readonly value?: unknown;
  /** Dotted paths in the value that no schema knows and that are left out. */
  readonly ignored?: readonly string[];
  /** True where it is the path that names what no schema knows; see `onUnknownPath`. */
  readonly isPathIgnored?: boolean;
}

/** What is done with a path that the schema does not know; refused when left out. */
export interface PatchReading extends FilterOptions {
  /** What a path to an attribute that no schema knows is: an error (RFC 7644 §3.5.2), or left out and told. */
  readonly onUnknownPath?: "fail" | "ignore";
}

/** What is done where RFC 7644 §3.5.2 would refuse; strict when left out. */
export interface PatchOptions {
  /** What add and replace do when a value filter matches nothing: RFC 7644 says fail, Entra expects create (R18–R23). */
  readonly onNoTarget?: "create" | "fail";
  /** What remove does when a value filter matches nothing: RFC 7644 says fail, Entra expects success (R39). */
  readonly onNothingToRemove?: "ignore" | "fail";
}
