import { accountSummary, type AccountSummary } from "#accounts";
import { query, statement, type DB } from "#database";
import { isDeleted, personSummary } from "#directory";
import type { Transaction } from "#tenancy";
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";
import type { Local, Reason } from "./score.ts";

export const collisionStates = ["suggested", "same", "apart"] as const;
export type CollisionState = (typeof collisionStates)[number];

type Suggestion = {
  readonly id: string;
  readonly local: Local;
  readonly userId: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
};

/** Writes suggestions at the end of the transaction; what was decided stays as it is. */
export const saveSuggestions = (
  tx: Transaction,
  connectionId: string,
  suggestions: readonly Suggestion[],
): void => {
  if (suggestions.length === 0) return;
  const rows = suggestions
    .map(({ id, local, userId, score, reasons }) => ({
      id,
      tenant_id: local.tenantId,
      local_account_id: local.id,
      user_id: userId,
      score,
      reasons,
    }))
    .toSorted((one, other) => (one.local_account_id < other.local_account_id ? -1 : 1));
  tx.defer(
    statement(sql`
      insert into collisions as old (org_id, connection_id, state, suggested_at, id, tenant_id, local_account_id, user_id, score,
        reasons)
      select ${tx.orgId}::uuid, ${connectionId}::uuid, 'suggested', ${tx.now}::timestamptz, one.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one (id uuid, tenant_id uuid, local_account_id uuid,
        user_id uuid, score int, reasons text[])
      on conflict (org_id, local_account_id, user_id) do update
        set score = excluded.score, reasons = excluded.reasons
        where old.state = 'suggested' and old.reasons <> excluded.reasons`),
  );
};

const collisions = (tx: Transaction) =>
  query
    .selectFrom("collisions")
    .select((eb) => [
      "id",
      "tenantId",
      "localAccountId",
      "userId",
      "score",
      "reasons",
      "state",
      "decidedAt",
      "decidedBy",
      "localStatus",
      accountSummary(tx, eb.ref("collisions.localAccountId")).as("local"),
      personSummary(tx, eb.ref("collisions.userId")).as("person"),
    ])
    .$narrowType<{ state: CollisionState; local: AccountSummary }>()
    .where("orgId", "=", tx.orgId);

export const findCollision = (tx: Transaction, id: string) =>
  tx.first(collisions(tx).where("id", "=", id));

export type CollisionRow = NonNullable<Awaited<ReturnType<typeof findCollision>>>;

export type CollisionFilter = {
  readonly tenantId?: string;
  readonly state?: CollisionState;
  readonly atLeast?: number;
  /** Of one person of the directory. */
  readonly userId?: string;
  /** Of one account made by hand. */
  readonly localAccountId?: string;
};

type Place = {
  readonly after: readonly [score: number, id: string] | undefined;
  readonly limit: number;
};

/** The surest first. */
export const selectCollisions = (
  tx: Transaction,
  filter: CollisionFilter,
  { after, limit }: Place,
) => {
  const select = collisions(tx)
    .where((eb) => matches(tx, filter, eb))
    .orderBy("score", "desc")
    .orderBy("id", "desc")
    .limit(limit);
  return after === undefined
    ? select
    : select.where((eb) => eb(eb.refTuple("score", "id"), "<", eb.tuple(...after)));
};

export const countCollisions = async (
  tx: Transaction,
  filter: CollisionFilter,
): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("collisions")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where("orgId", "=", tx.orgId)
      .where((eb) => matches(tx, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

type Decision = {
  readonly state: CollisionState;
  readonly decidedBy: string;
  readonly localStatus?: string;
};

export const saveDecision = async (
  tx: Transaction,
  id: string,
  decision: Decision,
): Promise<void> => {
  await tx.run(
    query
      .updateTable("collisions")
      .set({ ...decision, decidedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

/** Whether somebody made by hand was joined with a person already. */
export const isJoined = (tx: Transaction, accountId: Expression<unknown>): Expression<SqlBool> =>
  sql<SqlBool>`exists (select from collisions j
    where j.org_id = ${tx.orgId} and j.local_account_id = ${accountId} and j.state = 'same')`;

/** A suggestion stands as long as the person is in the directory and the account was not joined with another. */
const matches = (
  tx: Transaction,
  { tenantId, state, atLeast, userId, localAccountId }: CollisionFilter,
  eb: ExpressionBuilder<DB, "collisions">,
): Expression<SqlBool> => {
  const conditions: Expression<SqlBool>[] = [
    eb.or([
      eb("state", "<>", "suggested"),
      eb.and([
        isDeleted(tx, eb.ref("collisions.userId"), false),
        eb.not(isJoined(tx, eb.ref("collisions.localAccountId"))),
      ]),
    ]),
  ];
  if (tenantId !== undefined) conditions.push(eb("tenantId", "=", tenantId));
  if (state !== undefined) conditions.push(eb("state", "=", state));
  if (atLeast !== undefined) conditions.push(eb("score", ">=", atLeast));
  if (userId !== undefined) conditions.push(eb("userId", "=", userId));
  if (localAccountId !== undefined) conditions.push(eb("localAccountId", "=", localAccountId));
  return eb.and(conditions);
};
