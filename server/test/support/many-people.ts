import { Client } from "pg";
import { newId } from "#tenancy";
import { parseResource, userResourceType } from "@muster/scim";
import { commonDialect } from "../../src/provisioning/dialect/dialect.ts";
import { toDirectoryUser } from "../../src/provisioning/resources/user.ts";

const batch = 5000;

type Place = {
  readonly database: { readonly ownerUrl: string };
  readonly administrator: { readonly orgId: string };
};

/** Writes many users into the mirror at once, as their requests would have. Gives their ids in order. */
export const insertManyPeople = async (
  { database, administrator }: Place,
  connectionId: string,
  bodies: Iterable<object>,
): Promise<string[]> => {
  const rows = Array.from(bodies, (body) => {
    const { resource } = parseResource(userResourceType, body);
    return toDirectoryUser(
      { connection: { id: connectionId }, dialect: commonDialect },
      newId(),
      resource,
    );
  });
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    for (let at = 0; at < rows.length; at += batch)
      await owner.query(
        `insert into directory_users (org_id, id, connection_id, user_name, user_name_key, external_id, display_name,
           display_name_sort, name, email, active, employee_key, document, facets, folded, created_at, modified_at)
         select $1, id, "connectionId", "userName", "userNameKey", "externalId", "displayName", "displayNameSort", name,
           email, active, "employeeKey", document, facets, folded, now() + "position" * interval '7 ms', now() - "position" * interval '7 ms'
         from jsonb_to_recordset($2) as (position int, id uuid, "connectionId" uuid, "userName" text, "userNameKey" text,
           "externalId" text, "displayName" text, "displayNameSort" text, name text, email text, active boolean, "employeeKey" text,
           document jsonb, facets bigint[], folded jsonb)`,
        [
          administrator.orgId,
          JSON.stringify(
            rows.slice(at, at + batch).map((row, index) => ({ ...row, position: at + index })),
          ),
        ],
      );
    await owner.query("vacuum analyze directory_users");
  } finally {
    await owner.end();
  }
  return rows.map(({ id }) => id);
};
