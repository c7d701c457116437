import { query, statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import type { PlanItem } from "./plan.ts";

type NewUndo = {
  readonly id: string;
  readonly tenantId: string | null;
  readonly scopeSentence: string;
  readonly plannedBy: string;
  readonly plannedByName: string;
};

export const insertUndo = async (
  tx: Transaction,
  undo: NewUndo,
  items: readonly PlanItem[],
): Promise<void> => {
  await tx.run(
    query
      .insertInto("ledgerUndos")
      .values({ orgId: tx.orgId, ...undo, state: "planned", plannedAt: tx.now }),
  );
  const rows = items.map((item, position) => ({
    position,
    state: item.state,
    reversal: item.reversal,
    label: item.label,
    subject_kind: item.subjectKind,
    subject_id: item.subjectId,
    subject_name: item.subjectName,
    entries: item.entries,
    entry_ids: item.entryIds,
    current_values: item.now,
    wanted_values: item.wanted,
    consequence: item.consequence,
    why: item.why,
    cause_id: item.causeId,
  }));
  await tx.run(
    statement(sql`
      insert into ledger_undo_items (org_id, undo_id, position, state, reversal, label, subject_kind, subject_id, subject_name,
        entries, entry_ids, current_values, wanted_values, consequence, why, cause_id)
      select ${tx.orgId}::uuid, ${undo.id}::uuid, item.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as item (position int, state text, reversal text, label text,
        subject_kind text, subject_id uuid, subject_name text, entries int, entry_ids uuid[], current_values jsonb, wanted_values jsonb,
        consequence text, why text, cause_id uuid)`),
  );
};

export const findUndo = (tx: Transaction, id: string) =>
  tx.first(
    query.selectFrom("ledgerUndos").selectAll().where("orgId", "=", tx.orgId).where("id", "=", id),
  );

export type UndoRow = NonNullable<Awaited<ReturnType<typeof findUndo>>>;

/** Held until the transaction ends, so that it is started and finished once. */
export const lockUndo = (tx: Transaction, id: string) =>
  tx.first(
    query
      .selectFrom("ledgerUndos")
      .selectAll()
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .forUpdate(),
  );

export const startUndo = async (
  tx: Transaction,
  id: string,
  actor: { actorId: string; actorName: string },
): Promise<void> => {
  await tx.run(
    query
      .updateTable("ledgerUndos")
      .set({ state: "running", startedAt: tx.now, ...actor })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

export const finishUndo = async (tx: Transaction, id: string): Promise<void> => {
  await tx.run(
    query
      .updateTable("ledgerUndos")
      .set({ state: "done", finishedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

export type ItemState = "planned" | "done" | "refused";

/** How many things, and how many entries of the ledger, are in which state. */
export const countItems = async (tx: Transaction, undoId: string) => {
  const rows = await tx.run(
    query
      .selectFrom("ledgerUndoItems")
      .select((eb) => [
        "state",
        eb.fn.countAll<string>().as("things"),
        eb.fn.sum<string>("entries").as("entries"),
      ])
      .where("orgId", "=", tx.orgId)
      .where("undoId", "=", undoId)
      .groupBy("state"),
  );
  const of = (state: ItemState) => {
    const row = rows.find((one) => one.state === state);
    return { things: Number(row?.things ?? 0), entries: Number(row?.entries ?? 0) };
  };
  return { planned: of("planned"), done: of("done"), refused: of("refused") };
};

const items = (tx: Transaction, undoId: string) =>
  query
    .selectFrom("ledgerUndoItems")
    .selectAll()
    .where("orgId", "=", tx.orgId)
    .where("undoId", "=", undoId)
    .orderBy("position");

type Place = {
  readonly after: number | undefined;
  readonly limit: number;
  readonly state?: ItemState | undefined;
};

export const listItems = (tx: Transaction, undoId: string, { after, limit, state }: Place) => {
  let select = items(tx, undoId).limit(limit);
  if (state !== undefined) select = select.where("state", "=", state);
  if (after !== undefined) select = select.where("position", ">", after);
  return tx.run(select);
};

export type ItemRow = Awaited<ReturnType<typeof listItems>>[number];

/** All that is still to be done; an undo has no more things than deeds. */
export const listPlanned = (tx: Transaction, undoId: string): Promise<ItemRow[]> =>
  tx.run(items(tx, undoId).where("state", "=", "planned"));

export const findNextItem = (tx: Transaction, undoId: string): Promise<ItemRow | undefined> =>
  tx.first(items(tx, undoId).where("state", "=", "planned").limit(1));

/** One that is still to be done. */
export const findPlannedItem = (tx: Transaction, undoId: string, position: number) =>
  tx.first(items(tx, undoId).where("position", "=", position).where("state", "=", "planned"));

/** The item, held; undefined when it is no longer to be done. */
export const lockPlannedItem = (tx: Transaction, undoId: string, position: number) =>
  tx.first(
    items(tx, undoId).where("position", "=", position).where("state", "=", "planned").forUpdate(),
  );

export const settleItem = (
  tx: Transaction,
  { undoId, position }: Pick<ItemRow, "undoId" | "position">,
  outcome: { state: ItemState; why: string | null },
): void => {
  tx.defer(
    query
      .updateTable("ledgerUndoItems")
      .set(outcome)
      .where("orgId", "=", tx.orgId)
      .where("undoId", "=", undoId)
      .where("position", "=", position),
  );
};
