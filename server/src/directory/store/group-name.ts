import type { InOrganisation } from "#tenancy";
import { sql, type Expression } from "kysely";

/** SQL: the display name of the group whose id is in `groupId`, for statements of other modules. */
export const groupName = (tx: InOrganisation, groupId: Expression<unknown>) =>
  sql<string>`(select g.display_name from directory_groups g where g.org_id = ${tx.orgId} and g.id = ${groupId})`;
