import { prepare, query, statement } from "#database";
import { newId, type Transaction } from "#tenancy";
import { sql } from "kysely";
import type { Cause, Change } from "./change.ts";

type Row = Readonly<Record<string, unknown>>;

/** What a transaction has still to write of its latest cause. */
const unwritten = new WeakMap<Transaction, { readonly cause: Cause; readonly rows: Row[] }>();

/**
 * Writes the changes of one cause, at the end of the transaction: all that is recorded until then as one statement.
 * Nothing ever updates or deletes a ledger row.
 */
export const record = (tx: Transaction, cause: Cause, changes: readonly Change[]): void => {
  if (changes.length === 0) return;
  const rows = changes.map(rowOf);
  const open = unwritten.get(tx);
  if (open?.cause === cause) {
    // One by one: as arguments, a hundred thousand do not fit on the stack.
    for (const row of rows) open.rows.push(row);
    return;
  }
  unwritten.set(tx, { cause, rows });
  tx.defer(() => {
    if (unwritten.get(tx)?.rows === rows) unwritten.delete(tx);
    return insertingRows({
      orgId: tx.orgId,
      now: tx.now,
      actorId: cause.actor.id,
      actorName: cause.actor.name,
      causeKind: cause.kind,
      causeId: cause.id,
      causeSentence: cause.sentence,
      rows: JSON.stringify(rows),
    });
  });
};

const rowOf = (change: Change): Row => ({
  id: newId(),
  tenant_id: change.tenantId ?? null,
  action: change.action,
  sentence: change.sentence,
  subject_kind: change.subject.kind,
  subject_id: change.subject.id,
  subject_name: change.subject.name,
  before: change.before ?? null,
  after: change.after ?? null,
});

type Insert = {
  readonly orgId: string;
  readonly now: Date;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly causeKind: string;
  readonly causeId: string | null;
  readonly causeSentence: string;
  readonly rows: string;
};

/** The rows are one parameter, so that the statement's text is the same for one change and for ten thousand. */
const insertingRows = prepare((at: Insert) =>
  statement(sql`
    insert into ledger (org_id, at, actor_id, actor_name, cause_kind, cause_id, cause_sentence,
      id, tenant_id, action, sentence, subject_kind, subject_id, subject_name, before, after)
    select ${at.orgId}::uuid, ${at.now}::timestamptz, ${at.actorId}::uuid, ${at.actorName}::text,
      ${at.causeKind}::text, ${at.causeId}::uuid, ${at.causeSentence}::text, change.*
    from jsonb_to_recordset(${at.rows}::jsonb) as change (id uuid, tenant_id uuid, action text,
      sentence text, subject_kind text, subject_id uuid, subject_name text, before jsonb, after jsonb)`),
);

type HistoryQuery = {
  /** The things whose history it is: an account and its directory user, say. */
  readonly subjectIds: readonly string[];
  /** Only what came before this ledger id. */
  readonly before?: string | undefined;
  readonly limit: number;
};

/** The changes of some subjects, newest first. */
export const listHistory = (tx: Transaction, { subjectIds, before, limit }: HistoryQuery) => {
  let select = entries(tx)
    .where("subjectId", "in", [...subjectIds])
    .limit(limit);
  if (before !== undefined) select = select.where("id", "<", before);
  return tx.run(select);
};

export const countHistory = async (
  tx: Transaction,
  subjectIds: readonly string[],
): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("ledger")
      .select((eb) => eb.fn.countAll<string>().as("total"))
      .where("orgId", "=", tx.orgId)
      .where("subjectId", "in", [...subjectIds]),
  );
  return Number(row?.total ?? 0);
};

/** The newest change of a subject that is one of these deeds. */
export const findLatest = (tx: Transaction, subjectId: string, actions: readonly string[]) =>
  tx.first(
    entries(tx)
      .where("subjectId", "=", subjectId)
      .where("action", "in", [...actions])
      .limit(1),
  );

/** What one cause (a SCIM request, an administrator's deed) changed. */
export const listEffects = (tx: Transaction, causeId: string, limit: number) =>
  tx.run(entries(tx).where("causeId", "=", causeId).limit(limit));

/** The ids of the causes that touched a subject, for lists of causes filtered by who they touched. */
export const causesTouching = (tx: Transaction, subjectId: string) =>
  query
    .selectFrom("ledger")
    .select("causeId")
    .where("orgId", "=", tx.orgId)
    .where("subjectId", "=", subjectId)
    .where("causeId", "is not", null)
    .$castTo<{ causeId: string }>();

const entries = (tx: Transaction) =>
  query.selectFrom("ledger").selectAll().where("orgId", "=", tx.orgId).orderBy("id", "desc");

export type LedgerRow = Awaited<ReturnType<typeof listEffects>>[number];
