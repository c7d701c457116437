import type { Static } from "typebox";
import { sessionOf } from "#access";
import { notFound, readPageQuery, toPage, type HttpServer } from "#http";
import type { Organisations } from "#tenancy";
import { custodyPermissions } from "./permissions.ts";
import { presentCustody } from "./present.ts";
import { ById, Recovery, RecoveryPage, RecoveryQuery, type RecoveryRow } from "./schemas.ts";
import { listCustodiesByIds } from "./store/custodies.ts";
import {
  countRecoveries,
  findRecovery,
  listRecoveryItems,
  selectRecoveries,
  type RecoveryRow as StoredRecovery,
} from "./store/recoveries.ts";

const tags = ["Custody"];

/** Getting leavers' items back: which recoveries there are, and what each is about. */
export const registerRecoveryRoutes = (
  app: HttpServer,
  { organisations }: { readonly organisations: Organisations },
): void => {
  app.get(
    "/recoveries",
    {
      config: { permission: custodyPermissions.view },
      schema: {
        operationId: "listRecoveries",
        tags,
        querystring: RecoveryQuery,
        response: { 200: RecoveryPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { cursor, limit } = readPageQuery(request.query);
      const filter = { ...request.query, ...(!session.isSuper && { tenantId: session.tenantId }) };
      return organisations.within(session.orgId, async (tx) => {
        const place = { before: cursor?.[0], limit: limit + 1 };
        const rows = await tx.run(selectRecoveries(tx, filter, place));
        const total = await countRecoveries(tx, filter);
        return toPage({ rows, limit, total, keyOf: (row) => [row.id], present: presentRecovery });
      });
    },
  );

  app.get(
    "/recoveries/:id",
    {
      config: { permission: custodyPermissions.view },
      schema: { operationId: "getRecovery", tags, params: ById, response: { 200: Recovery } },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, async (tx) => {
        const recovery = await findRecovery(tx, request.params.id);
        if (recovery === undefined || !(session.isSuper || recovery.tenantId === session.tenantId))
          throw notFound("Recovery");
        const items = await listCustodiesByIds(tx, await listRecoveryItems(tx, recovery.id));
        return { ...presentRecovery(recovery), items: items.map(presentCustody) };
      });
    },
  );
};

const presentRecovery = (recovery: StoredRecovery): Static<typeof RecoveryRow> => ({
  id: recovery.id,
  account: {
    id: recovery.account.id,
    name: recovery.account.name,
    email: recovery.account.email,
  },
  openedAt: recovery.openedAt.toISOString(),
  openedBecause: recovery.openedBecause,
  closedAt: recovery.closedAt?.toISOString() ?? null,
  closedBecause: recovery.closedBecause,
  outstanding: recovery.outstanding,
  returned: recovery.returned,
});
