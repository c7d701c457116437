import { LIST_RESPONSE } from "../urns.ts";

/** The answer to a query (RFC 7644 §3.4.2). */
export interface ListResponse<Item> {
  readonly schemas: readonly [typeof LIST_RESPONSE];
  readonly totalResults?: number;
  readonly startIndex?: number;
  readonly itemsPerPage: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
  readonly Resources: readonly Item[];
}

/** Which part of all there is a list response holds. */
export interface Page {
  readonly totalResults?: number;
  /** Index paging (RFC 7644 §3.4.2.4). */
  readonly startIndex?: number;
  /** Cursor paging (RFC 9865 §2.1); absent on the last page. */
  readonly nextCursor?: string;
  readonly previousCursor?: string;
}

/**
 * The answer to a query; without a page, of all there is. `Resources` is always there, because Entra
 * reads it even when nothing was found (entra-wire §1.1).
 */
export function listResponse<Item>(
  resources: readonly Item[],
  page: Page = { totalResults: resources.length, startIndex: 1 },
): ListResponse<Item> {
  const { totalResults, startIndex, nextCursor, previousCursor } = page;
  return {
    schemas: [LIST_RESPONSE],
    ...(totalResults !== undefined && { totalResults }),
    ...(startIndex !== undefined && { startIndex }),
    itemsPerPage: resources.length,
    ...(nextCursor !== undefined && { nextCursor }),
    ...(previousCursor !== undefined && { previousCursor }),
    Resources: resources,
  };
}
