import { notFound, pageParameters, readPageQuery, type HttpServer } from "#http";
import { historyPage, LedgerPage } from "#ledger";
import type { Transaction } from "#tenancy";
import { Type, type Static } from "typebox";
import type { Access } from "./access.ts";
import { permissionsOf } from "./built-in-roles.ts";
import { changeRole, createRole, removeRole } from "./edit-roles.ts";
import { ledgerPermissions, rolePermissions } from "./permissions.ts";
import {
  ById,
  Permissions,
  RoleCounts,
  RoleDetail,
  RoleDraft,
  RoleRemoval,
  Roles,
  type Role as RoleSchema,
} from "./schemas.ts";
import { namePlaces } from "./role-scope.ts";
import { sessionOf, type Session } from "./session.ts";
import { findRole, listRoles, type Role } from "./store/roles.ts";

const tags = ["Access roles"];
const viewing = { permission: rolePermissions.view };
const administering = { permission: rolePermissions.administer };

/** The access roles: what there is to be allowed, who is allowed what, and making, changing and deleting custom ones. */
export const registerRoleRoutes = (app: HttpServer, access: Access): void => {
  const { organisations, accounts, nouns } = access;

  app.get(
    "/permissions",
    {
      config: viewing,
      schema: { operationId: "listPermissions", tags, response: { 200: Permissions } },
    },
    () => ({ items: nouns.map(({ verbs, ...noun }) => ({ ...noun, verbs: [...verbs] })) }),
  );

  app.get(
    "/roles",
    {
      config: { permission: "session" },
      schema: { operationId: "listRoles", tags, response: { 200: Roles } },
    },
    async (request) => {
      const session = sessionOf(request);
      const roles = await organisations.within(session.orgId, listRoles);
      return { items: roles.map((role) => presentRole(role, access, session)) };
    },
  );

  app.get(
    "/roles/counts",
    {
      config: viewing,
      schema: { operationId: "countRoleHolders", tags, response: { 200: RoleCounts } },
    },
    async (request) => {
      const counts = await organisations.within(sessionOf(request).orgId, (tx) =>
        accounts.countByRole(tx),
      );
      return { items: [...counts].map(([roleId, total]) => ({ roleId, accounts: total })) };
    },
  );

  app.post(
    "/roles",
    {
      config: administering,
      schema: { operationId: "createRole", tags, body: RoleDraft, response: { 201: RoleDetail } },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const role = await organisations.within(session.orgId, async (tx) => {
        const id = await createRole(tx, access, session, request.body);
        return presentDetail(tx, session, id);
      });
      return reply.status(201).send(role);
    },
  );

  app.get(
    "/roles/:id",
    {
      config: viewing,
      schema: { operationId: "getRole", tags, params: ById, response: { 200: RoleDetail } },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, (tx) =>
        presentDetail(tx, session, request.params.id),
      );
    },
  );

  app.get(
    "/roles/:id/history",
    {
      config: { permission: ledgerPermissions.view },
      schema: {
        operationId: "getRoleHistory",
        tags,
        params: ById,
        querystring: Type.Object(pageParameters),
        response: { 200: LedgerPage },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        if ((await findRole(tx, request.params.id)) === undefined) throw notFound("Access role");
        return historyPage(tx, [request.params.id], readPageQuery(request.query));
      }),
  );

  app.put(
    "/roles/:id",
    {
      config: administering,
      schema: {
        operationId: "changeRole",
        tags,
        params: ById,
        body: RoleDraft,
        response: { 200: RoleDetail },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { id } = request.params;
      return organisations.within(session.orgId, async (tx) => {
        await changeRole(tx, access, session, { ...request.body, id });
        return presentDetail(tx, session, id);
      });
    },
  );

  app.delete(
    "/roles/:id",
    {
      config: administering,
      schema: {
        operationId: "deleteRole",
        tags,
        params: ById,
        querystring: RoleRemoval,
        response: { 204: Type.Null({ description: "Done" }) },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const removal = { ...request.query, id: request.params.id };
      await organisations.within(session.orgId, (tx) => removeRole(tx, access, session, removal));
      return reply.status(204).send(null);
    },
  );

  const presentDetail = async (tx: Transaction, session: Session, id: string) => {
    const role = await findRole(tx, id);
    if (role === undefined) throw notFound("Access role");
    return {
      ...presentRole(role, access, session),
      places: await namePlaces(tx, access.places, role),
      usage: await accounts.usageOfRole(tx, id),
    };
  };
};

const presentRole = (
  role: Role,
  { permissions }: Access,
  session: Session,
): Static<typeof RoleSchema> => ({
  id: role.id,
  key: role.key,
  name: role.name,
  description: role.description,
  permissions: [...permissionsOf(role, permissions)].toSorted(),
  scope: {
    tenantIds: role.tenantIds,
    locationIds: role.locationIds,
    categoryIds: role.categoryIds,
  },
  grantable: session.mayGrant(role),
});
