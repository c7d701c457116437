import { listRoles } from "#access";
import { countUsers, listGroupNames } from "#directory";
import { conflict, forbidden, invalid, notFound } from "#http";
import type { Jobs } from "#jobs";
import { record, type Cause } from "#ledger";
import { listTenants, type Transaction } from "#tenancy";
import { applyRulesJob } from "./apply-rules.ts";
import type { AttributeCondition, Operator } from "./conditions.ts";
import type { Mapping } from "./decide.ts";
import type { FindRuleAttribute } from "./rule-attribute.ts";
import { insertApplication, type ApplicationRow } from "./store/applications.ts";
import {
  countMappings,
  findDefaultRole,
  listMappings,
  replaceMappings,
  saveDefaultRole,
  type DefaultRole,
} from "./store/rules.ts";

/**
 * A rule as an administrator gives it: either a group or a condition on an attribute. Without a tenant it means the
 * connection's own.
 */
export type MappingDraft = {
  readonly groupId?: string;
  readonly attribute?: {
    readonly path: string;
    readonly operator: Operator;
    readonly values: readonly string[];
  };
  readonly roleId: string;
  readonly tenantId?: string;
};

export type Drafts = {
  readonly drafts: readonly MappingDraft[];
  readonly findAttribute: FindRuleAttribute;
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
  { drafts, findAttribute }: Drafts,
): Promise<ApplicationRow> => {
  const mappings = await checkMappings(tx, connectionId, { drafts, findAttribute });
  const before = await listMappings(tx, connectionId);
  await replaceMappings(tx, connectionId, mappings);
  const sentence = mappings.length === 1 ? "Saved 1 rule" : `Saved ${mappings.length} rules`;
  return startApplication(
    tx,
    jobs,
    { connectionId, cause },
    {
      action: "rules.group-mappings-changed",
      sentence,
      before: {
        mappings: before.map(({ groupId, attribute, tenantId, roleId }) => ({
          groupId,
          attribute,
          tenantId,
          roleId,
        })),
      },
      after: { mappings },
    },
  );
};

/** Like `saveGroupMappings`, for the role of people whom no rule takes; null is nobody's: they wait in the lobby. */
export const changeDefaultRole = async (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause }: Edit,
  roleId: string | null,
): Promise<ApplicationRow> => {
  const current = await requireDefaultRole(tx, connectionId);
  const role = (await listRoles(tx)).find(({ id }) => id === roleId);
  if (role === undefined && roleId !== null) throw unknownRole(["defaultRoleId"]);
  saveDefaultRole(tx, connectionId, { tenantId: current.tenantId, roleId });
  await tx.flush();
  return startApplication(
    tx,
    jobs,
    { connectionId, cause },
    {
      action: "rules.default-role-changed",
      sentence: `Default access role changed from ${current.roleName ?? "nobody"} to ${role?.name ?? "nobody"}`,
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

/**
 * The first rule that fits wins, so whoever edits some of them decides about all.
 * @throws HttpError 403 where some lead to tenants that somebody's access role does not show them
 */
const requireAllRules = async (tx: Transaction, connectionId: string): Promise<void> => {
  const seen = await countMappings(tx, connectionId);
  const all = await tx.withoutScope(() => countMappings(tx, connectionId));
  if (seen < all)
    throw forbidden(
      "You do not see all rules of this connection",
      "Some lead to tenants outside your access role, and their order decides about all people. Ask somebody who sees every tenant to change them.",
    );
};

/** @throws HttpError 400 naming the rule that cannot be, 403 where there are rules out of sight, 409 for two of the same */
export const checkMappings = async (
  tx: Transaction,
  connectionId: string,
  { drafts, findAttribute }: Drafts,
): Promise<Mapping[]> => {
  const { tenantId: home } = await requireDefaultRole(tx, connectionId);
  await requireAllRules(tx, connectionId);
  const tenants = await listTenants(tx);
  const homeIsSuper = tenants.some(({ id, isSuper }) => id === home && isSuper);
  const reachable = new Set(
    tenants.filter(({ id }) => homeIsSuper || id === home).map(({ id }) => id),
  );
  const groups = new Set((await listGroupNames(tx, connectionId)).map(({ id }) => id));
  const roles = new Set((await listRoles(tx)).map(({ id }) => id));
  const mappings = drafts.map(({ groupId, attribute, roleId, tenantId = home }, index): Mapping => {
    const path = `mappings.${index}`;
    if ((groupId === undefined) === (attribute === undefined))
      throw invalid(
        "That rule asks for nothing, or for too much",
        "Give it a group or an attribute.",
        [{ path, message: "must have either groupId or attribute" }],
      );
    if (groupId !== undefined && !groups.has(groupId))
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
    return {
      groupId: groupId ?? null,
      attribute: attribute === undefined ? null : readCondition(attribute, path, findAttribute),
      tenantId,
      roleId,
    };
  });
  const asked = mappings.map(({ groupId, attribute, tenantId }) =>
    JSON.stringify([groupId, attribute?.keys, attribute?.operator, attribute?.folded, tenantId]),
  );
  if (new Set(asked).size < asked.length)
    throw conflict(
      "A group is mapped twice",
      "Give each group, and each condition, one access role in a tenant.",
    );
  return mappings;
};

const readCondition = (
  { path, operator, values }: NonNullable<MappingDraft["attribute"]>,
  at: string,
  findAttribute: FindRuleAttribute,
): AttributeCondition => {
  const attribute = findAttribute(path);
  if (attribute === undefined)
    throw invalid(
      "That attribute cannot be asked for",
      `Write it as SCIM does: userName, addresses.country, or an extension's URN, a colon and the attribute's name.`,
      [{ path: `${at}.attribute.path`, message: "is not an attribute of a person" }],
    );
  const given = values.map((value) => value.trim()).filter(Boolean);
  if (operator !== "present" && given.length === 0)
    throw invalid("That rule compares with nothing", "Give it at least one value.", [
      { path: `${at}.attribute.values`, message: "must have a value" },
    ]);
  const operands = operator === "present" ? [] : given;
  return {
    path: attribute.path,
    keys: attribute.keys,
    operator,
    values: operands,
    folded: operands.map((value) => attribute.fold(value)),
  };
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

const startApplication = async (
  tx: Transaction,
  jobs: Jobs,
  { connectionId, cause }: Edit,
  change: RuleChange,
): Promise<ApplicationRow> => {
  record(tx, cause, [
    {
      ...change,
      subject: { kind: "connection", id: connectionId, name: "Role assignments" },
      tenantId: (await requireDefaultRole(tx, connectionId)).tenantId,
    },
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
