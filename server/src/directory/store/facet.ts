import type { Transaction } from "#tenancy";
import { sql, type Expression, type SqlBool } from "kysely";

/** SQL: the person in `userId` has what a facet stands for; who is deleted by now had it last. */
export const hasFacet = (
  tx: Transaction,
  userId: Expression<unknown>,
  facet: string,
): Expression<SqlBool> =>
  sql<SqlBool>`${userId} in (select u.id from directory_users u
    where u.org_id = ${tx.orgId} and u.facets @> array[${facet}]::bigint[])`;
