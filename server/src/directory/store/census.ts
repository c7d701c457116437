import { statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql, type Expression } from "kysely";

/** People of a kind: how many, and the ids of a few. */
export type Some = { readonly count: number; readonly examples: readonly string[] };

export type MirrorCensus = {
  readonly users: number;
  readonly activeUsers: number;
  readonly groups: number;
  readonly memberships: number;
  readonly externalIds: number;
  /** External ids that are GUIDs, as object ids are. */
  readonly guidExternalIds: number;
  readonly withoutMail: Some;
  readonly guests: Some;
};

type Row = Omit<MirrorCensus, "withoutMail" | "guests"> & {
  readonly withoutMail: number;
  readonly withoutMailExamples: string[] | null;
  readonly guests: number;
  readonly guestExamples: string[] | null;
};

const guid = "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$";

/** Counts what a connection has in the mirror: one pass over it, so nothing that a request should wait for. */
export const takeMirrorCensus = async (
  tx: Transaction,
  connectionId: string,
): Promise<MirrorCensus> => {
  const row = await tx.first(
    statement<Row>(sql`
      with person as (
        select id, active, external_id,
          not jsonb_path_exists(document, '$.emails[*].value') as has_no_mail,
          user_name_key like '%#ext#%' or folded ->> 'userType' = 'guest' as is_guest
        from directory_users where org_id = ${tx.orgId} and connection_id = ${connectionId} and deleted_at is null
      ), pushed as (
        select id from directory_groups
        where org_id = ${tx.orgId} and connection_id = ${connectionId} and deleted_at is null
      )
      select count(*)::int as users, count(*) filter (where active)::int as active_users,
        count(external_id)::int as external_ids,
        (count(*) filter (where external_id ~* ${guid}))::int as guid_external_ids,
        (count(*) filter (where has_no_mail))::int as without_mail,
        (array_agg(id) filter (where has_no_mail))[1:5] as without_mail_examples,
        (count(*) filter (where is_guest))::int as guests,
        (array_agg(id) filter (where is_guest))[1:5] as guest_examples,
        (select count(*)::int from pushed) as groups,
        (select count(*)::int from memberships m
          where m.org_id = ${tx.orgId} and m.group_id in (select id from pushed)) as memberships
      from person`),
  );
  const { withoutMail, withoutMailExamples, guests, guestExamples, ...counts } = row!;
  return {
    ...counts,
    withoutMail: { count: withoutMail, examples: withoutMailExamples ?? [] },
    guests: { count: guests, examples: guestExamples ?? [] },
  };
};

/** Who and what came first: what an administrator waits for. */
export const findFirst = async (
  tx: Transaction,
  connectionId: string,
  table: "directory_users" | "directory_groups",
) =>
  tx.first(
    statement<{ id: string; name: string; createdAt: Date }>(sql`
      select id, ${sql.ref(table === "directory_users" ? "name" : "display_name")} as name, created_at
      from ${sql.table(table)}
      where org_id = ${tx.orgId} and connection_id = ${connectionId} and deleted_at is null
      order by created_at, id limit 1`),
  );

/** What some people are called. */
export const nameUsers = async (
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.run(
    statement<{ id: string; name: string }>(sql`
      select id, name from directory_users where org_id = ${tx.orgId} and id = any(${[...ids]}::uuid[])`),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
};

/** Some groups whose id is not among those that a statement gives, by name. */
export const listOtherGroups = (
  tx: Transaction,
  connectionId: string,
  { than, limit }: { than: Expression<unknown>; limit: number },
): Promise<{ id: string; name: string }[]> =>
  tx.run(
    statement<{ id: string; name: string }>(sql`
      select id, display_name as name from directory_groups
      where org_id = ${tx.orgId} and connection_id = ${connectionId} and deleted_at is null and id not in (${than})
      order by display_name_key, id limit ${limit}`),
  );
