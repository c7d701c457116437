import { Type, type TSchema } from "typebox";
import { invalid } from "./errors.ts";

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Named = Type.Object({ id: Type.String(), name: Type.String() });

/** Query parameters of every list. */
export const pageParameters = {
  cursor: Type.Optional(Type.String({ description: "`next` of the page before", maxLength: 1000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};

export const page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: nullable(Type.String()), total: Type.Integer() });

/** Where a page starts (the sort key of the last row before it) and how long it is. */
export type PageQuery = { readonly cursor: readonly string[] | undefined; readonly limit: number };

/** @throws HttpError 400 when the cursor was not made by `toPage`. */
export const readPageQuery = (query: { cursor?: string; limit?: number }): PageQuery => ({
  cursor: query.cursor === undefined ? undefined : readCursor(query.cursor),
  limit: query.limit ?? 50,
});

const readCursor = (text: string): string[] => {
  try {
    const key: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (Array.isArray(key) && key.length > 0 && key.every((part) => typeof part === "string"))
      return key;
  } catch {
    // Falls through: not ours.
  }
  throw invalid(
    "That page does not exist",
    "The cursor is not one that this list gave out. Start again without it.",
  );
};

/** A page from rows of which one more than `limit` was asked for. */
export const toPage = <Row, Item>(from: {
  rows: readonly Row[];
  limit: number;
  total: number;
  keyOf: (row: Row) => readonly string[];
  present: (row: Row) => Item;
}): { items: Item[]; next: string | null; total: number } => {
  const shown = from.rows.slice(0, from.limit);
  const last = from.rows.length > from.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(from.present),
    next:
      last === undefined
        ? null
        : Buffer.from(JSON.stringify(from.keyOf(last))).toString("base64url"),
    total: from.total,
  };
};
