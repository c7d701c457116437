import { foldForSearch, prepare, statement } from "#database";
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

const saving = prepare(
  (at: { readonly orgId: string; readonly now: Date; readonly rows: string }) =>
    statement(sql`
    insert into accounts (org_id, created_at, changed_at, id, tenant_id, user_id, name, sort_name, email, sort_email, user_name,
      search, status, status_reason, role_id, role_origin, role_group_id, directory_role_id, directory_role_group_id,
      role_condition, directory_role_condition)
    select ${at.orgId}::uuid, ${at.now}::timestamptz, ${at.now}::timestamptz, account.*
    from jsonb_to_recordset(${at.rows}::jsonb) as account (id uuid, tenant_id uuid, user_id uuid,
      name text, sort_name text, email text, sort_email text, user_name text, search text, status text, status_reason text,
      role_id uuid, role_origin text, role_group_id uuid, directory_role_id uuid, directory_role_group_id uuid,
      role_condition text, directory_role_condition text)
    on conflict (org_id, id) do update set
      name = excluded.name, sort_name = excluded.sort_name, email = excluded.email, sort_email = excluded.sort_email, user_name = excluded.user_name,
      search = excluded.search, status = excluded.status, status_reason = excluded.status_reason,
      role_id = excluded.role_id, role_origin = excluded.role_origin, role_group_id = excluded.role_group_id,
      directory_role_id = excluded.directory_role_id,
      directory_role_group_id = excluded.directory_role_group_id,
      role_condition = excluded.role_condition, directory_role_condition = excluded.directory_role_condition, changed_at = excluded.changed_at`),
);

/** Writes accounts, new or known, at the end of the transaction: one statement for one and for a thousand. */
export const saveAccounts = (tx: Transaction, accounts: readonly AccountWrite[]): void => {
  if (accounts.length === 0) return;
  const rows = accounts.map((account) => ({
    id: account.id,
    tenant_id: account.tenantId,
    user_id: account.userId,
    name: account.name,
    sort_name: foldForSearch(account.name),
    email: account.email,
    sort_email: foldForSearch(account.email ?? ""),
    user_name: account.userName,
    search: foldForSearch([account.name, account.email ?? "", account.userName ?? ""].join(" ")),
    status: account.status,
    status_reason: account.statusReason,
    role_id: account.roleId,
    role_origin: account.roleOrigin,
    role_group_id: account.roleGroupId,
    directory_role_id: account.directoryRoleId,
    directory_role_group_id: account.directoryRoleGroupId,
    role_condition: account.roleCondition,
    directory_role_condition: account.directoryRoleCondition,
  }));
  tx.defer(saving({ orgId: tx.orgId, now: tx.now, rows: JSON.stringify(rows) }));
};
