import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import type { Census } from "./census.ts";
import { sightingKinds, type SightingKind, type Sightings } from "./sightings.ts";

export const saveCensus = (tx: Transaction, connectionId: string, census: Census): void => {
  const values = { takenAt: tx.now, findings: JSON.stringify(census) };
  tx.defer(
    query
      .insertInto("connectionCensuses")
      .values({ orgId: tx.orgId, connectionId, ...values })
      .onConflict((conflict) => conflict.columns(["orgId", "connectionId"]).doUpdateSet(values)),
  );
};

export const findCensus = async (
  tx: Transaction,
  connectionId: string,
): Promise<{ takenAt: Date; census: Census } | undefined> => {
  const row = await tx.first(
    query
      .selectFrom("connectionCensuses")
      .select(["takenAt", "findings"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  return row && { takenAt: row.takenAt, census: row.findings as unknown as Census };
};

/** One thing seen in a request, on its way to the table. */
export type Seen = {
  readonly connectionId: string;
  readonly kind: SightingKind;
  readonly at: Date;
  readonly entryId: string | null;
};

/** Notes what was seen, in the order in which it was. */
export const noteSightings = (tx: Transaction, seen: readonly Seen[]): void => {
  const groups = Map.groupBy(seen, ({ connectionId, kind }) => `${connectionId} ${kind}`);
  if (groups.size === 0) return;
  const rows = Array.from(groups.values(), (same) => {
    const { connectionId, kind, at, entryId } = same.at(-1)!;
    const { apart = 0 }: { apart?: number } = sightingKinds[kind];
    return {
      connection_id: connectionId,
      kind,
      times: apart === 0 ? same.length : 1,
      first_at: same[0]!.at,
      last_at: at,
      entry_id: entryId,
      apart,
    };
  });
  // Rows in the order of their key, so that two batches cannot wait for each other.
  tx.defer(
    statement(sql`
      insert into connection_sightings as old (org_id, connection_id, kind, times, last_at, recent, entry_id)
      select ${tx.orgId}::uuid, connection_id, kind, times, last_at, array[first_at], entry_id
      from jsonb_to_recordset(${JSON.stringify(rows.toSorted((one, other) => (one.connection_id + one.kind < other.connection_id + other.kind ? -1 : 1)))}::jsonb)
        as seen (connection_id uuid, kind text, times int, first_at timestamptz, last_at timestamptz, entry_id uuid)
      on conflict (org_id, connection_id, kind) do update set
        times = case when ${isAnother} then old.times + excluded.times else old.times end,
        recent = case when ${isAnother} then (excluded.recent || old.recent)[1:10] else old.recent end,
        last_at = excluded.last_at, entry_id = excluded.entry_id`),
  );
};

/** SQL: whether what is noted counts again, or belongs to the last of its kind. */
const isAnother = sql`excluded.recent[1] >= old.last_at + interval '1 ms' * (case old.kind ${sql.join(
  Object.entries(sightingKinds).flatMap(([kind, own]: [string, { apart?: number }]) =>
    own.apart === undefined ? [] : [sql`when ${sql.lit(kind)} then ${sql.lit(own.apart)}`],
  ),
  sql` `,
)} else 0 end)`;

export const findSightings = async (tx: Transaction, connectionId: string): Promise<Sightings> => {
  const rows = await tx.run(
    query
      .selectFrom("connectionSightings")
      .select(["kind", "times", "lastAt", "recent", "entryId"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  return Object.fromEntries(rows.map(({ kind, ...sighting }) => [kind, sighting]));
};

/** A change that changed nothing, on its way to the table. */
export type Resending = {
  readonly connectionId: string;
  readonly resourceId: string;
  readonly resourceType: "User" | "Group";
  /** SHA-256 of what was sent, in hex. */
  readonly fingerprint: string;
  readonly at: Date;
  readonly entryId: string;
  readonly paths: readonly string[];
  readonly isRefused: boolean;
};

/** Counts how often exactly the same was sent in a row for a person or group. */
export const noteResendings = (tx: Transaction, resendings: readonly Resending[]): void => {
  const last = new Map<string, Resending & { times: number }>();
  for (const one of resendings) {
    const key = `${one.connectionId} ${one.resourceId}`;
    const before = last.get(key);
    const isSame = before?.fingerprint === one.fingerprint;
    last.set(key, { ...one, times: isSame ? before.times + 1 : 1 });
  }
  if (last.size === 0) return;
  const rows = [...last.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, one]) => ({
      connection_id: one.connectionId,
      resource_id: one.resourceId,
      resource_type: one.resourceType,
      fingerprint: one.fingerprint,
      times: one.times,
      last_at: one.at,
      entry_id: one.entryId,
      paths: one.paths,
      is_refused: one.isRefused,
    }));
  tx.defer(
    statement(sql`
      insert into resent_changes as old (org_id, connection_id, resource_id, resource_type, fingerprint, times, last_at,
        entry_id, paths, is_refused)
      select ${tx.orgId}::uuid, connection_id, resource_id, resource_type, decode(fingerprint, 'hex'), times, last_at,
        entry_id, paths, is_refused
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sent (connection_id uuid, resource_id uuid,
        resource_type text, fingerprint text, times int, last_at timestamptz, entry_id uuid, paths text[], is_refused boolean)
      on conflict (org_id, connection_id, resource_id) do update set
        times = case when old.fingerprint = excluded.fingerprint then old.times else 0 end + excluded.times,
        fingerprint = excluded.fingerprint, last_at = excluded.last_at, entry_id = excluded.entry_id,
        paths = excluded.paths, is_refused = excluded.is_refused`),
  );
};

type ResentRow = {
  readonly resourceId: string;
  readonly resourceType: "User" | "Group";
  readonly times: number;
  readonly paths: string[];
  readonly entryId: string;
  readonly isRefused: boolean;
};

const shownResent = 5;
const countedResent = 1000;

/** What was sent at least three times in a row, the last time since a moment; counted up to 1,000. */
export const findResent = async (tx: Transaction, connectionId: string, since: Date) => {
  const rows = await tx.run(
    statement<ResentRow>(sql`
      select resource_id, resource_type, times, paths, entry_id, is_refused from resent_changes
      where org_id = ${tx.orgId} and connection_id = ${connectionId} and times >= 3 and last_at >= ${since}::timestamptz
      order by last_at desc limit ${countedResent}`),
  );
  return { count: rows.length, examples: rows.slice(0, shownResent) };
};

export const listMutes = (tx: Transaction, connectionId: string) =>
  tx.run(
    query
      .selectFrom("mutedChecks")
      .select(["checkId", "reason", "mutedBy", "mutedAt"])
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );

type Mute = { readonly checkId: string; readonly reason: string; readonly mutedBy: string };

export const saveMute = async (tx: Transaction, connectionId: string, mute: Mute) => {
  const values = { reason: mute.reason, mutedBy: mute.mutedBy, mutedAt: tx.now };
  await tx.run(
    query
      .insertInto("mutedChecks")
      .values({ orgId: tx.orgId, connectionId, checkId: mute.checkId, ...values })
      .onConflict((conflict) =>
        conflict.columns(["orgId", "connectionId", "checkId"]).doUpdateSet(values),
      ),
  );
};

export const deleteMute = (tx: Transaction, connectionId: string, checkId: string) =>
  tx.first(
    query
      .deleteFrom("mutedChecks")
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("checkId", "=", checkId)
      .returning("reason"),
  );
