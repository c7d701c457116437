import { isDeepStrictEqual } from "node:util";
import { conflict, toHttpError } from "#http";
import { defineJob } from "#jobs";
import {
  withinLimits,
  type Limits,
  type Organisations,
  type OrgId,
  type Transaction,
} from "#tenancy";
import type { Cause } from "../change.ts";
import { record } from "../store.ts";
import type { Reversals } from "./reversal.ts";
import {
  countItems,
  findNextItem,
  findUndo,
  finishUndo,
  lockPlannedItem,
  lockUndo,
  settleItem,
  type ItemRow,
  type UndoRow,
} from "./store.ts";

/** Carries out an undo that was started. */
export const undoJob = defineJob<{ orgId: string; undoId: string; limits?: Limits }>("undo");

const unlimited: Limits = { tenantId: null, scope: null };

type Started = {
  readonly orgId: OrgId;
  readonly undoId: string;
  /** Those of whoever started it: what they may not see or change by hand is left alone. */
  readonly limits?: Limits | undefined;
};

/**
 * Goes on with an undo until every thing of its plan is done or refused. Each is a transaction that also notes that it is
 * done, so whoever takes over after a crash goes on where the last one ended, and nothing is done twice.
 */
export const applyUndo = (
  organisations: Organisations,
  reversals: Reversals,
  { limits = unlimited, ...started }: Started,
): Promise<void> => withinLimits(limits, () => applyWithin(organisations, reversals, started));

const applyWithin = async (
  organisations: Organisations,
  { reversals }: Reversals,
  { orgId, undoId }: Started,
): Promise<void> => {
  for (;;) {
    const next = await organisations.within(orgId, async (tx) => {
      const undo = await findUndo(tx, undoId);
      const item = undo?.state === "running" ? await findNextItem(tx, undoId) : undefined;
      return undo && item && { undo, item };
    });
    if (next === undefined) break;
    const { undo, item } = next;
    const reversal = reversals.find(({ name }) => name === item.reversal);
    try {
      await organisations.within(
        orgId,
        async (tx) => {
          const held = await lockPlannedItem(tx, undoId, item.position);
          if (held === undefined) return;
          if (reversal === undefined) throw conflict("It cannot be undone any more", "");
          await applyItem(tx, reversal, held, causeOf(undo));
          settleItem(tx, held, { state: "done", why: null });
        },
        reversal?.opening?.(item.subjectId ?? ""),
      );
    } catch (error) {
      const { status, title, message } = toHttpError(error as Error);
      if (status >= 500) throw error;
      const why = [title, message].filter(Boolean).join(". ");
      await organisations.within(orgId, async (tx) => {
        const held = await lockPlannedItem(tx, undoId, item.position);
        if (held !== undefined) settleItem(tx, held, { state: "refused", why });
      });
    }
  }
  await organisations.within(orgId, (tx) => finish(tx, undoId));
};

const applyItem = async (
  tx: Transaction,
  reversal: Reversals["reversals"][number],
  item: ItemRow,
  cause: Cause,
): Promise<void> => {
  const subjectId = item.subjectId ?? "";
  const current = (await reversal.read(tx, subjectId, true)) as Record<string, unknown> | undefined;
  if (current === undefined) throw conflict("It is no longer there", "");
  const [now, wanted] = [item.currentValues, item.wantedValues] as Record<string, unknown>[];
  const keys = Object.keys(wanted ?? {});
  const is = (values: Record<string, unknown> | undefined) =>
    keys.every((key) => isDeepStrictEqual(asJson(current[key]), asJson(values?.[key])));
  if (is(wanted)) return;
  if (!is(now))
    throw conflict(
      "It has been changed since the preview",
      "Make another preview to see what would happen now.",
    );
  await reversal.write(tx, { subjectId, current, wanted: wanted ?? {}, cause });
};

/** As it is after a while in the database. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const causeOf = ({ id, scopeSentence, actorId, actorName }: UndoRow): Cause => ({
  kind: "undo",
  id,
  sentence: `${actorName} undid ${scopeSentence}`,
  actor: { id: actorId, name: actorName ?? "" },
});

const finish = async (tx: Transaction, undoId: string): Promise<void> => {
  const undo = await lockUndo(tx, undoId);
  if (undo?.state !== "running") return;
  const { planned, done, refused } = await countItems(tx, undoId);
  if (planned.things > 0) return;
  await finishUndo(tx, undoId);
  const left = refused.entries === 0 ? "" : `; ${refused.entries} could not be`;
  record(tx, causeOf(undo), [
    {
      action: "undo.applied",
      sentence: `Undid ${done.entries === 1 ? "1 change" : `${done.entries} changes`}${left}`,
      subject: { kind: "undo", id: undoId, name: "Undo" },
      tenantId: undo.tenantId,
      after: { undone: done.entries, refused: refused.entries },
    },
  ]);
};
