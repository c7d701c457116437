import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseExpression, printExpression } from "./parse.ts";
import type { Expression } from "./parse.ts";
import { ExpressionError } from "./values.ts";

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/);

const { expression } = fc.letrec<{
  leaf: Expression;
  call: Expression;
  comparison: Expression;
  expression: Expression;
}>((tie) => ({
  leaf: fc.oneof(
    fc.record({ type: fc.constant("text" as const), value: fc.string({ unit: "grapheme" }) }),
    fc.record({ type: fc.constant("number" as const), value: fc.integer() }),
    fc.record({ type: fc.constant("attribute" as const), name }),
  ),
  call: fc.record({
    type: fc.constant("call" as const),
    name,
    args: fc
      .array(fc.oneof(tie("expression"), fc.constant<Expression>({ type: "omitted" })), {
        maxLength: 4,
      })
      // One omitted argument alone is written as no argument at all.
      .filter((args) => !(args.length === 1 && args[0]?.type === "omitted")),
  }),
  comparison: fc.record({
    type: fc.constant("comparison" as const),
    operator: fc.constantFrom("=", "<>", ">", ">=", "<", "<="),
    left: tie("leaf"),
    right: tie("leaf"),
  }),
  expression: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("call"), tie("comparison")),
}));

test("what is printed is parsed back to the same tree", () => {
  fc.assert(
    fc.property(expression, (tree) => {
      expect(parseExpression(printExpression(tree))).toEqual(tree);
    }),
  );
});

test("any text is an expression or an ExpressionError, nothing else", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(failureOf(text)).toBeOneOf([undefined, expect.any(ExpressionError)]);
    }),
  );
});

test("an omitted argument is null's place", () => {
  expect(parseExpression('F(, "a", )')).toEqual({
    type: "call",
    name: "F",
    args: [{ type: "omitted" }, { type: "text", value: "a" }, { type: "omitted" }],
  });
});

test.each(["", "F(", 'F("a" "b")', "F(a)", '"open', "[open", "F())", "a.b"])(
  "%j is refused",
  (text) => {
    expect(() => parseExpression(text)).toThrow(ExpressionError);
  },
);

test("an expression longer than Entra takes is refused", () => {
  expect(() => parseExpression(`"${"x".repeat(10_000)}"`)).toThrow("10000");
});

function failureOf(text: string): unknown {
  try {
    parseExpression(text);
    return undefined;
  } catch (error) {
    return error;
  }
}
