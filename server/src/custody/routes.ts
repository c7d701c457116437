import { administratorCause, sessionOf } from "#access";
import { findAccount } from "#accounts";
import { Asset, presentAsset, requireVisibleAsset } from "#assets";
import { notFound, readPageQuery, type HttpServer } from "#http";
import type { Organisations } from "#tenancy";
import { checkIn } from "./check-in.ts";
import { checkOut } from "./check-out.ts";
import { custodyPage } from "./custody-page.ts";
import { holdings } from "./holdings.ts";
import { custodyPermissions } from "./permissions.ts";
import {
  ById,
  CheckInRequest,
  CheckOutRequest,
  CustodyPage,
  ItemsQuery,
  PageQuery,
} from "./schemas.ts";

const tags = ["Custody"];

/** Check-out, check-in, and who held what. */
export const registerCustodyRoutes = (
  app: HttpServer,
  { organisations }: { readonly organisations: Organisations },
): void => {
  app.post(
    "/assets/:id/check-out",
    {
      config: { permission: custodyPermissions["check-out"] },
      schema: {
        operationId: "checkOut",
        tags,
        params: ById,
        body: CheckOutRequest,
        response: { 200: Asset },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { accountId, dueOn = null, note } = request.body;
      const cause = administratorCause(session, `${session.accountName} checked the asset out`);
      return organisations.within(session.orgId, async (tx) => {
        const { id } = await requireVisibleAsset(tx, request.params.id, session);
        await checkOut(tx, { assetId: id, accountId, dueOn, note: note?.trim() || null, cause });
        await tx.flush();
        return presentAsset(tx, holdings, id);
      });
    },
  );

  app.post(
    "/assets/:id/check-in",
    {
      config: { permission: custodyPermissions["check-in"] },
      schema: {
        operationId: "checkIn",
        tags,
        params: ById,
        body: CheckInRequest,
        response: { 200: Asset },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { outcome = "returned", note, ...values } = request.body;
      const cause = administratorCause(session, `${session.accountName} checked the asset in`);
      return organisations.within(session.orgId, async (tx) => {
        const { id } = await requireVisibleAsset(tx, request.params.id, session);
        await checkIn(tx, { ...values, assetId: id, outcome, note: note?.trim() || null, cause });
        await tx.flush();
        return presentAsset(tx, holdings, id);
      });
    },
  );

  app.get(
    "/assets/:id/custody",
    {
      config: { permission: custodyPermissions.view },
      schema: {
        operationId: "listAssetCustody",
        tags,
        params: ById,
        querystring: PageQuery,
        response: { 200: CustodyPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, async (tx) => {
        const { id } = await requireVisibleAsset(tx, request.params.id, session);
        return custodyPage(tx, { assetId: id }, readPageQuery(request.query));
      });
    },
  );

  app.get(
    "/accounts/:id/items",
    {
      config: { permission: custodyPermissions.view },
      schema: {
        operationId: "listHeldItems",
        tags,
        params: ById,
        querystring: ItemsQuery,
        response: { 200: CustodyPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const open = request.query.state !== "all";
      return organisations.within(session.orgId, async (tx) => {
        const account = await findAccount(tx, request.params.id);
        if (account === undefined || !(session.isSuper || account.tenantId === session.tenantId))
          throw notFound("Sub Account");
        return custodyPage(tx, { accountId: account.id, open }, readPageQuery(request.query));
      });
    },
  );

  app.get(
    "/me/items",
    {
      config: { permission: "session" },
      schema: {
        operationId: "listMyItems",
        tags,
        querystring: ItemsQuery,
        response: { 200: CustodyPage },
      },
    },
    (request) => {
      const { orgId, accountId } = sessionOf(request);
      const open = request.query.state !== "all";
      return organisations.within(orgId, (tx) =>
        custodyPage(tx, { accountId, open }, readPageQuery(request.query)),
      );
    },
  );
};
