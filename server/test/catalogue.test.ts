import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/database/index.ts";
import { createTestDatabase } from "./support/database.ts";

/** Tables that belong to no organisation, each with its reason. Every other table has org_id first in every key. */
const globalTables: Record<string, string> = {
  schema_migrations: "what has been migrated is a fact of the whole database",
  connection_routes: "an endpoint's organisation is asked before a transaction can be bound to one",
  sign_in_names: "an address's organisations are asked before a transaction can be bound to one",
  sign_in_failures: "failed sign-ins are counted before anybody is known",
  setup_links: "the first link is there before the first organisation",
};

type Broken = { problem: string };

/** The data rules of design §5, each as a query that gives what breaks it. */
const rules: Record<string, string> = {
  "has org_id, not null": `
    select t.relname as problem from tables t
    where not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'org_id' and a.attnotnull)`,
  "has org_id first in its primary key": `
    select t.relname as problem from tables t
    where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary
      and (select attname from pg_attribute where attrelid = t.oid and attnum = i.indkey[0]) = 'org_id')`,
  "has org_id first in every unique key": `
    select t.relname || ': ' || i.indexrelid::regclass as problem from tables t join pg_index i on i.indrelid = t.oid
    where i.indisunique
      and coalesce((select attname from pg_attribute where attrelid = t.oid and attnum = i.indkey[0]), '') <> 'org_id'`,
  "has org_id first in every foreign key": `
    select t.relname || ': ' || c.conname as problem from tables t join pg_constraint c on c.conrelid = t.oid
    where c.contype = 'f' and (select attname from pg_attribute where attrelid = t.oid and attnum = c.conkey[1]) <> 'org_id'`,
  "never sets null on delete": `
    select t.relname || ': ' || c.conname as problem from tables t join pg_constraint c on c.conrelid = t.oid
    where c.contype = 'f' and c.confdeltype in ('n', 'd')`,
  "has no trigger": `
    select t.relname || ': ' || g.tgname as problem from tables t join pg_trigger g on g.tgrelid = t.oid
    where not g.tgisinternal`,
  "has row-level security, also for its owner": `
    select t.relname as problem from tables t where not (t.relrowsecurity and t.relforcerowsecurity)`,
  "shows exactly the rows of its organisation": `
    select t.relname as problem from tables t
    where (select count(*) from pg_policy p where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive
      and pg_get_expr(p.polqual, p.polrelid) = '(org_id = (NULLIF(current_setting(''app.org''::text, true), ''''::text))::uuid)') <> 1
      or (select count(*) from pg_policy p where p.polrelid = t.oid and p.polpermissive) <> 1`,
  "shows one tenant's rows only to a transaction bound to it, where rows belong to a tenant": `
    select t.relname as problem from tables t
    join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id'
    where not exists (select from pg_policy p where p.polrelid = t.oid and not p.polpermissive and p.polname = 'own_tenant'
      and pg_get_expr(p.polqual, p.polrelid) like '%(tenant_id = (NULLIF(current_setting(''app.tenant''%')`,
  "shows what is within the limits of an access role only, where rows belong to a tenant": `
    select t.relname as problem from tables t
    join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id'
    where not exists (select from pg_policy p where p.polrelid = t.oid and not p.polpermissive and p.polname = 'within_app_tenants')`,
  "makes no id in the database": `
    select t.relname || '.' || a.attname as problem from tables t
    join pg_attribute a on a.attrelid = t.oid join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
    where pg_get_expr(d.adbin, d.adrelid) ~* 'uuid|nextval|random' or a.attidentity <> ''`,
};

let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.close();
});

const broken = async (rule: string): Promise<string[]> => {
  const globals = Object.keys(globalTables).map((name) => `'${name}'`);
  const { rows } = await owner.query<Broken>(`
    with tables as (
      select c.* from pg_class c
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname not in (${globals.join(", ")})
    ) ${rules[rule]} order by 1`);
  return rows.map(({ problem }) => problem);
};

describe("every table of an organisation", () => {
  test.each(Object.keys(rules))("%s", async (rule) => {
    expect(await broken(rule)).toEqual([]);
  });

  test("each rule catches a table that breaks it", async () => {
    await owner.query(`
      create table planted_parent (org_id uuid not null, id uuid not null, primary key (org_id, id), unique (id, org_id));
      create table planted (
        id uuid primary key default gen_random_uuid(),
        org_id uuid,
        parent uuid,
        tenant_id uuid,
        foreign key (parent, org_id) references planted_parent (id, org_id) on delete set null
      );
      create function planted_trigger() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger planted before insert on planted for each row execute function planted_trigger()`);
    try {
      for (const rule of Object.keys(rules))
        expect((await broken(rule)).join(), rule).toContain("planted");
    } finally {
      await owner.query("drop table planted, planted_parent; drop function planted_trigger");
    }
  });

  test("keeps what others point to without a key, and its history as it was written", async () => {
    const { rows } = await owner.query<{ name: string; may: string[] }>(`
      select relname as name, array(select p from unnest(array['update', 'delete']) p
        where has_table_privilege('muster_app', oid, p)) as may
      from pg_class where relnamespace = 'public'::regnamespace
        and obj_description(oid, 'pg_class') in ('never deleted', 'append-only') order by 1`);
    expect(Object.fromEntries(rows.map(({ name, may }) => [name, may]))).toEqual({
      connections: ["update"],
      directory_groups: ["update"],
      directory_users: ["update"],
      ledger: [],
      ledger_seals: [],
      organisations: ["update"],
      tenants: ["update"],
    });
  });

  test("the list of global tables names no table that is gone", async () => {
    const { rows } = await owner.query<{ relname: string }>(
      "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    );
    expect(rows.map(({ relname }) => relname)).toEqual(
      expect.arrayContaining(Object.keys(globalTables)),
    );
  });
});
