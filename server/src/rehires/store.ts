import { query, statement, type DB } from "#database";
import { isDeleted, personSummary } from "#directory";
import type { Transaction } from "#tenancy";
import {
  sql,
  type Expression,
  type ExpressionBuilder,
  type RawBuilder,
  type SqlBool,
} from "kysely";

export const rehireStates = ["suggested", "same", "apart"] as const;
export type RehireState = (typeof rehireStates)[number];

type Suggestion = {
  readonly id: string;
  readonly connection: { readonly id: string; readonly tenantId: string };
  readonly employeeNumber: string;
  /** SQL: (former_id, returned_id), one row or none. */
  readonly pair: RawBuilder<unknown>;
};

/** Writes a suggestion at the end of the transaction. Two people about whom it was decided are not suggested again. */
export const insertSuggestion = (
  tx: Transaction,
  { id, connection, employeeNumber, pair }: Suggestion,
): void => {
  tx.defer(
    statement(sql`
      insert into rehires (org_id, id, tenant_id, connection_id, former_user_id, returned_user_id, employee_number,
        state, suggested_at)
      select ${tx.orgId}::uuid, ${id}::uuid, ${connection.tenantId}::uuid, ${connection.id}::uuid, pair.former_id,
        pair.returned_id, left(btrim(${employeeNumber}::text), 200), 'suggested', ${tx.now}::timestamptz
      from (${pair}) pair
      on conflict (org_id, former_user_id, returned_user_id) do nothing`),
  );
};

const rehires = (tx: Transaction) =>
  query
    .selectFrom("rehires")
    .select((eb) => [
      "id",
      "tenantId",
      "connectionId",
      "formerUserId",
      "returnedUserId",
      "employeeNumber",
      "state",
      "suggestedAt",
      "decidedAt",
      "decidedBy",
      personSummary(tx, eb.ref("rehires.formerUserId")).as("former"),
      personSummary(tx, eb.ref("rehires.returnedUserId")).as("returned"),
    ])
    .$narrowType<{ state: RehireState }>()
    .where("orgId", "=", tx.orgId);

export const findRehire = (tx: Transaction, id: string) =>
  tx.first(rehires(tx).where("id", "=", id));

export type RehireRow = NonNullable<Awaited<ReturnType<typeof findRehire>>>;

export type RehireFilter = {
  readonly tenantId?: string;
  readonly state?: RehireState;
  /** Of one person, as who left or as who came back. */
  readonly userId?: string;
};

/** Newest first. */
export const selectRehires = (
  tx: Transaction,
  filter: RehireFilter,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
) => {
  const select = rehires(tx)
    .where((eb) => matches(tx, filter, eb))
    .orderBy("id", "desc")
    .limit(limit);
  return before === undefined ? select : select.where("id", "<", before);
};

export const countRehires = async (tx: Transaction, filter: RehireFilter): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("rehires")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where("orgId", "=", tx.orgId)
      .where((eb) => matches(tx, filter, eb)),
  );
  return Number(row?.total ?? 0);
};

/** Whether somebody who came back came back once more, as somebody new again, and was joined with that one. */
export const wentOn = async (tx: Transaction, returnedUserId: string): Promise<boolean> => {
  const row = await tx.first(
    query
      .selectFrom("rehires")
      .select("id")
      .where("orgId", "=", tx.orgId)
      .where("formerUserId", "=", returnedUserId)
      .where("state", "=", "same")
      .limit(1),
  );
  return row !== undefined;
};

export const saveState = async (
  tx: Transaction,
  id: string,
  state: RehireState,
  decidedBy: string,
): Promise<void> => {
  await tx.run(
    query
      .updateTable("rehires")
      .set({ state, decidedAt: tx.now, decidedBy })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

/** A suggestion stands as long as the one is gone and the other is there. */
const matches = (
  tx: Transaction,
  { tenantId, state, userId }: RehireFilter,
  eb: ExpressionBuilder<DB, "rehires">,
): Expression<SqlBool> => {
  const conditions: Expression<SqlBool>[] = [
    eb.or([
      eb("state", "<>", "suggested"),
      eb.and([
        isDeleted(tx, eb.ref("rehires.formerUserId"), true),
        isDeleted(tx, eb.ref("rehires.returnedUserId"), false),
      ]),
    ]),
  ];
  if (tenantId !== undefined) conditions.push(eb("tenantId", "=", tenantId));
  if (state !== undefined) conditions.push(eb("state", "=", state));
  if (userId !== undefined)
    conditions.push(eb.or([eb("formerUserId", "=", userId), eb("returnedUserId", "=", userId)]));
  return eb.and(conditions);
};
