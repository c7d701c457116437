import { sql } from "kysely";
import { expect, test } from "vitest";
import { compile, prepare, query, statement } from "./executor.ts";

test("a prepared statement is compiled once and takes its values each time", () => {
  let built = 0;
  const find = prepare((at: { readonly orgId: string; readonly id: string }) => {
    built += 1;
    return query
      .selectFrom("accounts")
      .select("name")
      .where("id", "=", at.id)
      .where("status", "=", "active")
      .where("orgId", "=", at.orgId);
  });
  const first = compile(find({ orgId: "o1", id: "a1" }));
  const second = compile(find({ id: "a2", orgId: "o2" }));
  expect(first.values).toEqual(["a1", "active", "o1"]);
  expect(second).toEqual({ text: first.text, values: ["a2", "active", "o2"] });
  expect(built).toBe(1);
});

test("it may be part of another statement", () => {
  const one = prepare((at: { readonly n: number }) => statement(sql`select ${at.n}::int as n`));
  const { text, values } = compile(statement(sql`select * from ${one({ n: 7 })} one`));
  expect({ text, values }).toEqual({
    text: "select * from (select $1::int as n) one",
    values: [7],
  });
});
