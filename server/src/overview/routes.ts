import { Type } from "typebox";
import { sessionOf } from "#access";
import { countMappedGroups, summarizeAccounts } from "#accounts";
import { summarizeAssets } from "#assets";
import { holdings, summarizeRecoveries } from "#custody";
import { countGroups } from "#directory";
import type { HttpServer } from "#http";
import { LedgerEntry, listRecent, presentLedgerEntry } from "#ledger";
import { findActivity, listConnections } from "#provisioning";
import type { Organisations } from "#tenancy";

const Overview = Type.Object(
  {
    accounts: Type.Object({
      active: Type.Integer(),
      disabled: Type.Integer(),
      locked: Type.Integer(),
      drifted: Type.Integer({ description: "locked in a role that the directory would not give" }),
      ending: Type.Integer({ description: "whose lock ends within a week" }),
    }),
    connections: Type.Object({ total: Type.Integer(), receiving: Type.Integer() }),
    groups: Type.Object({ total: Type.Integer(), mapped: Type.Integer() }),
    assets: Type.Object({ total: Type.Integer(), held: Type.Integer(), available: Type.Integer() }),
    recoveries: Type.Object({ open: Type.Integer(), items: Type.Integer() }),
    recentChanges: Type.Array(LedgerEntry),
  },
  { $id: "Overview" },
);

const recent = 10;

export const registerOverviewRoutes = (app: HttpServer, organisations: Organisations): void => {
  app.get(
    "/overview",
    {
      config: { permission: "accounts:view" },
      schema: { operationId: "getOverview", tags: ["Overview"], response: { 200: Overview } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        const { isSuper, tenantId: own } = sessionOf(request);
        const tenantId = isSuper ? undefined : own;
        const connections = (await listConnections(tx)).filter(
          (one) => isSuper || one.tenantId === own,
        );
        const counts = { receiving: 0, groups: 0, mapped: 0 };
        for (const { id } of connections) {
          if ((await findActivity(tx, id))?.lastRequestAt) counts.receiving += 1;
          counts.groups += await countGroups(tx, id);
          counts.mapped += await countMappedGroups(tx, id);
        }
        return {
          accounts: await summarizeAccounts(tx, tenantId),
          connections: { total: connections.length, receiving: counts.receiving },
          groups: { total: counts.groups, mapped: counts.mapped },
          assets: await summarizeAssets(tx, holdings.isHeld, tenantId),
          recoveries: await summarizeRecoveries(tx, tenantId),
          recentChanges: (await listRecent(tx, recent, tenantId)).map(presentLedgerEntry),
        };
      }),
  );
};
