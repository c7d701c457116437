import type { AttributePath } from "../schema/find-attribute.ts";

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
}

export interface PatchOptions {
  /** What add and replace do when a value filter matches nothing: RFC 7644 says fail, Entra expects create (R18–R23). */
  readonly onNoTarget?: "create" | "fail";
  /** What remove does when a value filter matches nothing: RFC 7644 says fail, Entra expects success (R39). */
  readonly onNothingToRemove?: "ignore" | "fail";
}
