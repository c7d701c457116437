import { AsyncLocalStorage } from "node:async_hooks";
import { asId } from "./ids.ts";

/** What part of an organisation somebody may see and change; null is no limit. */
export type Scope = {
  readonly tenantIds: readonly string[] | null;
  readonly locationIds: readonly string[] | null;
  readonly categoryIds: readonly string[] | null;
};

const bound = new AsyncLocalStorage<Scope>();

/**
 * Runs what serves a request of somebody whose access role has limits: every transaction opened within is bound to them,
 * so that row-level security hides the rest, whatever the route, and refuses what would end up outside.
 */
export const withinScope = <Result>(scope: Scope, work: () => Result): Result =>
  bound.run(scope, work);

/** The limits that transactions opened now are bound to, if any. */
export const boundScope = (): Scope | undefined => bound.getStore();

/** A limit as settings of a transaction: what binds it, and what lets it go. */
type Limit = {
  readonly bind: string;
  readonly loosen: string;
  readonly isOfTenants: boolean;
};

/** What binds a transaction to the limits, if there are any. */
export const scopeSettings = (): readonly Limit[] => {
  const scope = bound.getStore();
  const limits = [
    ["app.tenants", scope?.tenantIds],
    ["app.locations", scope?.locationIds],
    ["app.categories", scope?.categoryIds],
  ] as const;
  return limits.flatMap(([setting, ids]) =>
    ids
      ? {
          bind: `set local ${setting} = '{${ids.map(asId).join(",")}}'`,
          loosen: `set local ${setting} = ''`,
          isOfTenants: setting === "app.tenants",
        }
      : [],
  );
};
