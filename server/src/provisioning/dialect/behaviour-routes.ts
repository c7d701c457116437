import type { Static } from "typebox";
import { administratorCause, sessionOf } from "#access";
import { notFound, type HttpServer } from "#http";
import { record, type Cause } from "#ledger";
import type { Organisations, Transaction } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import { provisioningPermissions } from "../permissions.ts";
import { ById } from "../schemas.ts";
import { Behaviour, SwitchByKey, SwitchChange, type Switch } from "./schemas.ts";
import { findSettled, saveSwitched } from "./store.ts";
import { switches, switchesOn } from "./switches.ts";

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
          await turn(tx, connectionId, { key, on, cause });
          await tx.flush();
          return readBehaviour(tx, connectionId);
        },
        { hold: { key: connectionId, mode: "exclusive" } },
      );
    },
  );
};

type Turn = { readonly key: string; readonly on: boolean; readonly cause: Cause };

/**
 * Turns a switch on or off. The transaction must hold the connection exclusively.
 * @throws HttpError 404 without such a connection or switch
 */
const turn = async (
  tx: Transaction,
  connectionId: string,
  { key, on, cause }: Turn,
): Promise<void> => {
  const { name, tenantId } = await requireConnection(tx, connectionId);
  const found = switches.find((each) => each.key === key);
  if (found === undefined) throw notFound("Switch");
  const settled = await findSettled(tx, connectionId);
  const others = (settled?.switched ?? []).filter((other) => other !== key);
  const wasOn = switchesOn(settled?.switched ?? []).has(found.key);
  if (wasOn === on) return;
  saveSwitched(tx, connectionId, on === found.default ? others : [...others, key]);
  record(tx, cause, [
    {
      action: "connection.switched",
      sentence: `"${found.title}" turned ${on ? "on" : "off"}`,
      subject: { kind: "connection", id: connectionId, name },
      tenantId,
      before: { [key]: wasOn },
      after: { [key]: on },
    },
  ]);
};

const readBehaviour = async (
  tx: Transaction,
  connectionId: string,
): Promise<{ items: Static<typeof Switch>[] }> => {
  const settled = await findSettled(tx, connectionId);
  const on = switchesOn(settled?.switched ?? []);
  return { items: switches.map((each) => ({ ...each, on: on.has(each.key) })) };
};
