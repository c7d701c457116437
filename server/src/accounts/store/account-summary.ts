import { query, searchPatterns } from "#database";
import type { Transaction } from "#tenancy";
import { sql, type Expression, type SqlBool } from "kysely";

export type AccountSummary = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly status: "active" | "disabled";
};

/** SQL: whom the account whose id is in `accountId` belongs to, for statements of other modules. */
export const accountSummary = (tx: Transaction, accountId: Expression<unknown>) =>
  sql<AccountSummary>`(
    select jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email, 'status', p.status)
    from accounts p where p.org_id = ${tx.orgId} and p.id = ${accountId})`;

/** SQL: whether the account whose id is in `accountId` is found by what somebody typed. */
export const accountMatches = (
  tx: Transaction,
  accountId: Expression<string>,
  search: string,
): Expression<SqlBool> => {
  let found = query.selectFrom("accounts").select("id").where("orgId", "=", tx.orgId);
  for (const pattern of searchPatterns(search)) found = found.where("search", "like", pattern);
  return sql<SqlBool>`${accountId} in (${found})`;
};

/** What the accounts among some ids are called. */
export const nameAccounts = (
  tx: Transaction,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> =>
  tx.run(
    query
      .selectFrom("accounts")
      .select(["id", "name"])
      .where("orgId", "=", tx.orgId)
      .where("id", "in", [...ids]),
  );
