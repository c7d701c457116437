import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate, migrationsFolder } from "./migrate.ts";
import { createCopy, dropCopy, urlOfCopy } from "../../test/support/copies.ts";

/*
 * What a migration makes of rows that are there, in a database that belongs to an ordinary role: for such an owner the
 * fence holds too, so that a careless migration would see none of them.
 */

const name = `muster_migrated_${process.pid}`;
const role = `muster_test_owner_${process.pid}`;
const { url: serverUrl } = inject("postgres");
let superuser: Client;
let ownerUrl: string;
let folder: string;

beforeAll(async () => {
  await createCopy(serverUrl, name, "template0");
  folder = await mkdtemp(join(tmpdir(), "muster-migrations-"));
  superuser = new Client(urlOfCopy(serverUrl, name));
  await superuser.connect();
  await superuser.query(`create role ${role} login password 'only for this test'`);
  await superuser.query(`alter database ${name} owner to ${role}`);
  await superuser.query(`alter schema public owner to ${role}`);
  const url = new URL(urlOfCopy(serverUrl, name));
  url.username = role;
  url.password = "only for this test";
  ownerUrl = url.href;
});
afterAll(async () => {
  await superuser.end();
  await dropCopy(serverUrl, name);
  const server = new Client(serverUrl);
  await server.connect();
  await server.query(`drop role ${role}`);
  await server.end();
  await rm(folder, { recursive: true });
});

const migrateUpTo = async (last: string): Promise<void> => {
  for (const file of await readdir(migrationsFolder))
    if (file.slice(0, 4) <= last) await cp(join(migrationsFolder, file), join(folder, file));
  await migrate(ownerUrl, folder);
};

const id = (digit: number) => `0000000${digit}-0000-7000-8000-000000000000`;
const [org, home, away, ana, ben] = [id(1), id(2), id(3), id(4), id(5)];

test("a role lock gets the tenant of its account (0036)", async () => {
  await migrateUpTo("0035");
  await superuser.query(`
    insert into organisations (org_id, name) values ('${org}', 'Contoso');
    insert into tenants (org_id, id, name, sort_name, name_key, is_super)
      values ('${org}', '${home}', 'Home', 'home', 'home', true), ('${org}', '${away}', 'Away', 'away', 'away', false);
    insert into roles (org_id, id, name, description, permissions) values ('${org}', '${id(6)}', 'Clerk', '', '{}');
    insert into accounts (org_id, id, tenant_id, name, sort_name, sort_email, search, status, status_reason, role_id, role_origin,
        created_at, changed_at)
      select '${org}', id::uuid, tenant_id::uuid, 'Ana', 'ana', '', 'ana', 'active', 'administrator', '${id(6)}', 'lock', now(), now()
      from (values ('${ana}', '${home}'), ('${ben}', '${away}')) as of_tenants (id, tenant_id);
    insert into role_locks (org_id, account_id, role_id, locked_at)
      select '${org}', id, role_id, now() from accounts;`);
  await migrateUpTo("0036");
  const { rows } = await superuser.query("select account_id, tenant_id from role_locks order by 1");
  expect(rows).toEqual([
    { account_id: ana, tenant_id: home },
    { account_id: ben, tenant_id: away },
  ]);
  const fenced = await superuser.query(
    "select from pg_class where relname in ('role_locks', 'accounts') and relforcerowsecurity",
  );
  expect(fenced.rowCount).toBe(2);
});

test("a seal says what was done in the entries that it is over (0037)", async () => {
  const entry = (number: number, tenantId: string | null, action: string) =>
    `('${org}', '${id(number)}', now(), ${tenantId === null ? "null" : `'${tenantId}'`}, '${action}', '', 'asset', '${ana}', '', '',
      'administrator', '', ${number})`;
  await superuser.query(`
    insert into ledger (org_id, id, at, tenant_id, action, sentence, subject_kind, subject_id, subject_name, actor_name,
        cause_kind, cause_sentence, transaction_id)
      values ${[
        entry(1, home, "asset.created"),
        entry(2, away, "asset.changed"),
        entry(3, home, "asset.created"),
        entry(4, null, "role.created"),
      ].join()};
    insert into ledger_seals (org_id, number, first_transaction, first_id, last_transaction, last_id, first_at, last_at, entries,
        members, previous, hash, sealed_at, words, actions)
      select '${org}', number, lower, '${id(1)}', upper, '${id(9)}', now(), now(), 2, '', '', '', now(), '', '{}'
      from (values (1, 1, 3), (2, 4, 4)) as of_entries (number, lower, upper);`);
  await migrateUpTo("0037");
  const { rows } = await superuser.query("select deeds from ledger_seals order by number");
  expect(rows.map(({ deeds }) => deeds.toSorted())).toEqual([
    [`${home} asset asset.created`, `${away} asset asset.changed`],
    ["- asset role.created"],
  ]);
});
