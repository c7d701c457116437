import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#database";
import { createTestDatabase } from "../../test/support/database.ts";
import { assetFields, cleanValues, fieldProperties, type Field } from "./fields.ts";
import { assetSorts } from "./store/list.ts";

let database: Database;
let columns: Map<string, { type: string; isNullable: boolean }>;
beforeAll(async () => {
  database = await createTestDatabase();
  const { rows } = await database.pool.query<{ name: string; type: string; nullable: string }>(
    `select column_name as name, data_type as type, is_nullable as nullable
     from information_schema.columns where table_name = 'assets'`,
  );
  columns = new Map(
    rows.map(({ name, type, nullable }) => [name, { type, isNullable: nullable === "YES" }]),
  );
});
afterAll(() => database.close());

const columnTypes: Record<Field["type"], string> = {
  text: "text",
  textarea: "text",
  number: "numeric",
  date: "date",
  select: "uuid",
};
const snakeCase = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What is wrong between a field and its column, or undefined. */
const mismatchOf = (field: Field): string | undefined => {
  const column = columns.get(snakeCase(field.key));
  if (column === undefined) return `${field.key} has no column`;
  if (column.type !== columnTypes[field.type]) return `${field.key} is stored as ${column.type}`;
  if (column.isNullable === (field.filledIn ?? false))
    return `${field.key} is nullable: ${column.isNullable}`;
  return undefined;
};

describe("a field of an asset", () => {
  test.each(assetFields)("$key is a column of its type", (field) => {
    expect(mismatchOf(field)).toBeUndefined();
  });

  test("without its column is seen", () => {
    const serial = assetFields.find(({ key }) => key === "serial")!;
    expect(mismatchOf({ ...serial, key: "colour" })).toBe("colour has no column");
    expect(mismatchOf({ ...serial, type: "date" })).toBe("serial is stored as text");
    expect(mismatchOf({ ...serial, filledIn: true })).toBe("serial is nullable: true");
  });

  test("and no column of assets is left that is neither a field nor kept by Muster", () => {
    const kept = [
      "org_id",
      "id",
      "tenant_id",
      "tag_key",
      "name_key",
      "search",
      "created_at",
      "changed_at",
    ];
    const fields = assetFields.map(({ key }) => snakeCase(key));
    expect([...columns.keys()].toSorted()).toEqual([...kept, ...fields].toSorted());
  });

  test("is in the request schemas, and nothing else is", () => {
    const keys = assetFields.map(({ key }) => key);
    expect(Object.keys(fieldProperties(true))).toEqual(keys);
    expect(Object.keys(fieldProperties(false))).toEqual(keys);
  });

  test("that is sortable has both orders, and so has the last change", () => {
    expect(assetSorts).toEqual(["tag", "-tag", "name", "-name", "changed", "-changed"]);
  });
});

test("values are stored without blanks around them, empty ones not at all, and cleaning twice is cleaning once", () => {
  expect(cleanValues({ name: "  a b ", serial: " ", cost: 0, notes: null })).toEqual({
    name: "a b",
    serial: null,
    cost: 0,
    notes: null,
  });
  fc.assert(
    fc.property(fc.record({ name: fc.string(), notes: fc.option(fc.string()) }), (values) => {
      const clean = cleanValues(values);
      expect(cleanValues(clean)).toEqual(clean);
    }),
  );
});
