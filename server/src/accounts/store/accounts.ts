import { foldForSearch, prepare, query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

/** A Sub Account as decided. */
export type AccountWrite = {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly userName: string | null;
  readonly status: "active" | "disabled";
  readonly statusReason:
    | "directory"
    | "deleted"
    | "moved"
    | "administrator"
    | "archived"
    | "joined";
  readonly roleId: string;
  readonly roleOrigin: "lock" | "mapping" | "default";
  readonly roleGroupId: string | null;
  readonly directoryRoleId: string | null;
  readonly directoryRoleGroupId: string | null;
  /** The attribute condition it comes from, in words. */
  readonly roleCondition: string | null;
  readonly directoryRoleCondition: string | null;
};

const rowOf = (account: AccountWrite) => ({
  id: account.id,
  tenantId: account.tenantId,
  userId: account.userId,
  name: account.name,
  sortName: foldForSearch(account.name),
  email: account.email,
  sortEmail: foldForSearch(account.email ?? ""),
  userName: account.userName,
  search: foldForSearch([account.name, account.email ?? "", account.userName ?? ""].join(" ")),
  status: account.status,
  statusReason: account.statusReason,
  roleId: account.roleId,
  roleOrigin: account.roleOrigin,
  roleGroupId: account.roleGroupId,
  directoryRoleId: account.directoryRoleId,
  directoryRoleGroupId: account.directoryRoleGroupId,
  roleCondition: account.roleCondition,
  directoryRoleCondition: account.directoryRoleCondition,
});

const saving = prepare(
  (at: { readonly orgId: string; readonly now: Date; readonly rows: string }) =>
    statement(sql`
    insert into accounts (org_id, created_at, changed_at, id, tenant_id, user_id, name, sort_name, email, sort_email, user_name,
      search, status, status_reason, role_id, role_origin, role_group_id, directory_role_id, directory_role_group_id,
      role_condition, directory_role_condition)
    select ${at.orgId}::uuid, ${at.now}::timestamptz, ${at.now}::timestamptz, account.*
    from jsonb_to_recordset(${at.rows}::jsonb) as account (id uuid, "tenantId" uuid, "userId" uuid,
      name text, "sortName" text, email text, "sortEmail" text, "userName" text, search text, status text, "statusReason" text,
      "roleId" uuid, "roleOrigin" text, "roleGroupId" uuid, "directoryRoleId" uuid, "directoryRoleGroupId" uuid,
      "roleCondition" text, "directoryRoleCondition" text)
    on conflict (org_id, id) do update set
      name = excluded.name, sort_name = excluded.sort_name, email = excluded.email, sort_email = excluded.sort_email, user_name = excluded.user_name,
      search = excluded.search, status = excluded.status, status_reason = excluded.status_reason,
      role_id = excluded.role_id, role_origin = excluded.role_origin, role_group_id = excluded.role_group_id,
      directory_role_id = excluded.directory_role_id,
      directory_role_group_id = excluded.directory_role_group_id,
      role_condition = excluded.role_condition, directory_role_condition = excluded.directory_role_condition, changed_at = excluded.changed_at`),
);

/** Writes accounts, new or known, at the end of the transaction: one statement for a thousand. */
export const saveAccounts = (tx: Transaction, accounts: readonly AccountWrite[]): void => {
  if (accounts.length === 0) return;
  tx.defer(saving({ orgId: tx.orgId, now: tx.now, rows: JSON.stringify(accounts.map(rowOf)) }));
};

type Row = ReturnType<typeof rowOf> & { readonly orgId: string; readonly now: Date };

/** What a decision may change of an account. */
const decidedAt = (at: Row) => ({
  name: at.name,
  sortName: at.sortName,
  email: at.email,
  sortEmail: at.sortEmail,
  userName: at.userName,
  search: at.search,
  status: at.status,
  statusReason: at.statusReason,
  roleId: at.roleId,
  roleOrigin: at.roleOrigin,
  roleGroupId: at.roleGroupId,
  directoryRoleId: at.directoryRoleId,
  directoryRoleGroupId: at.directoryRoleGroupId,
  roleCondition: at.roleCondition,
  directoryRoleCondition: at.directoryRoleCondition,
  changedAt: at.now,
});

const inserting = prepare<Row>((at) =>
  query.insertInto("accounts").values({
    orgId: at.orgId,
    id: at.id,
    tenantId: at.tenantId,
    userId: at.userId,
    createdAt: at.now,
    ...decidedAt(at),
  }),
);

const updating = prepare<Row>((at) =>
  query
    .updateTable("accounts")
    .set(decidedAt(at))
    .where("orgId", "=", at.orgId)
    .where("id", "=", at.id),
);

/**
 * Writes what was decided, at the end of the transaction. One account, as nearly every request has it, is written by a
 * statement that need not find out whether it is new, at two thirds of the cost.
 */
export const saveDecided = (
  tx: Transaction,
  changes: readonly { readonly before: unknown; readonly after: AccountWrite }[],
): void => {
  const [only] = changes;
  if (changes.length !== 1 || only === undefined)
    return saveAccounts(
      tx,
      changes.map(({ after }) => after),
    );
  const save = only.before === undefined ? inserting : updating;
  tx.defer(save({ orgId: tx.orgId, now: tx.now, ...rowOf(only.after) }));
};
