import { evaluateFilter, type Filter, type Resource } from "@muster/scim";
import type { Slice } from "#directory";
import type { Expression, SqlBool } from "kysely";
import type { FilterSql } from "./filter-sql.ts";

type Source<Row> = {
  search(condition: Expression<SqlBool>, slice: Slice): Promise<Row[]>;
  count(condition: Expression<SqlBool>): Promise<number>;
  toResources(rows: readonly Row[]): Promise<Resource[]>;
};

type Window = { readonly startIndex: number; readonly count: number };

export const siftBatch = 500;

/**
 * One page of the resources that match: by position in the order of their ids, which is that of their creation.
 * @returns the page and how many match in all
 */
export const findPage = async <Row extends { id: string }>(
  source: Source<Row>,
  { condition, exact }: FilterSql,
  filter: Filter | undefined,
  { startIndex, count }: Window,
): Promise<{ total: number; resources: Resource[] }> => {
  if (!exact && filter !== undefined) return sift(source, condition, filter, { startIndex, count });
  if (count === 0) return { total: await source.count(condition), resources: [] };
  const rows = await source.search(condition, { offset: startIndex - 1, limit: count });
  // A first page that is not full is all there is.
  const total =
    startIndex === 1 && rows.length < count ? rows.length : await source.count(condition);
  return { total, resources: await source.toResources(rows) };
};

/** Goes through the candidates batch by batch and keeps those that the filter, evaluated in memory, says yes to. */
const sift = async <Row extends { id: string }>(
  source: Source<Row>,
  condition: Expression<SqlBool>,
  filter: Filter,
  { startIndex, count }: Window,
): Promise<{ total: number; resources: Resource[] }> => {
  const resources: Resource[] = [];
  let total = 0;
  for (let after: string | undefined; ;) {
    const rows = await source.search(condition, { after, offset: 0, limit: siftBatch });
    for (const resource of await source.toResources(rows)) {
      if (!evaluateFilter(filter, resource)) continue;
      total += 1;
      if (total >= startIndex && resources.length < count) resources.push(resource);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < siftBatch) return { total, resources };
    after = last.id;
  }
};
