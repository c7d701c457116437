import type { Expression, SqlBool } from "kysely";
import { Type, type Static } from "typebox";
import { nullable } from "#http";
import type { Transaction } from "#tenancy";

const Time = Type.String({ format: "date-time" });

/** Whoever holds an asset. */
export const Holder = Type.Object({
  id: Type.String(),
  name: Type.String(),
  status: Type.Union([Type.Literal("active"), Type.Literal("disabled")]),
});

/** One time that somebody held an asset, from check-out to check-in. */
export const Custody = Type.Object(
  {
    id: Type.String(),
    asset: Type.Object({
      id: Type.String(),
      tag: Type.String(),
      name: Type.String(),
      model: nullable(Type.String()),
      category: nullable(Type.String()),
    }),
    account: Type.Object({ id: Type.String(), name: Type.String() }),
    checkedOutAt: Time,
    checkedOutBy: nullable(Type.String()),
    dueOn: nullable(Type.String({ format: "date" })),
    note: nullable(Type.String()),
    endedAt: nullable(Time),
    endedBy: nullable(Type.String()),
    endNote: nullable(Type.String()),
    outcome: nullable(Type.Union([Type.Literal("returned"), Type.Literal("written-off")])),
  },
  { $id: "Custody" },
);

/** What the register shows of who holds what. It knows no people: app.ts hands in what custody knows. */
export type Holdings = {
  /** The open custody of each asset that has one, by asset id. */
  readonly holdersOf: (
    tx: Transaction,
    assetIds: readonly string[],
  ) => Promise<
    ReadonlyMap<string, { holder: Static<typeof Holder>; custody: Static<typeof Custody> }>
  >;
  /** SQL: whether the asset is held, by this holder or by anybody. */
  readonly isHeld: (
    tx: Transaction,
    assetId: Expression<string>,
    holderId?: string,
  ) => Expression<SqlBool>;
};
