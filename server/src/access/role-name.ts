import type { InOrganisation, Transaction } from "#tenancy";
import { sql, type Expression } from "kysely";

/** SQL: the name of the access role whose id is in `roleId`, for statements of other modules. */
export const roleName = (tx: Transaction, roleId: Expression<unknown>) =>
  sql<string>`(select r.name from roles r where r.org_id = ${tx.orgId} and r.id = ${roleId})`;

/** SQL: all access roles of the organisation, name by id. */
export const roleNames = (tx: InOrganisation) =>
  sql<
    Record<string, string>
  >`(select coalesce(jsonb_object_agg(r.id, r.name), '{}') from roles r where r.org_id = ${tx.orgId})`;
