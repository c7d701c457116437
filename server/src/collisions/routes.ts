import {
  administratorCause,
  requireMayActAs,
  requireMayGrant,
  sessionOf,
  type Session,
} from "#access";
import { accountPermissions, findAccount, listAccountsOf } from "#accounts";
import { notFound, readPageQuery, toHttpError, toPage, type HttpServer } from "#http";
import type { Cause } from "#ledger";
import type { Organisations, Transaction } from "#tenancy";
import { confirmCollision, keepApart, splitCollision } from "./decide-collision.ts";
import { presentCollisions, type CollisionSurroundings } from "./present.ts";
import {
  BulkConfirmation,
  BulkResult,
  ById,
  Collision,
  CollisionPage,
  CollisionQuery,
  Confirmation,
} from "./schemas.ts";
import { certain } from "./score.ts";
import { countCollisions, findCollision, selectCollisions, type CollisionRow } from "./store.ts";

type Needs = {
  readonly organisations: Organisations;
  readonly surroundings: CollisionSurroundings;
};

type Deed = (tx: Transaction, decision: { collisionId: string; cause: Cause }) => Promise<void>;

const tags = ["Sub Accounts"];

/** Who was here before the directory sent them, and the decision about it. Seen by whoever sees the local account. */
export const registerCollisionRoutes = (
  app: HttpServer,
  { organisations, surroundings }: Needs,
): void => {
  app.get(
    "/collisions",
    {
      config: { permission: accountPermissions.view },
      schema: {
        operationId: "listCollisions",
        tags,
        querystring: CollisionQuery,
        response: { 200: CollisionPage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { cursor, limit } = readPageQuery(request.query);
      const { state, certain: isCertain, accountId } = request.query;
      const [score, id] = cursor ?? [];
      const after =
        score === undefined || id === undefined ? undefined : ([Number(score), id] as const);
      return organisations.within(session.orgId, async (tx) => {
        const filter = {
          ...(state !== undefined && { state }),
          ...(isCertain === true && { atLeast: certain }),
          ...(!session.isSuper && { tenantId: session.tenantId }),
          ...(accountId !== undefined && (await sideOf(tx, accountId, session))),
        };
        const rows = await tx.run(selectCollisions(tx, filter, { after, limit: limit + 1 }));
        const total = await countCollisions(tx, filter);
        const items = await presentCollisions(tx, surroundings, rows.slice(0, limit));
        const { next } = toPage({
          rows,
          limit,
          total,
          keyOf: (row) => [String(row.score), row.id],
          present: (row) => row.id,
        });
        return { items, next, total };
      });
    },
  );

  /** Decides about one; gives it as it is then. */
  const decide = (session: Session, id: string, deed: Deed, said: string) => {
    const cause = administratorCause(session, `${session.accountName} ${said}`);
    return organisations.within(session.orgId, async (tx) => {
      const collision = await requireVisible(tx, id, session);
      // A person's accounts are decided about in every tenant that their connection reaches.
      await tx.seeAllTenants();
      await requireMayGive(tx, collision, session);
      await deed(tx, { collisionId: id, cause });
      await tx.flush();
      await requireMayGive(tx, collision, session);
      const decided = await requireVisible(tx, id, session);
      return (await presentCollisions(tx, surroundings, [decided]))[0]!;
    });
  };
  const confirmedThat = "confirmed that it is the same person";

  app.post(
    "/collisions/:id/confirm",
    {
      config: { permission: accountPermissions.lock },
      schema: {
        operationId: "confirmCollision",
        tags,
        params: ById,
        body: Confirmation,
        response: { 200: Collision },
      },
    },
    (request) => {
      const { keepRole } = request.body;
      const session = sessionOf(request);
      return decide(session, request.params.id, confirming(session, keepRole), confirmedThat);
    },
  );

  app.post(
    "/collisions/confirm",
    {
      config: { permission: accountPermissions.lock },
      schema: {
        operationId: "confirmCollisions",
        description:
          "Each for itself: what cannot be confirmed is given back with the reason, also where that is a fault of the server; the others are.",
        tags,
        body: BulkConfirmation,
        response: { 200: BulkResult },
      },
    },
    async (request) => {
      const session = sessionOf(request);
      const confirm = confirming(session, false);
      const refused: { id: string; title: string; detail: string }[] = [];
      for (const id of request.body.ids)
        try {
          await decide(session, id, confirm, confirmedThat);
        } catch (error) {
          // A fault of ours is told like a refusal: those before it are joined, and those behind it can be.
          const { status, title, message } = toHttpError(error as Error);
          if (status >= 500) request.log.error({ err: error, collision: id }, "not joined");
          refused.push({ id, title, detail: message });
        }
      return { confirmed: request.body.ids.length - refused.length, refused };
    },
  );

  for (const [path, operationId, deed, said] of [
    ["keep-apart", "keepCollisionApart", keepApart, "kept two people apart"],
    ["split", "splitCollision", splitCollision, "split two people again"],
  ] as const)
    app.post(
      `/collisions/:id/${path}`,
      {
        config: { permission: accountPermissions.lock },
        schema: { operationId, tags, params: ById, response: { 200: Collision } },
      },
      (request) => decide(sessionOf(request), request.params.id, deed, said),
    );
};

/** Which side of a match an account is. @throws HttpError 404 */
const sideOf = async (tx: Transaction, accountId: string, session: Session) => {
  const account = await findAccount(tx, accountId);
  if (account === undefined || !(session.isSuper || account.tenantId === session.tenantId))
    throw notFound("Sub Account");
  return account.userId === null ? { localAccountId: accountId } : { userId: account.userId };
};

/** Whoever signed in as the local account goes on as the directory's, so that this gives a way to sign in. */
const confirming =
  (session: Session, keepRole: boolean): Deed =>
  async (tx, decision) => {
    const collision = await requireVisible(tx, decision.collisionId, session);
    await requireMayActAs(tx, session, await accountsOf(tx, collision));
    await confirmCollision(tx, { ...decision, keepRole });
  };

/** @throws HttpError 404 also for what is in a tenant that the session does not see */
const requireVisible = async (tx: Transaction, id: string, session: Session) => {
  const collision = await findCollision(tx, id);
  if (collision === undefined || !(session.isSuper || collision.tenantId === session.tenantId))
    throw notFound("Match");
  return collision;
};

/** A role may go over from one to the other: nobody moves one that may do more than they. @throws HttpError 403 */
const requireMayGive = async (
  tx: Transaction,
  { userId, localAccountId }: CollisionRow,
  session: Session,
): Promise<void> => {
  const local = await findAccount(tx, localAccountId);
  const roles = (await accountsOf(tx, { userId })).map(({ roleId }) => roleId);
  await requireMayGrant(tx, session, local === undefined ? roles : [...roles, local.roleId]);
};

/** Those outside of the limits of the session's role too. */
const accountsOf = (tx: Transaction, { userId }: Pick<CollisionRow, "userId">) =>
  tx.withoutScope(() => listAccountsOf(tx, [userId]));
