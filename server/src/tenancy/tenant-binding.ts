import { AsyncLocalStorage } from "node:async_hooks";

const bound = new AsyncLocalStorage<string>();

/**
 * Runs what serves a request that is about one tenant: every transaction opened within is bound to it, so that
 * row-level security hides the others whether or not a handler thinks of them. A handler cannot forget this, because it
 * does nothing for it.
 */
export const withinTenant = <Result>(tenantId: string, work: () => Result): Result =>
  bound.run(tenantId, work);

/** The tenant that transactions opened now are bound to, if any. */
export const boundTenant = (): string | undefined => bound.getStore();
