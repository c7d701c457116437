import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import { mergeSeen, mostExamples, type SeenAttribute } from "./seen.ts";

/** As many of a connection are remembered; a client that makes names up fills no table. */
const mostSeen = 200;

/** Adds what was seen at the end of the transaction. */
export const noteSeen = (
  tx: Transaction,
  connectionId: string,
  seen: readonly SeenAttribute[],
): void => {
  if (seen.length === 0) return;
  const rows = mergeSeen(seen)
    .slice(0, mostSeen)
    .map(({ urn, name, people, examples }) => ({
      urn,
      urn_key: urn.toLowerCase(),
      name,
      name_key: name.toLowerCase(),
      people,
      examples,
    }));
  tx.defer(
    statement(sql`
      insert into seen_attributes as known (org_id, connection_id, urn, urn_key, name, name_key, people, examples, seen_at)
      select ${tx.orgId}::uuid, ${connectionId}::uuid, urn, urn_key, name, name_key, greatest(people, 0), examples, ${tx.now}::timestamptz
      from (select *, row_number() over () as place from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as sent (urn text, urn_key text, name text, name_key text, people int, examples jsonb)) seen
      where place + (select count(*) from seen_attributes
          where org_id = ${tx.orgId}::uuid and connection_id = ${connectionId}::uuid) <= ${mostSeen}::int
        or exists (select from seen_attributes other where other.org_id = ${tx.orgId}::uuid
          and other.connection_id = ${connectionId}::uuid
          and other.urn_key = seen.urn_key and other.name_key = seen.name_key)
      on conflict (org_id, connection_id, urn_key, name_key) do update set
        people = greatest(0, known.people + (select r.people from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as r (urn_key text, name_key text, people int)
          where r.urn_key = excluded.urn_key and r.name_key = excluded.name_key)),
        examples = (select coalesce(jsonb_agg(value), '[]') from (
          select distinct value from jsonb_array_elements(known.examples || excluded.examples) limit ${mostExamples}::int) kept),
        seen_at = excluded.seen_at`),
  );
};

/** Begins to count again who has what. */
export const forgetSeenCounts = (tx: Transaction, connectionId: string): Promise<unknown> =>
  tx.run(
    query
      .updateTable("seenAttributes")
      .set({ people: 0 })
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );

/** Those that most people have first. */
export const listSeen = (tx: Transaction, connectionId: string) =>
  tx.run(
    query
      .selectFrom("seenAttributes")
      .select(["urn", "name", "people", "examples"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("people", ">", 0)
      .orderBy("people", "desc")
      .orderBy("urnKey")
      .orderBy("nameKey"),
  );

export type SeenRow = Awaited<ReturnType<typeof listSeen>>[number];
