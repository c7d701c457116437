import type { Static } from "typebox";
import { administratorCause, sessionOf } from "#access";
import { countMembers, listGroupNames } from "#directory";
import { notFound, type HttpServer } from "#http";
import type { Jobs } from "#jobs";
import { listTenants, type Organisations, type Transaction } from "#tenancy";
import { requireDefaultRole, saveGroupMappings } from "./edit-rules.ts";
import { requireMayMap } from "./may-map.ts";
import { presentApplication } from "./present.ts";
import { previewRules } from "./preview-rules.ts";
import {
  Application,
  ById,
  GroupMappings,
  Mappings,
  Preview,
  PreviewRequest,
  SavedGroupMappings,
  type GroupMapping,
} from "./schemas.ts";
import { findApplication, findLatestApplication } from "./store/applications.ts";
import { listMappings } from "./store/rules.ts";

type Needs = { readonly organisations: Organisations; readonly jobs: Jobs };

const tags = ["Role assignments"];

export const registerRuleRoutes = (app: HttpServer, { organisations, jobs }: Needs): void => {
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
      const cause = administratorCause(
        session,
        `${session.accountName} changed the group mappings`,
      );
      return organisations.within(
        session.orgId,
        async (tx) => {
          await requireMayMap(tx, session, connectionId, request.body.mappings);
          const application = await saveGroupMappings(
            tx,
            jobs,
            { connectionId, cause },
            request.body.mappings,
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
        response: { 200: Preview },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => ({
        ...(await previewRules(tx, request.params.id, request.body)),
        // One Administrator made by hand always remains (keepAnAdministrator).
        lastAdministrator: false,
      })),
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

const presentMappings = async (
  tx: Transaction,
  connectionId: string,
): Promise<Static<typeof GroupMapping>[]> => {
  const mappings = await listMappings(tx, connectionId);
  const tenants = new Map((await listTenants(tx)).map(({ id, name }) => [id, name]));
  const members = await countMembers(tx, connectionId);
  const rows = (await listGroupNames(tx, connectionId)).flatMap((group) => {
    const present = (mapping?: (typeof mappings)[number]) => ({
      group: {
        id: group.id,
        name: group.displayName,
        externalId: group.externalId,
        deleted: group.deletedAt !== null,
      },
      members: members.get(group.id) ?? 0,
      role: mapping ? { id: mapping.roleId, name: mapping.roleName } : null,
      tenant: mapping ? { id: mapping.tenantId, name: tenants.get(mapping.tenantId) ?? "" } : null,
      priority: mapping?.priority ?? null,
    });
    const own = mappings.filter(({ groupId }) => groupId === group.id);
    if (own.length > 0) return own.map(present);
    return group.deletedAt === null ? [present()] : [];
  });
  return rows.toSorted(
    (a, b) => (a.priority ?? Number.MAX_SAFE_INTEGER) - (b.priority ?? Number.MAX_SAFE_INTEGER),
  );
};
