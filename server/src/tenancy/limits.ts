import { boundScope, withinScope, type Scope } from "./scope-binding.ts";
import { boundTenant, withinTenant } from "./tenant-binding.ts";

/** What the transactions of a request are bound to besides its organisation. Survives JSON. */
export type Limits = { readonly tenantId: string | null; readonly scope: Scope | null };

/** The limits of the request that runs now, for what goes on with it in the background. */
export const limitsNow = (): Limits => ({
  tenantId: boundTenant() ?? null,
  scope: boundScope() ?? null,
});

/** Goes on with what a request began: transactions opened within see and change no more than it could. */
export const withinLimits = <Result>(
  { tenantId, scope }: Limits,
  work: () => Promise<Result>,
): Promise<Result> => {
  const inTenant = tenantId === null ? work : () => withinTenant(tenantId, work);
  return scope === null ? inTenant() : withinScope(scope, inTenant);
};
