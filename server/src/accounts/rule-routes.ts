import type { Static } from "typebox";
import { administratorCause, sessionOf } from "#access";
import { countMembers, listGroupNames } from "#directory";
import { notFound, type HttpServer } from "#http";
import type { Jobs } from "#jobs";
import { listTenants, type Organisations, type Transaction } from "#tenancy";
import { requireDefaultRole, saveGroupMappings } from "./edit-rules.ts";
import { asksInWords } from "./simulate.ts";
import { requireMayMap } from "./may-map.ts";
import { presentApplication } from "./present.ts";
import { readSimulation } from "./read-simulation.ts";
import type { FindRuleAttribute } from "./rule-attribute.ts";
import { effectOfRules } from "./rules-effect.ts";
import {
  Application,
  ById,
  Effect,
  GroupMappings,
  Mappings,
  PreviewRequest,
  SavedGroupMappings,
  Simulation,
  SimulationRequest,
  type GroupMapping,
} from "./schemas.ts";
import { findApplication, findLatestApplication } from "./store/applications.ts";
import { listMappings } from "./store/rules.ts";

type Needs = {
  readonly organisations: Organisations;
  readonly jobs: Jobs;
  readonly findAttribute: FindRuleAttribute;
};

const tags = ["Role assignments"];

export const registerRuleRoutes = (
  app: HttpServer,
  { organisations, jobs, findAttribute }: Needs,
): void => {
  app.get(
    "/connections/:id/group-mappings",
    {
      config: { permission: "provisioning:view" },
      schema: {
        operationId: "listGroupMappings",
        tags,
        params: ById,
        response: { 200: GroupMappings },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        const connectionId = request.params.id;
        await requireDefaultRole(tx, connectionId);
        const application = await findLatestApplication(tx, connectionId);
        return {
          items: await presentMappings(tx, connectionId),
          application: application === undefined ? null : presentApplication(application),
        };
      }),
  );

  app.put(
    "/connections/:id/group-mappings",
    {
      config: { permission: "provisioning:edit" },
      schema: {
        operationId: "saveGroupMappings",
        tags,
        params: ById,
        body: Mappings,
        response: { 200: SavedGroupMappings },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const connectionId = request.params.id;
      const cause = administratorCause(session, `${session.accountName} changed the rules`);
      return organisations.within(
        session.orgId,
        async (tx) => {
          await requireMayMap(tx, session, connectionId, request.body.mappings);
          const application = await saveGroupMappings(
            tx,
            jobs,
            { connectionId, cause },
            { drafts: request.body.mappings, findAttribute },
          );
          return {
            items: await presentMappings(tx, connectionId),
            application: presentApplication(application),
          };
        },
        { hold: { key: connectionId, mode: "exclusive" } },
      );
    },
  );

  app.post(
    "/connections/:id/group-mappings/preview",
    {
      config: { permission: "provisioning:edit" },
      schema: {
        operationId: "previewGroupMappings",
        tags,
        params: ById,
        body: PreviewRequest,
        response: { 200: Effect },
      },
    },
    (request) => {
      const { mappings: drafts, defaultRoleId, position = null } = request.body;
      return organisations.within(sessionOf(request).orgId, (tx) =>
        effectOfRules(tx, request.params.id, { drafts, findAttribute, defaultRoleId, position }),
      );
    },
  );

  app.post(
    "/connections/:id/simulation",
    {
      config: { permission: "provisioning:view" },
      schema: {
        operationId: "simulateRules",
        tags,
        params: ById,
        body: SimulationRequest,
        response: { 200: Simulation },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, (tx) =>
        readSimulation(tx, request.params.id, request.body, findAttribute),
      ),
  );

  app.get(
    "/role-applications/:id",
    {
      config: { permission: "provisioning:view" },
      schema: {
        operationId: "getRoleApplication",
        tags,
        params: ById,
        response: { 200: Application },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        const application = await findApplication(tx, request.params.id);
        if (application === undefined) throw notFound("That rule edit");
        return presentApplication(application);
      }),
  );
};

/** Rules in order of priority, then the groups that none asks for. */
const presentMappings = async (
  tx: Transaction,
  connectionId: string,
): Promise<Static<typeof GroupMapping>[]> => {
  const mappings = await listMappings(tx, connectionId);
  const tenants = new Map((await listTenants(tx)).map((tenant) => [tenant.id, tenant]));
  const members = await countMembers(tx, connectionId);
  const groups = await listGroupNames(tx, connectionId);
  const byId = new Map(groups.map((group) => [group.id, group]));
  const presentGroup = (id: string) => {
    const group = byId.get(id)!;
    return {
      group: {
        id,
        name: group.displayName,
        externalId: group.externalId,
        deleted: group.deletedAt !== null,
      },
      members: members.get(id) ?? 0,
    };
  };
  const nameOf = (id: string) => byId.get(id)?.displayName ?? "";
  const rules = mappings.map((mapping) => {
    const { groupId, attribute, tenantId } = mapping;
    const tenant = tenants.get(tenantId);
    const isGone = groupId !== null && byId.get(groupId)?.deletedAt !== null;
    return {
      ...(groupId === null ? { group: null, members: null } : presentGroup(groupId)),
      attribute: attribute && {
        path: attribute.path,
        operator: attribute.operator,
        values: [...attribute.values],
      },
      sentence: asksInWords(mapping, nameOf),
      role: { id: mapping.roleId, name: mapping.roleName },
      tenant: { id: tenantId, name: tenant?.name ?? "" },
      priority: mapping.priority,
      blocked: isGone
        ? "The directory has deleted this group."
        : tenant !== undefined && tenant.archivedAt !== null
          ? `${tenant.name} is archived: whom this takes is Disabled there.`
          : null,
    };
  });
  const asked = new Set(mappings.flatMap(({ groupId }) => groupId ?? []));
  const others = groups
    .filter(({ id, deletedAt }) => deletedAt === null && !asked.has(id))
    .map(({ id }) => ({
      ...presentGroup(id),
      attribute: null,
      sentence: asksInWords({ groupId: id, attribute: null }, nameOf),
      role: null,
      tenant: null,
      priority: null,
      blocked: null,
    }));
  return [...rules, ...others];
};
