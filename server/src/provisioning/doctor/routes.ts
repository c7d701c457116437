import { administratorCause, sessionOf } from "#access";
import type { HttpServer } from "#http";
import type { Organisations } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import { provisioningPermissions } from "../permissions.ts";
import { CheckById, MuteRequest, Nothing } from "../schemas.ts";
import { muteCheck, unmuteCheck } from "./mute.ts";

const tags = ["Connections"];

export const registerDoctorRoutes = (app: HttpServer, organisations: Organisations): void => {
  app.put(
    "/connections/:id/checks/:checkId/mute",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "muteCheck",
        tags,
        params: CheckById,
        body: MuteRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { id, checkId } = request.params;
      const cause = administratorCause(session, `${session.accountName} muted a check`);
      await organisations.within(session.orgId, async (tx) => {
        const connection = await requireConnection(tx, id);
        await muteCheck(tx, { connection, checkId, cause, reason: request.body.reason });
      });
      return reply.status(204).send(null);
    },
  );

  app.delete(
    "/connections/:id/checks/:checkId/mute",
    {
      config: { permission: provisioningPermissions.edit },
      schema: { operationId: "unmuteCheck", tags, params: CheckById, response: { 204: Nothing } },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { id, checkId } = request.params;
      const cause = administratorCause(session, `${session.accountName} took a check up again`);
      await organisations.within(session.orgId, async (tx) => {
        const connection = await requireConnection(tx, id);
        await unmuteCheck(tx, { connection, checkId, cause });
      });
      return reply.status(204).send(null);
    },
  );
};
