import { escapeIdentifier, type Client, type ClientBase, type DatabaseError, type Pool } from "pg";
import { inSchemaTransaction } from "./migrate.ts";
import { asOwner } from "./owner.ts";

/** The role that the product's connections run as. It cannot sign in, and row-level security holds for it. */
const appRole = "muster_app";

type Owner = {
  readonly name: string;
  readonly bypasses: boolean;
  readonly isSuperuser: boolean;
  readonly mayCreateRoles: boolean;
  readonly appRoleExists: boolean;
  readonly mayBecomeAppRole: boolean;
};

/**
 * Prepares the role that the product's connections run as, and its privileges on the migrated tables.
 * Gives that role's name: `muster_app`, or the URL's own role where that can neither make roles nor bypass security.
 * @throws Error with a sentence, and the SQL that an administrator must run, when there is no such role.
 */
export const prepareRole = (url: string): Promise<string> =>
  asOwner(url, (client) =>
    inSchemaTransaction(client, async () => {
      const owner = await describeOwner(client);
      const role = await chooseRole(client, owner);
      if (role === appRole) await grant(client);
      return role;
    }),
  );

const describeOwner = async (client: Client): Promise<Owner> => {
  const { rows } = await client.query<Owner>(
    `select r.rolname as name, r.rolsuper as "isSuperuser", r.rolsuper or r.rolbypassrls as bypasses,
       r.rolsuper or r.rolcreaterole as "mayCreateRoles", app.oid is not null as "appRoleExists",
       app.oid is not null and pg_has_role(r.oid, app.oid, 'member') as "mayBecomeAppRole"
     from pg_roles r left join pg_roles app on app.rolname = $1 where r.rolname = current_user`,
    [appRole],
  );
  return rows[0] as Owner;
};

const chooseRole = async (client: Client, owner: Owner): Promise<string> => {
  if (owner.mayBecomeAppRole) return appRole;
  if (owner.mayCreateRoles && (await becomeMember(client, owner))) return appRole;
  if (!owner.bypasses) return owner.name;
  throw new Error(
    `DATABASE_URL connects as ${owner.name}, which row-level security does not hold for and which cannot become ` +
      `${appRole}. As an administrator of that server, run: ` +
      `${owner.appRoleExists ? "" : `create role ${appRole} nologin; `}grant ${appRole} to ${escapeIdentifier(owner.name)};`,
  );
};

/** Makes the role where it is missing. Gives false when the server does not let this owner become it. */
const becomeMember = async (client: Client, owner: Owner): Promise<boolean> => {
  await client.query("savepoint membership");
  try {
    if (!owner.appRoleExists) await createAppRole(client);
    if (!owner.isSuperuser) await client.query(`grant ${appRole} to current_user`);
    await client.query("release membership");
    return true;
  } catch (error) {
    if ((error as DatabaseError).code !== insufficientPrivilege) throw error;
    await client.query("rollback to membership");
    return false;
  }
};

const insufficientPrivilege = "42501";
const duplicates = ["42710", "23505"];

// Roles belong to the whole server, and the lock we hold to one database: another's node may be faster.
const createAppRole = async (client: Client): Promise<void> => {
  await client.query("savepoint role");
  try {
    await client.query(`create role ${appRole} nologin nosuperuser nobypassrls`);
  } catch (error) {
    if (!duplicates.includes((error as DatabaseError).code ?? "")) throw error;
    await client.query("rollback to role");
  }
};

// The migrations' own record is the owner's alone. A table whose comment is "append-only" takes rows and keeps them as they
// are; one that says "never deleted" keeps them, changed or not.
const grant = (client: Client): Promise<unknown> =>
  client.query(`do $$ declare kept record; begin
    execute format('grant usage on schema %I to ${appRole}', current_schema());
    execute format('grant select, insert, update, delete on all tables in schema %I to ${appRole}', current_schema());
    execute format('grant usage, select on all sequences in schema %I to ${appRole}', current_schema());
    revoke all on schema_migrations from ${appRole};
    for kept in select oid::regclass as name, obj_description(oid, 'pg_class') as says from pg_class
      where relnamespace = current_schema()::regnamespace and relkind = 'r'
        and obj_description(oid, 'pg_class') in ('append-only', 'never deleted') loop
      execute format('revoke %s on %s from ${appRole}',
        case kept.says when 'append-only' then 'update, delete' else 'delete' end, kept.name);
    end loop;
  end $$`);

/**
 * Makes sure that row-level security holds on a connection: for its role, and for that role as a table's owner.
 * @throws Error with a sentence when it does not.
 */
export const verifyRole = async (client: ClientBase | Pool): Promise<void> => {
  const { rows } = await client.query<{ name: string; bypasses: boolean; unfenced: string | null }>(
    `select r.rolname as name, r.rolsuper or r.rolbypassrls as bypasses,
       (select string_agg(c.relname, ', ' order by c.relname) from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relrowsecurity and not c.relforcerowsecurity
          and pg_has_role(r.oid, c.relowner, 'usage')) as unfenced
     from pg_roles r where r.rolname = current_user`,
  );
  const role = rows[0];
  if (role === undefined || role.bypasses)
    throw new Error(
      `The database role ${role?.name ?? "of DATABASE_URL"} bypasses row-level security.`,
    );
  if (role.unfenced !== null)
    throw new Error(
      `Row-level security does not hold for ${role.name} on its own tables: ${role.unfenced}.`,
    );
};
