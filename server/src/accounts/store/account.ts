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
  "roleCondition",
  "directoryRoleCondition",
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

/** The accounts of several people, in every tenant, held in the order of their ids. */
export const lockAccountsOf = (tx: Transaction, userIds: readonly string[]) =>
  tx.run(
    query
      .selectFrom("accounts")
      .select([...columns, "joinedTo"])
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("userId", "=", eb.fn.any(eb.val([...userIds]))))
      .orderBy("id")
      .forNoKeyUpdate(),
  );

/** An account and those of a directory user, held in the order of their ids. */
export const lockWithAccountsOf = (tx: Transaction, id: string, userId: string) =>
  tx.run(
    query
      .selectFrom("accounts")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb.or([eb("id", "=", id), eb("userId", "=", userId)]))
      .orderBy("id")
      .forNoKeyUpdate(),
  );

export type AccountMadeByHand = {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly email: string | null;
  readonly employeeNumber: string | null;
};

/** People made by hand who go on as themselves; one of them, or all. */
export const listAccountsMadeByHand = (
  tx: Transaction,
  id?: string,
): Promise<AccountMadeByHand[]> => {
  const select = query
    .selectFrom("accounts")
    .select(["id", "tenantId", "name", "email", "employeeNumber"])
    .where("orgId", "=", tx.orgId)
    .where("userId", "is", null)
    .where("joinedTo", "is", null);
  return tx.run(id === undefined ? select : select.where("id", "=", id));
};

export const saveEmployeeNumber = (tx: Transaction, id: string, employeeNumber: string): void => {
  tx.defer(
    query
      .updateTable("accounts")
      .set({ employeeNumber })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

/** Which accounts several people have, the one that goes on first. */
export const listAccountsOf = (tx: Transaction, userIds: readonly string[]) =>
  tx.run(
    query
      .selectFrom("accounts")
      .select(["id", "userId", "roleId", "tenantId", "name"])
      .where("orgId", "=", tx.orgId)
      .where((eb) => eb("userId", "=", eb.fn.any(eb.val([...userIds]))))
      .orderBy((eb) => eb("status", "=", "active"), "desc")
      .orderBy("id"),
  );

/** Notes which account goes on for this one, or that none does. */
export const setJoinedTo = async (
  tx: Transaction,
  id: string,
  joinedTo: string | null,
): Promise<void> => {
  await tx.run(
    query
      .updateTable("accounts")
      .set({ joinedTo, changedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

/** Gives an account to another directory user of the same person. */
export const giveAccount = async (tx: Transaction, id: string, userId: string): Promise<void> => {
  await tx.run(
    query
      .updateTable("accounts")
      .set({ userId, changedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

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

/** Which of these tenants have an active Administrator besides the accounts excepted, wherever those come from. */
export const tenantsWithAdministrator = async (
  tx: Transaction,
  {
    roleId,
    tenantIds,
    except,
  }: { roleId: string; tenantIds: readonly string[]; except: readonly string[] },
): Promise<string[]> => {
  const rows = await tx.run(
    statement<{ id: string }>(sql`
      select t.id from unnest(${[...tenantIds]}::uuid[]) as t (id)
      where exists (select from accounts a
        where a.org_id = ${tx.orgId} and a.role_id = ${roleId} and a.tenant_id = t.id and a.status = 'active'
          and a.id <> all(${[...except]}::uuid[]))`),
  );
  return rows.map(({ id }) => id);
};

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
