import { administratorCause, sessionOf } from "#access";
import { forbidden, type HttpServer } from "#http";
import type { Organisations } from "#tenancy";
import { provisioningPermissions } from "../permissions.ts";
import { LogRetention, LogRetentionChange } from "../schemas.ts";
import { changeRetention } from "./change-retention.ts";
import { defaultKeepDays } from "./retention.ts";
import { findKeepDays } from "./retention-store.ts";

const tags = ["Provisioning log"];

/** Routes of how long log entries are kept. */
export const registerLogRetentionRoutes = (app: HttpServer, organisations: Organisations): void => {
  app.get(
    "/provisioning-log/retention",
    {
      config: { permission: provisioningPermissions.view },
      schema: { operationId: "getLogRetention", tags, response: { 200: LogRetention } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => ({
        keepDays: await findKeepDays(tx, defaultKeepDays),
        defaultKeepDays,
      })),
  );

  app.put(
    "/provisioning-log/retention",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "setLogRetention",
        tags,
        body: LogRetentionChange,
        response: { 200: LogRetention },
      },
    },
    (request) => {
      const session = sessionOf(request);
      if (!session.isSuper || session.scope.tenantIds !== null)
        throw forbidden(
          "How long the log is kept is set at the super tenant",
          "It holds in every tenant of the organisation. Ask an administrator of the super tenant.",
        );
      const { keepDays } = request.body;
      return organisations.within(session.orgId, async (tx) => {
        const because = `${session.accountName} changed how long the provisioning log is kept`;
        await changeRetention(tx, { keepDays, cause: administratorCause(session, because) });
        await tx.flush();
        return { keepDays, defaultKeepDays };
      });
    },
  );
};
