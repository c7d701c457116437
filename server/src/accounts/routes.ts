import { Type } from "typebox";
import { administratorCause, requireMayGrant, sessionOf, type Session } from "#access";
import { invalid, notFound, readPageQuery, toPage, type HttpServer } from "#http";
import { historyPage, LedgerPage } from "#ledger";
import type { Organisations, Transaction } from "#tenancy";
import { explainAccount } from "./explain-account.ts";
import { createLocalAccount, setLocalStatus } from "./local-accounts.ts";
import { lockRole, unlockRole } from "./lock-role.ts";
import { accountPermissions } from "./permissions.ts";
import { presentAccount, presentAccountRows, type AccountSurroundings } from "./present.ts";
import {
  Account,
  AccountPage,
  AccountQuery,
  ById,
  Explanation,
  FilterAttributes,
  LockRequest,
  NewAccount,
  StatusRequest,
} from "./schemas.ts";
import { findAccount } from "./store/account.ts";
import { listFormerIds } from "./store/joins.ts";
import { countAccounts, listAccounts } from "./store/list.ts";

type Needs = { readonly organisations: Organisations; readonly surroundings: AccountSurroundings };

const tags = ["Sub Accounts"];

export const registerAccountRoutes = (
  app: HttpServer,
  { organisations, surroundings }: Needs,
): void => {
  app.get(
    "/accounts",
    {
      config: { permission: accountPermissions.view },
      schema: {
        operationId: "listAccounts",
        tags,
        querystring: AccountQuery,
        response: { 200: AccountPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { cursor, limit } = readPageQuery(request.query);
      const { sort = "name", attributeId, attributeValue, ...filter } = request.query;
      return organisations.within(session.orgId, async (tx) => {
        const byAttribute = await attributeFilter(tx, { attributeId, attributeValue });
        const seen = { ...filter, ...byAttribute, ...ownTenant(session) };
        const rows = await listAccounts(tx, seen, { sort, after: cursor, limit: limit + 1 });
        const total = await countAccounts(tx, seen);
        const items = await presentAccountRows(tx, surroundings, rows.slice(0, limit));
        const { next } = toPage({
          rows,
          limit,
          total,
          keyOf: (row) => [row.sortKey, row.id],
          present: ({ id }) => id,
        });
        return { items, next, total };
      });
    },
  );

  /** @throws HttpError 400 */
  const attributeFilter = async (
    tx: Transaction,
    {
      attributeId,
      attributeValue,
    }: { attributeId: string | undefined; attributeValue: string | undefined },
  ) => {
    if (attributeId === undefined && attributeValue === undefined) return {};
    const facet =
      attributeId !== undefined && attributeValue !== undefined
        ? await surroundings.findAttributeFacet(tx, { attributeId, value: attributeValue })
        : undefined;
    if (facet !== undefined) return { facet };
    throw invalid(
      "That attribute cannot be filtered by",
      "Choose one of the custom attributes that are defined (GET /accounts/attributes), and a value of it.",
      [{ path: "attributeId", message: "is no custom attribute with a value" }],
    );
  };

  app.get(
    "/accounts/attributes",
    {
      config: { permission: accountPermissions.view },
      schema: {
        operationId: "listAccountAttributes",
        tags,
        response: { 200: FilterAttributes },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => ({
        items: await surroundings.listFilterAttributes(tx),
      })),
  );

  app.post(
    "/accounts",
    {
      config: { permission: accountPermissions.create },
      schema: { operationId: "createAccount", tags, body: NewAccount, response: { 201: Account } },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const cause = administratorCause(
        session,
        `${session.accountName} made a Sub Account by hand`,
      );
      const account = await organisations.within(session.orgId, async (tx) => {
        await requireMayGrant(tx, session, [request.body.roleId]);
        const { id } = await createLocalAccount(tx, {
          ...request.body,
          tenantId: session.tenantId,
          cause,
        });
        return presentAccount(tx, surroundings, id);
      });
      return reply.status(201).send(account);
    },
  );

  app.get(
    "/accounts/:id",
    {
      config: { permission: accountPermissions.view },
      schema: { operationId: "getAccount", tags, params: ById, response: { 200: Account } },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, async (tx) => {
        const { id } = await requireVisible(tx, request.params.id, session);
        return presentAccount(tx, surroundings, id);
      });
    },
  );

  app.get(
    "/accounts/:id/explanation",
    {
      config: { permission: accountPermissions.view },
      schema: {
        operationId: "explainAccount",
        tags,
        params: ById,
        response: { 200: Explanation },
      },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, async (tx) =>
        explainAccount(tx, await requireVisible(tx, request.params.id, session)),
      );
    },
  );

  app.put(
    "/accounts/:id/lock",
    {
      config: { permission: accountPermissions.lock },
      schema: {
        operationId: "lockRole",
        tags,
        params: ById,
        body: LockRequest,
        response: { 200: Account },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const cause = administratorCause(session, `${session.accountName} locked the role`);
      const { roleId, reason, expiresAt } = request.body;
      return about(request.params.id, session, async (tx) => {
        if (roleId !== undefined) await requireMayGrant(tx, session, [roleId]);
        await lockRole(tx, {
          accountId: request.params.id,
          ...(roleId !== undefined && { roleId }),
          ...(reason !== undefined && { reason }),
          ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
          cause,
        });
      });
    },
  );

  app.delete(
    "/accounts/:id/lock",
    {
      config: { permission: accountPermissions.lock },
      schema: { operationId: "unlockRole", tags, params: ById, response: { 200: Account } },
    },
    (request) => {
      const session = sessionOf(request);
      const cause = administratorCause(session, `${session.accountName} removed the role lock`);
      return about(request.params.id, session, (tx) => unlockRole(tx, request.params.id, cause));
    },
  );

  app.put(
    "/accounts/:id/status",
    {
      config: { permission: accountPermissions.edit },
      schema: {
        operationId: "setAccountStatus",
        tags,
        params: ById,
        body: StatusRequest,
        response: { 200: Account },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { status } = request.body;
      const deed = status === "disabled" ? "disabled" : "enabled";
      const cause = administratorCause(session, `${session.accountName} ${deed} the Sub Account`);
      return about(request.params.id, session, (tx) =>
        setLocalStatus(tx, request.params.id, status, cause),
      );
    },
  );

  app.get(
    "/accounts/:id/history",
    {
      config: { permission: accountPermissions.view },
      schema: {
        operationId: "getAccountHistory",
        tags,
        params: ById,
        querystring: Type.Pick(AccountQuery, ["cursor", "limit"]),
        response: { 200: LedgerPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      return organisations.within(session.orgId, async (tx) => {
        const account = await requireVisible(tx, request.params.id, session);
        const subjects = [account.id, ...(account.userId === null ? [] : [account.userId])];
        const former = await listFormerIds(tx, account.id);
        return historyPage(tx, [...subjects, ...former], readPageQuery(request.query));
      });
    },
  );

  /**
   * Does something to one account and gives it as it is then. Neither before nor after may its role be one that may do
   * more than the session: nobody takes rights from their betters, or gives what they have not.
   */
  const about = (id: string, session: Session, act: (tx: Transaction) => Promise<void>) =>
    organisations.within(session.orgId, async (tx) => {
      const { roleId } = await requireVisible(tx, id, session);
      await requireMayGrant(tx, session, [roleId]);
      await act(tx);
      await tx.flush();
      const after = await requireVisible(tx, id, session);
      if (after.roleId !== roleId) await requireMayGrant(tx, session, [after.roleId]);
      return presentAccount(tx, surroundings, id);
    });
};

/** Whoever is not of the super tenant sees their own tenant only. */
const ownTenant = (session: Session) => (session.isSuper ? {} : { tenantId: session.tenantId });

/** @throws HttpError 404 also for what is in a tenant that the session does not see */
const requireVisible = async (tx: Transaction, id: string, session: Session) => {
  const account = await findAccount(tx, id);
  if (account === undefined || !(session.isSuper || account.tenantId === session.tenantId))
    throw notFound("Sub Account");
  return account;
};
