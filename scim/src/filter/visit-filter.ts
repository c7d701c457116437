import type {
  AndFilter,
  CompareFilter,
  Filter,
  NotFilter,
  OrFilter,
  PresentFilter,
  ValuePathFilter,
} from "./filter.ts";

/** One function for each kind of node. `and`, `or` and `not` get their parts visited already. */
export interface FilterVisitor<Result> {
  readonly and: (parts: readonly Result[], filter: AndFilter) => Result;
  readonly or: (parts: readonly Result[], filter: OrFilter) => Result;
  readonly not: (part: Result, filter: NotFilter) => Result;
  readonly compare: (filter: CompareFilter) => Result;
  readonly present: (filter: PresentFilter) => Result;
  /** The inner filter speaks of one element: visit it with a visitor of its own. */
  readonly valuePath: (filter: ValuePathFilter) => Result;
}

/** Folds a filter into something else, such as SQL. */
export function visitFilter<Result>(filter: Filter, visitor: FilterVisitor<Result>): Result {
  switch (filter.kind) {
    case "and":
      return visitor.and(
        filter.filters.map((part) => visitFilter(part, visitor)),
        filter,
      );
    case "or":
      return visitor.or(
        filter.filters.map((part) => visitFilter(part, visitor)),
        filter,
      );
    case "not":
      return visitor.not(visitFilter(filter.filter, visitor), filter);
    case "compare":
      return visitor.compare(filter);
    case "present":
      return visitor.present(filter);
    default:
      return visitor.valuePath(filter);
  }
}
