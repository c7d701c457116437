import { isDeepStrictEqual } from "node:util";
import type { Reversal } from "#ledger";
import { changeRequestLimit } from "../admission/change-request-limit.ts";
import type { RequestLimit } from "../admission/request-limit.ts";
import { findRequestLimit } from "../admission/store.ts";
import { rename } from "../connections/connect.ts";
import { requireConnection } from "../connections/require-connection.ts";
import { findConnection } from "../connections/store.ts";
import { findSettled } from "../dialect/store.ts";
import { switchesOn } from "../dialect/switches.ts";
import { turnSwitch } from "../dialect/turn-switch.ts";
import { changeRetention } from "../log/change-retention.ts";
import { defaultKeepDays } from "../log/retention.ts";
import { findKeepDays } from "../log/retention-store.ts";
import { provisioningPermissions } from "../permissions.ts";
import { exclusively } from "./exclusively.ts";

export const connectionName: Reversal<{ readonly name: string }> = {
  name: "connection.name",
  label: "Name",
  actions: ["connection.renamed"],
  permissions: [provisioningPermissions.edit],
  opening: exclusively,
  read: async (tx, connectionId) => {
    const connection = await findConnection(tx, connectionId);
    return connection && { name: connection.name };
  },
  back: ({ name }, { before, after }) =>
    name === after["name"]
      ? { state: { name: String(before["name"]) } }
      : { why: "The connection was renamed again since." },
  write: async (tx, { subjectId, current, wanted, cause }) => {
    const connection = await requireConnection(tx, subjectId);
    await rename(tx, connection, { to: wanted.name ?? current.name, cause });
  },
};

/** Each switch of a connection that is on, as "on"; the others as "off" where an entry speaks of them. */
type Switches = Readonly<Record<string, "on" | "off">>;

const said = (on: unknown): "on" | "off" => (on === true ? "on" : "off");

export const connectionSwitches: Reversal<Switches> = {
  name: "connection.switches",
  label: "Behaviour",
  actions: ["connection.switched"],
  permissions: [provisioningPermissions.edit],
  opening: exclusively,
  read: async (tx, connectionId) => {
    const settled = await findSettled(tx, connectionId);
    if (settled === undefined) return undefined;
    return Object.fromEntries([...switchesOn(settled.switched)].map((key) => [key, "on"]));
  },
  back: (state, { before, after }) => {
    const [[key, was]] = Object.entries(before) as [[string, unknown]];
    return (state[key] ?? "off") === said(after[key])
      ? { state: { ...state, [key]: said(was) } }
      : { why: "It was switched again since." };
  },
  write: async (tx, { subjectId, wanted, cause }) => {
    for (const [key, state] of Object.entries(wanted))
      await turnSwitch(tx, subjectId, { key, on: state === "on", cause });
  },
};

export const requestLimit: Reversal<{ readonly limit: RequestLimit | null }> = {
  name: "connection.request-limit",
  label: "Request limit",
  actions: ["connection.request-limit-changed"],
  permissions: [provisioningPermissions.edit],
  read: async (tx, connectionId) => {
    if ((await findConnection(tx, connectionId)) === undefined) return undefined;
    return { limit: (await findRequestLimit(tx, connectionId)) ?? null };
  },
  back: ({ limit }, { before, after }) =>
    isDeepStrictEqual(limit, after["limit"])
      ? { state: { limit: before["limit"] as RequestLimit | null } }
      : { why: "Another request limit was set since." },
  write: (tx, { subjectId, wanted, cause }) =>
    changeRequestLimit(tx, subjectId, { limit: wanted.limit ?? undefined, cause }),
};

export const logRetention: Reversal<{ readonly keepDays: number | null }> = {
  name: "provisioning-log.retention",
  label: "Kept for so many days",
  actions: ["provisioning-log.retention-changed"],
  permissions: [provisioningPermissions.edit],
  isOfOrganisation: true,
  read: async (tx) => ({ keepDays: await findKeepDays(tx, defaultKeepDays) }),
  back: ({ keepDays }, { before, after }) =>
    keepDays === after["keepDays"]
      ? { state: { keepDays: before["keepDays"] as number | null } }
      : { why: "It was changed again since." },
  consequence: () => "Entries that were removed meanwhile do not come back.",
  write: (tx, { wanted, cause }) =>
    changeRetention(tx, { keepDays: wanted.keepDays ?? null, cause }),
};
