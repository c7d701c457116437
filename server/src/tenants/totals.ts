import { countAccountsByTenant } from "#accounts";
import { countAssetsByTenant } from "#assets";
import { countDisabledHoldersByTenant } from "#custody";
import { countConnectionsByTenant } from "#provisioning";
import type { Transaction } from "#tenancy";

const none = {
  people: 0,
  disabled: 0,
  assets: 0,
  disabledHolders: 0,
  connections: 0,
  failingConnections: 0,
};
export type Totals = typeof none;

/** What each tenant has, and all of them together: one grouped query for each noun, however many tenants there are. */
export const readTotals = async (tx: Transaction) => {
  const byTenant = new Map<string, Totals>();
  const all = { ...none };
  const add = (tenantId: string, counts: Partial<Totals>) => {
    const own = byTenant.get(tenantId) ?? { ...none };
    for (const [name, count] of Object.entries(counts) as [keyof Totals, number][]) {
      own[name] += count;
      all[name] += count;
    }
    byTenant.set(tenantId, own);
  };
  for (const { tenantId, active, disabled } of await countAccountsByTenant(tx))
    add(tenantId, { people: active, disabled });
  for (const { tenantId, assets } of await countAssetsByTenant(tx)) add(tenantId, { assets });
  for (const { tenantId, disabledHolders } of await countDisabledHoldersByTenant(tx))
    add(tenantId, { disabledHolders });
  for (const { tenantId, connections, failing } of await countConnectionsByTenant(tx))
    add(tenantId, { connections, failingConnections: failing });
  return { all, of: (tenantId: string): Totals => byTenant.get(tenantId) ?? none };
};
