import { administratorCause, requireMayGrant, sessionOf, type Session } from "#access";
import { accountPermissions, findAccount, listAccountsOf } from "#accounts";
import { notFound, readPageQuery, toPage, type HttpServer } from "#http";
import type { Cause } from "#ledger";
import type { Organisations, Transaction } from "#tenancy";
import { confirmSame, keepApart, splitAgain } from "./decide-rehire.ts";
import { presentRehires, type RehireSurroundings } from "./present.ts";
import { ById, Rehire, RehirePage, RehireQuery } from "./schemas.ts";
import { countRehires, findRehire, selectRehires, type RehireRow } from "./store.ts";

type Needs = { readonly organisations: Organisations; readonly surroundings: RehireSurroundings };

type Deed = (tx: Transaction, decision: { rehireId: string; cause: Cause }) => Promise<void>;

const tags = ["Sub Accounts"];

/** Who may have come back, and the decision about it. Whoever sees a connection's tenant sees its returns. */
export const registerRehireRoutes = (
  app: HttpServer,
  { organisations, surroundings }: Needs,
): void => {
  app.get(
    "/rehires",
    {
      config: { permission: accountPermissions.view },
      schema: {
        operationId: "listRehires",
        tags,
        querystring: RehireQuery,
        response: { 200: RehirePage },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const { cursor, limit } = readPageQuery(request.query);
      const { state, accountId } = request.query;
      return organisations.within(session.orgId, async (tx) => {
        const userId =
          accountId === undefined ? undefined : await requireUser(tx, accountId, session);
        if (userId === null) return { items: [], next: null, total: 0 };
        const filter = {
          ...(state !== undefined && { state }),
          ...(userId !== undefined && { userId }),
          ...(!session.isSuper && { tenantId: session.tenantId }),
        };
        const place = { before: cursor?.[0], limit: limit + 1 };
        const rows = await tx.run(selectRehires(tx, filter, place));
        const total = await countRehires(tx, filter);
        const items = await presentRehires(tx, surroundings, rows.slice(0, limit));
        const { next } = toPage({
          rows,
          limit,
          total,
          keyOf: ({ id }) => [id],
          present: ({ id }) => id,
        });
        return { items, next, total };
      });
    },
  );

  const decide = (deed: string, operationId: string, said: string, perform: Deed) =>
    app.post(
      `/rehires/:id/${deed}`,
      {
        config: { permission: accountPermissions.lock },
        schema: { operationId, tags, params: ById, response: { 200: Rehire } },
      },
      (request) => {
        const session = sessionOf(request);
        const cause = administratorCause(session, `${session.accountName} ${said}`);
        return organisations.within(session.orgId, async (tx) => {
          const rehire = await requireVisible(tx, request.params.id, session);
          // A person's accounts are joined in every tenant that their connection reaches.
          await tx.seeAllTenants();
          await requireMayGive(tx, rehire, session);
          await perform(tx, { rehireId: rehire.id, cause });
          await tx.flush();
          await requireMayGive(tx, rehire, session);
          const decided = await requireVisible(tx, rehire.id, session);
          return (await presentRehires(tx, surroundings, [decided]))[0]!;
        });
      },
    );

  decide("confirm", "confirmRehire", "confirmed that it is the same person", confirmSame);
  decide("keep-apart", "keepRehireApart", "kept two people apart", keepApart);
  decide("split", "splitRehire", "split two people again", splitAgain);
};

/** @throws HttpError 404 also for what is in a tenant that the session does not see */
const requireVisible = async (tx: Transaction, id: string, session: Session) => {
  const rehire = await findRehire(tx, id);
  if (rehire === undefined || !(session.isSuper || rehire.tenantId === session.tenantId))
    throw notFound("Return");
  return rehire;
};

/** A role lock goes over from one to the other: nobody moves a role that may do more than they. @throws HttpError 403 */
const requireMayGive = async (
  tx: Transaction,
  { formerUserId, returnedUserId }: RehireRow,
  session: Session,
): Promise<void> => {
  // Those outside of the limits of the session's role too.
  const accounts = await tx.withoutScope(() => listAccountsOf(tx, [formerUserId, returnedUserId]));
  await requireMayGrant(
    tx,
    session,
    accounts.map(({ roleId }) => roleId),
  );
};

/** The directory user of an account, null for one made by hand. @throws HttpError 404 */
const requireUser = async (tx: Transaction, accountId: string, session: Session) => {
  const account = await findAccount(tx, accountId);
  if (account === undefined || !(session.isSuper || account.tenantId === session.tenantId))
    throw notFound("Sub Account");
  return account.userId;
};
