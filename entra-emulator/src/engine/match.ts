import { ProvisioningError } from "./provisioning-error.ts";
import type { TargetResource } from "./read-answer.ts";
import type { MatchValue } from "./source-objects.ts";
import type { ObjectKind, Target } from "./target.ts";

export type MatchResult =
  | { readonly type: "found"; readonly resource: TargetResource }
  | { readonly type: "none" }
  /** Every matching attribute is empty at the source: the object is skipped, not failed (§2.2). */
  | { readonly type: "unmatchable"; readonly attributes: readonly string[] };

/**
 * Looks for a source object's counterpart: one query per matching attribute in order of precedence, the first hit wins.
 * Throws ProvisioningError, DuplicateTargetEntries when a query finds several.
 */
export async function matchTarget(
  target: Target,
  kind: ObjectKind,
  values: readonly MatchValue[],
): Promise<MatchResult> {
  const usable = values.filter((entry) => entry.value !== null);
  if (usable.length === 0)
    return { type: "unmatchable", attributes: values.map((entry) => entry.target) };
  for (const { target: attribute, value } of usable) {
    const found = await target.search(kind, attribute, value ?? "");
    if (found.length > 1) {
      throw new ProvisioningError(
        "DuplicateTargetEntries",
        `${found.length} entries of the target have ${attribute} "${value}": exactly one may match.`,
      );
    }
    const [resource] = found;
    if (resource !== undefined) return { type: "found", resource };
  }
  return { type: "none" };
}
