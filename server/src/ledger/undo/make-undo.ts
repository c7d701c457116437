import { invalid, notFound } from "#http";
import { newId, type Transaction } from "#tenancy";
import { findCause, findEntry } from "../find/cause.ts";
import { planUndo, type PlanItem, type Undoer } from "./plan.ts";
import type { Reversals } from "./reversal.ts";
import { countDerived, listDeeds, type UndoScope } from "./select.ts";
import { insertUndo } from "./store.ts";

type Asked = {
  readonly scope: UndoScope;
  readonly by: { readonly accountId: string; readonly accountName: string };
  readonly undoer: Undoer;
};

/** So many deeds of people are undone at once; what followed from them is not counted. */
const mostDeeds = 5000;

/**
 * Works out what undoing would do, and keeps it to be looked at and applied.
 * @returns the undo's id
 * @throws HttpError 400 for a scope without bounds, or with too much in it, 404 for an entry or cause that is not there
 */
export const makeUndo = async (
  tx: Transaction,
  reversals: Reversals,
  { scope: asked, by, undoer }: Asked,
): Promise<string> => {
  const { scope, what } = await nameScope(tx, asked);
  const deeds = await listDeeds(tx, scope, mostDeeds + 1);
  if (deeds.length > mostDeeds)
    throw invalid(
      "That is too much at once",
      `People did more than ${mostDeeds} things in that span. Choose a shorter one, or one person.`,
    );
  const entries = deeds.map((entry) => ({
    ...entry,
    before: (entry.before ?? {}) as Record<string, unknown>,
    after: (entry.after ?? {}) as Record<string, unknown>,
  }));
  const plan = await planUndo(tx, reversals, undoer, entries);
  const derived = await countDerived(tx, scope, plan.causeIds);
  const items = [...plan.items, ...derived.map(toDerivedItem)];
  const id = newId();
  await insertUndo(
    tx,
    {
      id,
      tenantId: scope.tenantId ?? null,
      scopeSentence: what,
      plannedBy: by.accountId,
      plannedByName: by.accountName,
    },
    items,
  );
  return id;
};

/** What is asked for in words. Of an undo's own entry all that it did is meant. */
const nameScope = async (
  tx: Transaction,
  scope: UndoScope,
): Promise<{ scope: UndoScope; what: string }> => {
  const { entryId, causeId, from, to, tenantId } = scope;
  if (entryId !== undefined) {
    const entry = await findEntry(tx, entryId);
    if (entry === undefined || (tenantId !== undefined && entry.tenantId !== tenantId))
      throw notFound("That ledger entry");
    if (entry.action === "undo.applied" && entry.causeId !== null)
      return nameScope(tx, { causeId: entry.causeId, tenantId });
    return { scope, what: `“${entry.subjectName}: ${entry.sentence}”` };
  }
  if (causeId !== undefined) {
    const cause = await findCause(tx, causeId, tenantId);
    if (cause === undefined) throw notFound("That cause");
    return { scope, what: `“${cause.causeSentence}”` };
  }
  if (from === undefined || to === undefined || from >= to)
    throw invalid(
      "What is to be undone?",
      "Name one entry, one cause, or a span of time from one moment until a later one.",
      [{ path: "from", message: "is needed, with a later `to`" }],
    );
  return { scope, what: `what was done from ${sayMoment(from)} to ${sayMoment(to)}` };
};

const sayMoment = (moment: Date): string => moment.toISOString().slice(0, 16).replace("T", " ");

type Derived = Awaited<ReturnType<typeof countDerived>>[number];

const toDerivedItem = ({
  action,
  causeKind,
  subjectKind,
  subjectName,
  entries,
  causeId,
  isAtLeast,
}: Derived): PlanItem => {
  const count = Number(entries);
  const others = count - 1;
  return {
    state: "refused",
    reversal: null,
    label: action,
    subjectKind,
    subjectId: null,
    subjectName: `${subjectName}${others > 0 ? ` and ${isAtLeast ? "at least " : ""}${others} more` : ""}`,
    entries: count,
    entryIds: [],
    now: null,
    wanted: null,
    consequence: null,
    why:
      causeKind === "rules"
        ? "It followed from the rules, and goes back by itself when their edit is undone."
        : "The identity provider said so, and would say it again with the next cycle. Change it there; to hold on to a role, lock it.",
    causeId: causeKind === "rules" ? causeId : null,
  };
};
