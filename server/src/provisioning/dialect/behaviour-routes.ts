import type { Static } from "typebox";
import { administratorCause, sessionOf } from "#access";
import type { HttpServer } from "#http";
import type { Organisations, Transaction } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import { provisioningPermissions } from "../permissions.ts";
import { ById } from "../schemas.ts";
import { Behaviour, SwitchByKey, SwitchChange, type Switch } from "./schemas.ts";
import { findSettled } from "./store.ts";
import { switches, switchesOn } from "./switches.ts";
import { turnSwitch } from "./turn-switch.ts";

const tags = ["Connections"];

export const registerBehaviourRoutes = (app: HttpServer, organisations: Organisations): void => {
  app.get(
    "/connections/:id/behaviour",
    {
      config: { permission: provisioningPermissions.view },
      schema: { operationId: "getBehaviour", tags, params: ById, response: { 200: Behaviour } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        await requireConnection(tx, request.params.id);
        return readBehaviour(tx, request.params.id);
      }),
  );

  app.put(
    "/connections/:id/behaviour/:key",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "setSwitch",
        tags,
        params: SwitchByKey,
        body: SwitchChange,
        response: { 200: Behaviour },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { id: connectionId, key } = request.params;
      const { on } = request.body;
      const sentence = `${session.accountName} changed how a connection behaves`;
      const cause = administratorCause(session, sentence);
      return organisations.within(
        session.orgId,
        async (tx) => {
          await turnSwitch(tx, connectionId, { key, on, cause });
          await tx.flush();
          return readBehaviour(tx, connectionId);
        },
        { hold: { key: connectionId, mode: "exclusive" } },
      );
    },
  );
};

const readBehaviour = async (
  tx: Transaction,
  connectionId: string,
): Promise<{ items: Static<typeof Switch>[] }> => {
  const settled = await findSettled(tx, connectionId);
  const on = switchesOn(settled?.switched ?? []);
  return { items: switches.map((each) => ({ ...each, on: on.has(each.key) })) };
};
