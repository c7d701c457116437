import { notFound } from "#http";
import type { Transaction } from "#tenancy";
import { findConnection, type Connection } from "./store.ts";

/** @throws HttpError 404 */
export const requireConnection = async (tx: Transaction, id: string): Promise<Connection> => {
  const connection = await findConnection(tx, id);
  if (connection === undefined) throw notFound("Connection");
  return connection;
};
