import type { Static } from "typebox";
import { administratorCause, sessionOf } from "#access";
import { invalid, type HttpServer } from "#http";
import type { Organisations, Transaction } from "#tenancy";
import { changeRequestLimit } from "../admission/change-request-limit.ts";
import { lowestPerSecond, type RequestLimit } from "../admission/request-limit.ts";
import { findRequestLimit, sumRefusals } from "../admission/store.ts";
import { provisioningPermissions } from "../permissions.ts";
import { ById, RequestLimitChange, RequestLimits } from "../schemas.ts";
import { requireConnection } from "./require-connection.ts";
import { findActivity } from "./store.ts";

const tags = ["Connections"];

/** Routes of how fast a connection may send, and how often it was told to come back later. */
export const registerLimitRoutes = (app: HttpServer, organisations: Organisations): void => {
  app.get(
    "/connections/:id/request-limit",
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "getRequestLimit",
        tags,
        params: ById,
        response: { 200: RequestLimits },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        await requireConnection(tx, request.params.id);
        return presentLimit(tx, request.params.id);
      }),
  );

  app.put(
    "/connections/:id/request-limit",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "setRequestLimit",
        tags,
        params: ById,
        body: RequestLimitChange,
        response: { 200: RequestLimits },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { id } = request.params;
      const limit = request.body.limit ?? undefined;
      requireSensible(limit);
      return organisations.within(session.orgId, async (tx) => {
        const cause = administratorCause(session, `${session.accountName} set a request limit`);
        await changeRequestLimit(tx, id, { limit, cause });
        await tx.flush();
        return presentLimit(tx, id);
      });
    },
  );
};

/** @throws HttpError 400 below what identity providers need */
const requireSensible = (limit: RequestLimit | undefined): void => {
  if (limit === undefined || limit.perSecond >= lowestPerSecond) return;
  throw invalid(
    "That limit is too low",
    `Microsoft Entra ID asks for at least ${lowestPerSecond} requests a second; below that its cycles fail and it stops provisioning. Choose ${lowestPerSecond} or more, or no limit.`,
    [{ path: "perSecond", message: `is below ${lowestPerSecond}` }],
  );
};

const presentLimit = async (
  tx: Transaction,
  connectionId: string,
): Promise<Static<typeof RequestLimits>> => {
  const activity = await findActivity(tx, connectionId);
  return {
    limit: (await findRequestLimit(tx, connectionId)) ?? null,
    lowestPerSecond,
    refusedLastHour: await sumRefusals(tx, connectionId),
    lastRefusedAt: activity?.lastThrottledAt?.toISOString() ?? null,
  };
};
