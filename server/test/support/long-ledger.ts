import { Client } from "pg";
import type { TestRegister } from "./register.ts";

/** Ids of what entries are about, by their number: tenants from 0 to 29, actors to 6, subjects and causes without end. */
export const idOf = (kind: "tenant" | "actor" | "subject" | "cause", number: number): string =>
  `${{ tenant: 0, actor: 2, subject: 1, cause: 3 }[kind]}0000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** When the first of them was made, and how long after it the next. */
export const firstAt = 1_750_000_000_000;
export const apart = 2000;

/**
 * Writes a long ledger as years of requests would have: three entries a transaction, a two-hundredth of them by people.
 * To be sealed, it moves the ledger's clock beyond it.
 */
export const writeLongLedger = async (
  { database, orgId }: Pick<TestRegister, "database" | "orgId">,
  entries: number,
): Promise<void> => {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    for (const [name, moment] of [
      ["ledger_clock", "pg_current_xact_id()"],
      ["ledger_horizon", "pg_snapshot_xmin(pg_current_snapshot())"],
    ])
      await owner.query(
        `create or replace function ${name}() returns bigint language sql volatile as
           $$ select ${moment}::text::bigint + 1000000000 $$`,
      );
    await owner.query(
      `insert into ledger (org_id, id, at, tenant_id, action, sentence, subject_kind, subject_id, subject_name, actor_id,
         actor_name, cause_kind, cause_id, cause_sentence, before, after, transaction_id)
       select $1, (lpad(to_hex(ms), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
         to_timestamp(ms / 1000.0), named('0', n % 30),
         case when n % 5000 = 0 then 'account.role-locked' when n % 200 = 0 then 'asset.changed'
           when n % 3 = 0 then 'user.created' when n % 3 = 1 then 'account.created' else 'user.changed' end,
         'Change ' || n || case when n % 5000 = 0 then ' locked' else ' in the directory' end, 'user',
         named('1', n / 4), 'Person ' || n / 4, case when n % 200 = 0 then named('2', n % 7) end,
         case when n % 200 = 0 then 'Admin ' || (n % 7) else 'Entra' end,
         case when n % 200 = 0 then 'administrator' when n % 10 = 0 then 'rules' else 'scim' end,
         named('3', n / 3), 'Entra sent PATCH /Users/' || n, '{"title": "Old"}', jsonb_build_object('title', n), 1 + n / 3
       from (select n, ${firstAt} + n::bigint * ${apart} as ms from generate_series(0, $2::int - 1) n) numbers`.replaceAll(
        /named\('(\d)', ([^)]*)\)/g,
        "('$10000000-0000-7000-8000-' || lpad(($2)::text, 12, '0'))::uuid",
      ),
      [orgId, entries],
    );
    await owner.query("vacuum analyze ledger");
  } finally {
    await owner.end();
  }
};
