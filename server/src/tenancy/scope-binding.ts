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

/** What binds a transaction to the limits, if there are any, as settings. */
export const scopeSettings = (): { readonly bind: string[]; readonly loosen: string[] } => {
  const scope = bound.getStore();
  const limits = [
    ["app.tenants", scope?.tenantIds],
    ["app.locations", scope?.locationIds],
    ["app.categories", scope?.categoryIds],
  ] as const;
  const given = limits.flatMap(([setting, ids]) => (ids ? [{ setting, ids }] : []));
  return {
    bind: given.map(({ setting, ids }) => `set local ${setting} = '{${ids.map(asId).join(",")}}'`),
    loosen: given.map(({ setting }) => `set local ${setting} = ''`),
  };
};
