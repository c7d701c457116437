import type { Transaction } from "#tenancy";
import { prepare, query } from "#database";
import { sql, type Expression, type SqlBool } from "kysely";
import { employeeKey } from "../employee-key.ts";

type Employee = {
  readonly connectionId: string;
  readonly employeeNumber: string;
  /** The person whose number it is. */
  readonly exceptId: string;
};

const others = (tx: Transaction, { connectionId, employeeNumber, exceptId }: Employee) =>
  sql`o.org_id = ${tx.orgId} and o.connection_id = ${connectionId}::uuid
    and o.employee_key = ${employeeKey(employeeNumber)} and o.id <> ${exceptId}::uuid`;

const findingLeaver = prepare((at: { orgId: string; connectionId: string; key: string | null }) =>
  query
    .selectFrom("directoryUsers")
    .select("id")
    .where("orgId", "=", at.orgId)
    .where("connectionId", "=", at.connectionId)
    .where("employeeKey", "=", at.key)
    .where("deletedAt", "is not", null)
    .limit(1),
);

/** Whether somebody of a connection who left had this employee number. */
export const hasLeaverWith = async (
  tx: Transaction,
  { connectionId, employeeNumber }: Omit<Employee, "exceptId">,
): Promise<boolean> => {
  const key = employeeKey(employeeNumber);
  return (await tx.first(findingLeaver({ orgId: tx.orgId, connectionId, key }))) !== undefined;
};

/**
 * SQL: `id` of whoever left last among those with the employee number. Nobody when somebody else who is live has it
 * too: a number that several carry ("n/a") identifies nobody.
 */
export const lastLeaverWith = (tx: Transaction, employee: Employee) =>
  sql<{ id: string }>`(select o.id from directory_users o
    where ${others(tx, employee)} and o.deleted_at is not null
      and not exists (select from directory_users o where ${others(tx, employee)} and o.deleted_at is null)
    order by o.deleted_at desc limit 1)`;

/** SQL: `id` of the one live person with the employee number of somebody who leaves; nobody when there are several. */
export const onlyPersonWith = (tx: Transaction, employee: Employee) =>
  sql<{ id: string }>`(select min(id::text)::uuid as id
    from (select o.id from directory_users o where ${others(tx, employee)} and o.deleted_at is null limit 2) two
    having count(*) = 1)`;

/** SQL: the person in `userId` is deleted, or is not. */
export const isDeleted = (
  tx: Transaction,
  userId: Expression<unknown>,
  deleted: boolean,
): Expression<SqlBool> =>
  sql<SqlBool>`exists (select from directory_users d where d.org_id = ${tx.orgId} and d.id = ${userId}
    and d.deleted_at is ${deleted ? sql`not null` : sql`null`})`;

/** SQL: what a list shows of the person in `userId`. */
export const personSummary = (tx: Transaction, userId: Expression<unknown>) =>
  sql<PersonSummary>`(select jsonb_build_object('name', d.name, 'email', d.email, 'active', d.active,
      'createdAt', d.created_at, 'deletedAt', d.deleted_at)
    from directory_users d where d.org_id = ${tx.orgId} and d.id = ${userId})`;

export type PersonSummary = {
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly createdAt: string;
  readonly deletedAt: string | null;
};
