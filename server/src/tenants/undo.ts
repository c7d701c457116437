import type { Jobs } from "#jobs";
import type { AnyReversal, Reversal } from "#ledger";
import { findTenant } from "#tenancy";
import { archiveTenant, changeName, restoreTenant } from "./change-tenants.ts";
import { tenantPermissions } from "./permissions.ts";

const tenantName: Reversal<{ readonly name: string }> = {
  name: "tenant.name",
  label: "Name",
  actions: ["tenant.renamed"],
  permissions: [tenantPermissions.edit],
  isOfOrganisation: true,
  read: async (tx, id) => {
    const tenant = await findTenant(tx, id);
    return tenant && { name: tenant.name };
  },
  back: ({ name }, { before, after }) =>
    name === after["name"]
      ? { state: { name: String(before["name"]) } }
      : { why: "The tenant was renamed again since." },
  write: (tx, { subjectId, current, wanted, cause }) =>
    changeName(tx, subjectId, wanted.name ?? current.name, cause),
};

const tenantState = (jobs: Jobs): Reversal<{ readonly state: "active" | "archived" }> => ({
  name: "tenant.state",
  label: "State",
  actions: ["tenant.created", "tenant.archived", "tenant.restored"],
  permissions: [tenantPermissions.edit],
  isOfOrganisation: true,
  read: async (tx, id) => {
    const tenant = await findTenant(tx, id);
    return tenant && { state: tenant.archivedAt === null ? "active" : "archived" };
  },
  // Nothing is deleted: a tenant that should not have been made is archived.
  back: ({ state }, { action }) => {
    const then = action === "tenant.archived" ? "archived" : "active";
    if (state !== then) return { why: "It was archived or restored since." };
    return { state: { state: then === "active" ? "archived" : "active" } };
  },
  consequence: (_now, { state }) =>
    state === "archived"
      ? "Its people become Disabled; their items stay with them."
      : "Whom archiving disabled is Active again.",
  write: (tx, { subjectId: id, wanted, cause }) =>
    wanted.state === "archived"
      ? archiveTenant(tx, { jobs, id, cause })
      : restoreTenant(tx, { jobs, id, cause }),
});

/** How the deeds of this module are undone. */
export const tenantReversals = (jobs: Jobs): AnyReversal[] => [tenantName, tenantState(jobs)];
