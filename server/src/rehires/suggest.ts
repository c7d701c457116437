import { hasLeaverWith, lastLeaverWith, onlyPersonWith } from "#directory";
import { newId, type Transaction } from "#tenancy";
import { sql } from "kysely";
import { insertSuggestion } from "./store.ts";

type Employee = {
  readonly connection: { readonly id: string; readonly tenantId: string };
  readonly userId: string;
  readonly employeeNumber: string;
};

/** Whether somebody who is new may have been here before, so that there is something to suggest. */
export const mayBeBack = (
  tx: Transaction,
  { connection, employeeNumber }: Omit<Employee, "userId">,
): Promise<boolean> => hasLeaverWith(tx, { connectionId: connection.id, employeeNumber });

/**
 * Somebody is new, or has another employee number: whoever left last with that number may be the same person. Nothing
 * is read now; it goes to the database with the other writes of the transaction.
 */
export const suggestForNewcomer = (
  tx: Transaction,
  { connection, userId, employeeNumber }: Employee,
): void => {
  const former = lastLeaverWith(tx, {
    connectionId: connection.id,
    employeeNumber,
    exceptId: userId,
  });
  insertSuggestion(tx, {
    id: newId(),
    connection,
    employeeNumber,
    pair: sql`select one.id as former_id, ${userId}::uuid as returned_id from ${former} one`,
  });
};

/** Somebody leaves: whoever has their employee number already may be the same person, back before they were deleted. */
export const suggestForLeaver = (
  tx: Transaction,
  { connection, userId, employeeNumber }: Employee,
): void => {
  const returned = onlyPersonWith(tx, {
    connectionId: connection.id,
    employeeNumber,
    exceptId: userId,
  });
  insertSuggestion(tx, {
    id: newId(),
    connection,
    employeeNumber,
    pair: sql`select ${userId}::uuid as former_id, one.id as returned_id from ${returned} one`,
  });
};
