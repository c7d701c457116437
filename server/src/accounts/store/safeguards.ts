import { query } from "#database";
import { newId, type Transaction } from "#tenancy";
import { sql } from "kysely";

export type Mode = "live" | "dry-run";

/** More people than this who lose something within so many minutes are too many. */
export type Guard = {
  readonly people: number;
  /** Of all people of the connection; the larger of the two counts. */
  readonly percent: number;
  readonly minutes: number;
};

export type Safeguard = {
  readonly mode: Mode;
  /** Null where there is none. */
  readonly guard: Guard | null;
  /** Since when everything that takes something away is held. */
  readonly trippedAt: Date | null;
};

/** What a connection has before anybody chooses. */
export const defaultGuard: Guard = { people: 20, percent: 5, minutes: 60 };
const defaults = {
  mode: "live",
  guardPeople: defaultGuard.people,
  guardPercent: defaultGuard.percent,
  guardMinutes: defaultGuard.minutes,
} as const;

const columns = [
  "mode",
  "guardPeople",
  "guardPercent",
  "guardMinutes",
  "trippedAt",
  "people",
  "peopleCountedAt",
] as const;

export const findSafeguard = async (tx: Transaction, connectionId: string): Promise<Safeguard> => {
  const row = await tx.first(
    query
      .selectFrom("safeguards")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
  return row === undefined
    ? { mode: "live", guard: defaultGuard, trippedAt: null }
    : toSafeguard(row);
};

/** The safeguards of all connections that hold something or run dry. */
export const listHolding = (tx: Transaction) =>
  tx.run(
    query
      .selectFrom("safeguards")
      .select((eb) => [
        "connectionId",
        "mode",
        "trippedAt",
        eb
          .selectFrom("heldChanges")
          .select((held) => held.fn.countAll<string>().as("held"))
          .whereRef("heldChanges.orgId", "=", "safeguards.orgId")
          .whereRef("heldChanges.connectionId", "=", "safeguards.connectionId")
          .where("heldChanges.discardedAt", "is", null)
          .as("held"),
      ])
      .where("orgId", "=", tx.orgId)
      // Connections of tenants that the session does not see are not among them.
      .where("connectionId", "in", (eb) =>
        eb.selectFrom("defaultRoles").select("connectionId").where("orgId", "=", tx.orgId),
      )
      .where((eb) =>
        eb.or([
          eb("mode", "=", "dry-run"),
          eb.exists(
            eb
              .selectFrom("heldChanges")
              .select("userId")
              .whereRef("heldChanges.orgId", "=", "safeguards.orgId")
              .whereRef("heldChanges.connectionId", "=", "safeguards.connectionId")
              .where("heldChanges.discardedAt", "is", null),
          ),
        ]),
      ),
  );

/**
 * The safeguard, held until the transaction ends, so that losses are counted one transaction after the other. Comes
 * after the accounts in the order of locks.
 */
export const lockSafeguard = async (tx: Transaction, connectionId: string) => {
  const [row] = await tx.run(
    query
      .insertInto("safeguards")
      .values({ orgId: tx.orgId, connectionId, ...defaults })
      .onConflict((conflict) =>
        conflict
          .columns(["orgId", "connectionId"])
          .doUpdateSet((eb) => ({ connectionId: eb.ref("excluded.connectionId") })),
      )
      .returning(columns),
  );
  const { people, peopleCountedAt } = row!;
  return { ...toSafeguard(row!), people, peopleCountedAt };
};

const toSafeguard = (row: {
  mode: string;
  guardPeople: number | null;
  guardPercent: number;
  guardMinutes: number;
  trippedAt: Date | null;
}): Safeguard => ({
  mode: row.mode as Mode,
  guard:
    row.guardPeople === null
      ? null
      : { people: row.guardPeople, percent: row.guardPercent, minutes: row.guardMinutes },
  trippedAt: row.trippedAt,
});

export const saveSafeguard = async (
  tx: Transaction,
  connectionId: string,
  { mode, guard }: Pick<Safeguard, "mode" | "guard">,
): Promise<void> => {
  const { people, percent, minutes } = guard ?? { ...defaultGuard, people: null };
  const values = { mode, guardPeople: people, guardPercent: percent, guardMinutes: minutes };
  await tx.run(
    query
      .insertInto("safeguards")
      .values({ orgId: tx.orgId, connectionId, ...values })
      .onConflict((conflict) => conflict.columns(["orgId", "connectionId"]).doUpdateSet(values)),
  );
};

/** Keeps the number of people for a while: counting them takes as long as there are many. */
export const notePeople = (tx: Transaction, connectionId: string, people: number): void => {
  tx.defer(change(tx, connectionId, { people, peopleCountedAt: tx.now }));
};

export const trip = (tx: Transaction, connectionId: string): void => {
  tx.defer(change(tx, connectionId, { trippedAt: tx.now }));
};

/** The guard lets things through again, and begins to count anew. */
export const reset = async (tx: Transaction, connectionId: string): Promise<void> => {
  await tx.run(change(tx, connectionId, { trippedAt: null }));
  await tx.run(
    query
      .deleteFrom("guardLosses")
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId),
  );
};

const change = (
  tx: Transaction,
  connectionId: string,
  values: { trippedAt?: Date | null; people?: number; peopleCountedAt?: Date },
) =>
  query
    .updateTable("safeguards")
    .set(values)
    .where("orgId", "=", tx.orgId)
    .where("connectionId", "=", connectionId);

/** How many people lost something since a time. */
export const countLosses = async (
  tx: Transaction,
  connectionId: string,
  since: Date,
): Promise<number> => {
  const row = await tx.first(
    query
      .selectFrom("guardLosses")
      .select((eb) => eb.fn.coalesce(eb.fn.sum<string>("people"), sql<string>`0`).as("people"))
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("at", ">", since),
  );
  return Number(row?.people ?? 0);
};

/** How many people lost something before the guard stepped in. */
export const countPassed = (tx: Transaction, connectionId: string): Promise<number> =>
  countLosses(tx, connectionId, new Date(0));

/** Notes that people lost something, and forgets what was before the guard's window. */
export const noteLosses = (
  tx: Transaction,
  connectionId: string,
  { people, since }: { people: number; since: Date },
): void => {
  tx.defer(
    query
      .insertInto("guardLosses")
      .values({ orgId: tx.orgId, id: newId(), connectionId, at: tx.now, people }),
  );
  tx.defer(
    query
      .deleteFrom("guardLosses")
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("at", "<=", since),
  );
};
