import { conflict, invalid } from "#http";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { findChoices } from "./store/choices.ts";

type Made = { readonly id: string; readonly name: string };
type Kind = "model" | "category" | "status" | "location";

/**
 * Makes a model, category, status or location, and says so in the ledger.
 * @param insert gives undefined where the tenant has one of that name
 * @throws HttpError 409 when the tenant has one of that name
 */
export const createChoice = async <Choice extends Made>(
  tx: Transaction,
  { kind, tenantId, name, cause }: { kind: Kind; tenantId: string; name: string; cause: Cause },
  insert: (owned: { tenantId: string; name: string }) => Promise<Choice | undefined>,
): Promise<Choice> => {
  const made = await insert({ tenantId, name: name.trim() });
  if (made === undefined)
    throw conflict(
      `There is a ${kind} of that name already`,
      `Choose ${name.trim()} from the list, or give another name.`,
    );
  record(tx, cause, [
    {
      action: `${kind}.created`,
      sentence: `Asset ${kind} ${made.name} made`,
      subject: { kind, id: made.id, name: made.name },
      tenantId,
      after: made,
    },
  ]);
  return made;
};

/** @throws HttpError 400 when the tenant has no such category */
export const requireCategory = async (
  tx: Transaction,
  tenantId: string,
  categoryId: string,
): Promise<void> => {
  const choice = (await findChoices(tx, [categoryId])).get(categoryId);
  if (choice?.options === "categories" && choice.tenantId === tenantId) return;
  throw invalid("That category is not there", "Choose one from the list.", [
    { path: "categoryId", message: "is not a category of this tenant" },
  ]);
};
