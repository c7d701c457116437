import { notFound } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import { findSettled, saveSwitched } from "./store.ts";
import { switches, switchesOn } from "./switches.ts";

type Turn = { readonly key: string; readonly on: boolean; readonly cause: Cause };

/**
 * Turns a switch on or off. The transaction must hold the connection exclusively.
 * @throws HttpError 404 without such a connection or switch
 */
export const turnSwitch = async (
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
