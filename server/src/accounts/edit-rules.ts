import { listRoles } from "#access";
import { countUsers, listGroupNames } from "#directory";
import { conflict, invalid, notFound } from "#http";
import type { Jobs } from "#jobs";
import { record, type Cause } from "#ledger";
import { listTenants, type Transaction } from "#tenancy";
import { applyRulesJob } from "./apply-rules.ts";
import type { Mapping } from "./decide.ts";
import { insertApplication, type ApplicationRow } from "./store/applications.ts";
import {
  findDefaultRole,
  listMappings,
  replaceMappings,
  saveDefaultRole,
  type DefaultRole,
} from "./store/rules.ts";

/** A mapping as an administrator gives it; without a tenant it means the connection's own. */
export type MappingDraft = {
  readonly groupId: string;
  readonly roleId: string;
  readonly tenantId?: string;
};

type Edit = { readonly connectionId: string; readonly cause: Cause };

/**
 * Replaces the group mappings of a connection (first wins) and starts deciding everybody again in the background.
 * The transaction must hold the connection exclusively, so that no request decides by the old rules meanwhile.
 * @throws HttpError 404 without such a connection, 400 on an unknown group, role or tenant
 */
export const saveGroupMappings = async (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause }: Edit,
  drafts: readonly MappingDraft[],
): Promise<ApplicationRow> => {
  const mappings = await checkMappings(tx, connectionId, drafts);
  const before = await listMappings(tx, connectionId);
  await replaceMappings(tx, connectionId, mappings);
  const sentence =
    mappings.length === 1 ? "Saved 1 group mapping" : `Saved ${mappings.length} group mappings`;
  return startApplication(
    tx,
    jobs,
    { connectionId, cause },
    {
      action: "rules.group-mappings-changed",
      sentence,
      before: {
        mappings: before.map(({ groupId, tenantId, roleId }) => ({ groupId, tenantId, roleId })),
      },
      after: { mappings },
    },
  );
};

/** Like `saveGroupMappings`, for the role of people in no mapped group. */
export const changeDefaultRole = async (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause }: Edit,
  roleId: string,
): Promise<ApplicationRow> => {
  const current = await requireDefaultRole(tx, connectionId);
  const role = (await listRoles(tx)).find(({ id }) => id === roleId);
  if (role === undefined) throw unknownRole(["defaultRoleId"]);
  saveDefaultRole(tx, connectionId, { tenantId: current.tenantId, roleId });
  await tx.flush();
  return startApplication(
    tx,
    jobs,
    { connectionId, cause },
    {
      action: "rules.default-role-changed",
      sentence: `Default access role changed from ${current.roleName} to ${role.name}`,
      before: { roleId: current.roleId },
      after: { roleId },
    },
  );
};

/** @throws HttpError 404 when there is no such connection in this organisation */
export const requireDefaultRole = async (
  tx: Transaction,
  connectionId: string,
): Promise<DefaultRole> => {
  const defaultRole = await findDefaultRole(tx, connectionId);
  if (defaultRole === undefined) throw notFound("Connection");
  return defaultRole;
};

/** @throws HttpError 400 naming each mapping that cannot be */
export const checkMappings = async (
  tx: Transaction,
  connectionId: string,
  drafts: readonly MappingDraft[],
): Promise<Mapping[]> => {
  const { tenantId: home } = await requireDefaultRole(tx, connectionId);
  const tenants = await listTenants(tx);
  const homeIsSuper = tenants.some(({ id, isSuper }) => id === home && isSuper);
  const reachable = new Set(
    tenants.filter(({ id }) => homeIsSuper || id === home).map(({ id }) => id),
  );
  const groups = new Set((await listGroupNames(tx, connectionId)).map(({ id }) => id));
  const roles = new Set((await listRoles(tx)).map(({ id }) => id));
  const mappings = drafts.map(({ groupId, roleId, tenantId = home }) => ({
    groupId,
    roleId,
    tenantId,
  }));
  for (const [index, { groupId, roleId, tenantId }] of mappings.entries()) {
    const path = `mappings.${index}`;
    if (!groups.has(groupId))
      throw invalid("That group is unknown", "This connection has pushed no such group.", [
        { path: `${path}.groupId`, message: "is not a group of this connection" },
      ]);
    if (!roles.has(roleId)) throw unknownRole([`${path}.roleId`]);
    if (!reachable.has(tenantId))
      throw invalid(
        "That tenant cannot be used",
        "A connection maps groups to its own tenant; one at the super tenant, to any.",
        [{ path: `${path}.tenantId`, message: "is not a tenant this connection may fill" }],
      );
  }
  if (
    new Set(mappings.map(({ groupId, tenantId }) => `${groupId} ${tenantId}`)).size <
    mappings.length
  )
    throw conflict("A group is mapped twice", "Give each group one access role in a tenant.");
  return mappings;
};

const unknownRole = (paths: string[]) =>
  invalid(
    "That access role is unknown",
    "Choose one of the access roles of this organisation.",
    paths.map((path) => ({
      path,
      message: "is not an access role of this organisation",
    })),
  );

type RuleChange = { action: string; sentence: string; before: object; after: object };

const startApplication = (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause }: Edit,
  change: RuleChange,
): Promise<ApplicationRow> => {
  record(tx, cause, [
    { ...change, subject: { kind: "connection", id: connectionId, name: "Role assignments" } },
  ]);
  return applyAgain(tx, jobs, { connectionId, cause });
};

/** Starts deciding everybody of a connection again; the transaction must hold the connection exclusively. */
export const applyAgain = async (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause }: Edit,
): Promise<ApplicationRow> => {
  const application = await insertApplication(tx, connectionId, {
    cause,
    deed: "rules",
    total: await countUsers(tx, connectionId),
  });
  await jobs.send(tx, applyRulesJob, { orgId: tx.orgId, applicationId: application.id });
  return application;
};
