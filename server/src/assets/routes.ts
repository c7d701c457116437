import { administratorCause, sessionOf } from "#access";
import { readPageQuery, toPage, type HttpServer } from "#http";
import { historyPage, LedgerPage } from "#ledger";
import type { Organisations } from "#tenancy";
import { changeAsset } from "./change-asset.ts";
import { createAsset } from "./create-asset.ts";
import type { Holdings } from "./holdings.ts";
import { assetPermissions } from "./permissions.ts";
import { presentAsset, presentAssetRows } from "./present.ts";
import {
  Asset,
  AssetChanges,
  AssetPage,
  AssetQuery,
  ById,
  NewAsset,
  PageQuery,
} from "./schemas.ts";
import { countAssets, listAssets } from "./store/list.ts";
import { requireTenant, requireVisibleAsset } from "./visible.ts";

type Needs = { readonly organisations: Organisations; readonly holdings: Holdings };

const tags = ["Assets"];

/** The register: list, register, read and change assets. */
export const registerAssetRoutes = (app: HttpServer, { organisations, holdings }: Needs): void => {
  app.get(
    "/assets",
    {
      config: { permission: assetPermissions.view },
      schema: {
        operationId: "listAssets",
        tags,
        querystring: AssetQuery,
        response: { 200: AssetPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { cursor, limit } = readPageQuery(request.query);
      const { sort = "tag", ...asked } = request.query;
      const filter = { ...asked, ...(!session.isSuper && { tenantId: session.tenantId }) };
      const wanted = { filter, isHeld: holdings.isHeld };
      return organisations.within(session.orgId, async (tx) => {
        const rows = await listAssets(tx, wanted, { sort, after: cursor, limit: limit + 1 });
        const total = await countAssets(tx, wanted);
        const items = await presentAssetRows(tx, holdings, rows.slice(0, limit));
        const keyOf = (row: (typeof rows)[number]) => [row.sortKey, row.id];
        return {
          items,
          next: toPage({ rows, limit, total, keyOf, present: () => null }).next,
          total,
        };
      });
    },
  );

  app.post(
    "/assets",
    {
      config: { permission: assetPermissions.create },
      schema: { operationId: "createAsset", tags, body: NewAsset, response: { 201: Asset } },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { tenantId: named, ...values } = request.body;
      const cause = administratorCause(session, `${session.accountName} registered an asset`);
      const asset = await organisations.within(session.orgId, async (tx) => {
        const tenantId = await requireTenant(tx, named, session);
        const id = await createAsset(tx, { tenantId, values, cause });
        await tx.flush();
        return presentAsset(tx, holdings, id);
      });
      return reply.status(201).send(asset);
    },
  );

  app.get(
    "/assets/:id",
    {
      config: { permission: assetPermissions.view },
      schema: { operationId: "getAsset", tags, params: ById, response: { 200: Asset } },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, async (tx) => {
        const { id } = await requireVisibleAsset(tx, request.params.id, session);
        return presentAsset(tx, holdings, id);
      });
    },
  );

  app.patch(
    "/assets/:id",
    {
      config: { permission: assetPermissions.edit },
      schema: {
        operationId: "updateAsset",
        tags,
        params: ById,
        body: AssetChanges,
        response: { 200: Asset },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const cause = administratorCause(session, `${session.accountName} edited the asset`);
      return organisations.within(session.orgId, async (tx) => {
        const { id } = await requireVisibleAsset(tx, request.params.id, session);
        await changeAsset(tx, { assetId: id, values: request.body, cause });
        await tx.flush();
        return presentAsset(tx, holdings, id);
      });
    },
  );

  app.get(
    "/assets/:id/history",
    {
      config: { permission: assetPermissions.view },
      schema: {
        operationId: "getAssetHistory",
        tags,
        params: ById,
        querystring: PageQuery,
        response: { 200: LedgerPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, async (tx) => {
        const { id } = await requireVisibleAsset(tx, request.params.id, session);
        return historyPage(tx, [id], readPageQuery(request.query));
      });
    },
  );
};
