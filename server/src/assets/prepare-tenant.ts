import type { Transaction } from "#tenancy";
import { insertCategory, insertStatus, listStatuses } from "./store/choices.ts";
import { holdTags } from "./store/tags.ts";

const statuses = [
  { name: "Ready to deploy", kind: "deployable" },
  { name: "In repair", kind: "pending" },
  { name: "Broken", kind: "undeployable" },
  { name: "Retired", kind: "archived" },
  { name: "Lost", kind: "archived" },
] as const;

const categories = [
  "Laptop",
  "Desktop",
  "Monitor",
  "Phone",
  "Tablet",
  "Dock",
  "Headset",
  "Accessory",
] as const;

/** Gives a new tenant what it needs to register assets: statuses, categories, and the tag counter. */
export const prepareTenant = async (tx: Transaction, tenantId: string): Promise<void> => {
  if ((await listStatuses(tx, tenantId)).length > 0) return;
  for (const status of statuses) await insertStatus(tx, { tenantId, ...status });
  for (const name of categories) await insertCategory(tx, { tenantId, name });
  await holdTags(tx, tenantId);
};
