import { roleName } from "#access";
import { query, statement } from "#database";
import { groupName } from "#directory";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

const columns = [
  "id",
  "tenantId",
  "userId",
  "name",
  "email",
  "userName",
  "status",
  "statusReason",
  "roleId",
  "roleOrigin",
  "roleGroupId",
  "directoryRoleId",
  "directoryRoleGroupId",
  "createdAt",
  "changedAt",
] as const;

const account = (tx: Transaction, id: string) =>
  query
    .selectFrom("accounts")
    .select((eb) => [
      ...columns,
      roleName(tx, eb.ref("accounts.roleId")).as("roleName"),
      groupName(tx, eb.ref("accounts.roleGroupId")).as("roleGroupName"),
      roleName(tx, eb.ref("accounts.directoryRoleId")).as("directoryRoleName"),
      groupName(tx, eb.ref("accounts.directoryRoleGroupId")).as("directoryRoleGroupName"),
    ])
    .where("orgId", "=", tx.orgId)
    .where("id", "=", id);

export const findAccount = (tx: Transaction, id: string) => tx.first(account(tx, id));

/** The account, held until the transaction ends, so that nothing is checked out to a person being disabled. */
export const lockAccount = (tx: Transaction, id: string) =>
  tx.first(
    query
      .selectFrom("accounts")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .forNoKeyUpdate(),
  );

/**
 * Other Administrators who are Active, made by hand, and so out of reach of any sync or mapping edit. Holds them, so
 * that two requests cannot each remove the other's last one.
 */
export const lockOtherLocalAdministrators = (
  tx: Transaction,
  administratorRoleId: string,
  exceptId: string,
) =>
  tx
    .run(
      statement<{ id: string; tenantId: string }>(sql`
      select id, tenant_id from accounts
      where org_id = ${tx.orgId} and user_id is null and status = 'active' and role_id = ${administratorRoleId}
      order by id for no key update`),
    )
    .then((rows) => rows.filter(({ id }) => id !== exceptId));

/** The accounts of the person whose one account is given, that one too. */
export const accountsOfSamePerson = (tx: Transaction, id: string) =>
  tx.run(
    query
      .selectFrom("accounts")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where((eb) =>
        eb.or([
          eb("id", "=", id),
          eb("userId", "=", (eb2) =>
            eb2
              .selectFrom("accounts as own")
              .select("own.userId")
              .where("own.orgId", "=", tx.orgId)
              .where("own.id", "=", id),
          ),
        ]),
      )
      .orderBy("id"),
  );

/** People made by hand in a tenant who are in a state, held until the transaction ends. */
export const listLocalAccounts = (
  tx: Transaction,
  tenantId: string,
  { status, statusReason }: { status: string; statusReason: string },
) =>
  tx.run(
    query
      .selectFrom("accounts")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where("tenantId", "=", tenantId)
      .where("userId", "is", null)
      .where("status", "=", status)
      .where("statusReason", "=", statusReason)
      .orderBy("id")
      .forNoKeyUpdate(),
  );

/** All ids under which a person's history runs: theirs in the directory and those of their Sub Accounts. */
export const accountsOfPerson = async (tx: Transaction, id: string): Promise<string[]> => {
  const rows = await tx.run(
    statement<{ id: string; userId: string | null }>(sql`
      select a.id, a.user_id from accounts a
      where a.org_id = ${tx.orgId} and (a.id = ${id}::uuid or a.user_id = ${id}::uuid
        or a.user_id = (select b.user_id from accounts b where b.org_id = a.org_id and b.id = ${id}::uuid))`),
  );
  return [
    ...new Set([
      id,
      ...rows.flatMap((row) => [row.id, ...(row.userId === null ? [] : [row.userId])]),
    ]),
  ];
};

export type AccountDetail = NonNullable<Awaited<ReturnType<typeof findAccount>>>;
