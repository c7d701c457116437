import type { Static } from "typebox";
import { administratorCause, sessionOf, type Session } from "#access";
import { forbidden, notFound, readPageQuery, toPage, type HttpServer } from "#http";
import type { Jobs } from "#jobs";
import {
  countTenants,
  findTenant,
  pageOfTenants,
  type Organisations,
  type Transaction,
} from "#tenancy";
import { archiveTenant, changeName, createTenant, restoreTenant } from "./change-tenants.ts";
import { tenantPermissions } from "./permissions.ts";
import { ById, NewTenant, Tenant, TenantChange, TenantPage, TenantQuery } from "./schemas.ts";
import { readTotals, type Totals } from "./totals.ts";

type Needs = { readonly organisations: Organisations; readonly jobs: Jobs };

const tags = ["Tenants"];

export const registerTenantRoutes = (app: HttpServer, { organisations, jobs }: Needs): void => {
  app.get(
    "/tenants",
    {
      config: { permission: tenantPermissions.view },
      schema: {
        operationId: "listTenants",
        tags,
        querystring: TenantQuery,
        response: { 200: TenantPage },
      },
    },
    (request) => {
      const { cursor, limit } = readPageQuery(request.query);
      const { search, state } = request.query;
      const filter = { ...(search !== undefined && { search }), ...(state && { state }) };
      return organisations.within(sessionOf(request).orgId, async (tx) => {
        const rows = await pageOfTenants(tx, filter, { after: cursor, limit: limit + 1 });
        const totals = await readTotals(tx);
        const tenants = toPage({
          rows,
          limit,
          total: await countTenants(tx, filter),
          keyOf: (row) => [row.sortName, row.id],
          present: (row) => present(row, totals.of(row.id)),
        });
        return { ...tenants, totals: totals.all };
      });
    },
  );

  app.post(
    "/tenants",
    {
      config: { permission: tenantPermissions.edit },
      schema: { operationId: "createTenant", tags, body: NewTenant, response: { 201: Tenant } },
    },
    async (request, reply) => {
      const session = requireSuper(sessionOf(request));
      const cause = administratorCause(session, `${session.accountName} made a tenant`);
      const tenant = await organisations.within(session.orgId, async (tx) => {
        const { id } = await createTenant(tx, request.body.name.trim(), cause);
        await tx.flush();
        return presentTenant(tx, id);
      });
      return reply.status(201).send(tenant);
    },
  );

  app.get(
    "/tenants/:id",
    {
      config: { permission: tenantPermissions.view },
      schema: { operationId: "getTenant", tags, params: ById, response: { 200: Tenant } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, (tx) => presentTenant(tx, request.params.id)),
  );

  app.patch(
    "/tenants/:id",
    {
      config: { permission: tenantPermissions.edit },
      schema: {
        operationId: "renameTenant",
        tags,
        params: ById,
        body: TenantChange,
        response: { 200: Tenant },
      },
    },
    (request) => {
      const name = request.body.name.trim();
      return about(request.params.id, sessionOf(request), "renamed a tenant", (tx, id, cause) =>
        changeName(tx, id, name, cause),
      );
    },
  );

  app.post(
    "/tenants/:id/archive",
    {
      config: { permission: tenantPermissions.edit },
      schema: { operationId: "archiveTenant", tags, params: ById, response: { 200: Tenant } },
    },
    (request) =>
      about(request.params.id, sessionOf(request), "archived a tenant", (tx, id, cause) =>
        archiveTenant(tx, { jobs, id, cause }),
      ),
  );

  app.post(
    "/tenants/:id/restore",
    {
      config: { permission: tenantPermissions.edit },
      schema: { operationId: "restoreTenant", tags, params: ById, response: { 200: Tenant } },
    },
    (request) =>
      about(request.params.id, sessionOf(request), "restored a tenant", (tx, id, cause) =>
        restoreTenant(tx, { jobs, id, cause }),
      ),
  );

  type Act = (
    tx: Transaction,
    id: string,
    cause: ReturnType<typeof administratorCause>,
  ) => Promise<void>;

  /** Does something to one tenant and gives it as it is then. */
  const about = (id: string, session: Session, deed: string, act: Act) => {
    requireSuper(session);
    const cause = administratorCause(session, `${session.accountName} ${deed}`);
    return organisations.within(session.orgId, async (tx) => {
      await act(tx, id, cause);
      await tx.flush();
      return presentTenant(tx, id);
    });
  };
};

/** @throws HttpError 403 */
const requireSuper = (session: Session): Session => {
  if (session.isSuper) return session;
  throw forbidden(
    "Tenants are changed at the super tenant",
    "Ask an administrator of the whole organisation; if you are one, choose All tenants first.",
  );
};

/** @throws HttpError 404 */
const presentTenant = async (tx: Transaction, id: string): Promise<Static<typeof Tenant>> => {
  const tenant = await findTenant(tx, id);
  if (tenant === undefined) throw notFound("Tenant");
  return present(tenant, (await readTotals(tx)).of(id));
};

const present = (
  tenant: { id: string; name: string; isSuper: boolean; archivedAt: Date | null },
  totals: Totals,
): Static<typeof Tenant> => ({
  id: tenant.id,
  name: tenant.name,
  isSuper: tenant.isSuper,
  archivedAt: tenant.archivedAt?.toISOString() ?? null,
  ...totals,
});
