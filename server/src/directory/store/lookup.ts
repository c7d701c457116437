import { prepare, type Query } from "#database";
import type { InOrganisation } from "#tenancy";
import type { Expression, SqlBool } from "kysely";
import { byId, type Selection, type Slice } from "./slice.ts";

/** A condition that one thing is equal to one value. */
export type Lookup = {
  /** What is looked up: the same kind is the same condition. */
  readonly kind: string;
  readonly value: unknown;
  readonly where: (value: unknown) => Expression<SqlBool>;
};

/** The places of a lookup's values. */
type At = InOrganisation & {
  readonly connectionId: string;
  readonly value: unknown;
  readonly offset: number;
  readonly limit: number;
};

type Select<Row> = (
  tx: InOrganisation,
  connectionId: string,
  selection: Selection,
  slice: Slice,
) => Query<Row>;

/**
 * Makes a select compile its statement once for each kind of lookup, and for few or many that are expected; whatever else is
 * asked of it is as before.
 */
export const rememberingLookups = <Row>(select: Select<Row>): Select<Row> => {
  const known = new Map<string, (values: At) => Query<Row>>();
  return ({ orgId }, connectionId, selection, slice) => {
    const { lookup, isNarrow } = selection;
    const { order, after, offset, limit } = slice;
    if (lookup === undefined || after !== undefined || order !== byId)
      return select({ orgId }, connectionId, selection, slice);
    const shape = `${lookup.kind} ${isNarrow}`;
    let prepared = known.get(shape);
    if (prepared === undefined) {
      prepared = prepare((at: At) =>
        select(
          at,
          at.connectionId,
          { where: lookup.where(at.value), isNarrow },
          { order, offset: at.offset, limit: at.limit },
        ),
      );
      known.set(shape, prepared);
    }
    return prepared({ orgId, connectionId, value: lookup.value, offset, limit });
  };
};
