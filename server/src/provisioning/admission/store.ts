import { query } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import { draw, type Drawn, type RequestLimit } from "./request-limit.ts";

const hour = 3_600_000;

/** What a node has drawn from a connection's bucket, by the limit as it is now; undefined when there is none any more. */
export type Draw = { readonly limit: RequestLimit; readonly drawn: Drawn; readonly now: number };

/** Draws requests from the bucket that all nodes share; they do so one after the other, by the database's clock. */
export const drawFromBudget = async (
  tx: Transaction,
  connectionId: string,
  wanted: number,
): Promise<Draw | undefined> => {
  const limit = await findRequestLimit(tx, connectionId);
  if (limit === undefined) return undefined;
  const [bucket] = await tx.run(
    query
      .insertInto("requestBudgets")
      .values({ orgId: tx.orgId, connectionId })
      .onConflict((conflict) =>
        conflict
          .columns(["orgId", "connectionId"])
          .doUpdateSet({ connectionId: sql`excluded.connection_id` }),
      )
      .returning([
        "drawnUntil",
        sql<number>`extract(epoch from clock_timestamp())::float8 * 1000`.as("now"),
      ]),
  );
  const { drawnUntil, now } = bucket!;
  const drawn = draw(drawnUntil, wanted, { limit, now });
  await tx.run(
    query
      .updateTable("requestBudgets")
      .set({ drawnUntil: drawn.drawnUntil })
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  return { limit, drawn, now };
};

export const findRequestLimit = async (
  tx: Transaction,
  connectionId: string,
): Promise<RequestLimit | undefined> => {
  const row = await tx.first(
    query
      .selectFrom("connections")
      .select(["requestsPerSecond", "requestBurst"])
      .where("orgId", "=", tx.orgId)
      .where("id", "=", connectionId),
  );
  return toRequestLimit(row?.requestsPerSecond, row?.requestBurst);
};

/** A limit as the two columns of a connection hold it: both or neither. */
export const toRequestLimit = (perSecond: unknown, burst: unknown): RequestLimit | undefined =>
  typeof perSecond === "number" && typeof burst === "number" ? { perSecond, burst } : undefined;

export const saveRequestLimit = (
  tx: Transaction,
  connectionId: string,
  limit: RequestLimit | undefined,
): void => {
  tx.defer(
    query
      .updateTable("connections")
      .set({ requestsPerSecond: limit?.perSecond ?? null, requestBurst: limit?.burst ?? null })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", connectionId),
  );
};

export type Refusals = { readonly connectionId: string; readonly count: number };

/** Adds to the count of this minute, and forgets what is older than is asked for. */
export const countRefusals = (tx: Transaction, { connectionId, count }: Refusals): void => {
  const minute = new Date(Math.floor(tx.now.getTime() / 60_000) * 60_000);
  tx.defer(
    query
      .insertInto("requestRefusals")
      .values({ orgId: tx.orgId, connectionId, minute, refused: count })
      .onConflict((conflict) =>
        conflict
          .columns(["orgId", "connectionId", "minute"])
          .doUpdateSet({ refused: sql`request_refusals.refused + excluded.refused` }),
      ),
  );
  tx.defer(
    query
      .deleteFrom("requestRefusals")
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("minute", "<", new Date(tx.now.getTime() - 2 * hour)),
  );
};

/** How many requests were told to come back later within the last hour. */
export const sumRefusals = async (tx: Transaction, connectionId: string): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("requestRefusals")
      .select((eb) => eb.fn.sum<string | null>("refused").as("refused"))
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("minute", ">", new Date(tx.now.getTime() - hour)),
  );
  return Number(row?.refused ?? 0);
};
