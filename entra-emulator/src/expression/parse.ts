import { ExpressionError } from "./values.ts";

export type Comparison = "=" | "<>" | ">" | ">=" | "<" | "<=";

/** An expression as a tree. `omitted` is the empty slot of `f(a, , b)`, which counts as null. */
export type Expression =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "attribute"; readonly name: string }
  | { readonly type: "omitted" }
  | { readonly type: "call"; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly type: "comparison";
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    };

const longestExpression = 10_000;
const token =
  /\s*(?:(?<text>"(?:[^"\\]|\\[\s\S])*")|\[(?<attribute>[^\]]*)\]|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign><>|>=|<=|[=<>(),]))/y;

type Token = {
  readonly kind: "text" | "attribute" | "number" | "name" | "sign";
  readonly value: string;
};

/** Reads an expression of Entra's mapping language (§4.3). Gives its tree. Throws ExpressionError. */
export function parseExpression(source: string): Expression {
  if (source.length > longestExpression) {
    throw new ExpressionError(`An expression has at most ${longestExpression} characters.`);
  }
  const tokens = tokenize(source);
  let position = 0;

  const peek = (): string | undefined => {
    const next = tokens[position];
    return next?.kind === "sign" ? next.value : undefined;
  };
  const expect = (sign: string): void => {
    if (peek() !== sign) throw new ExpressionError(`Expected ${sign} in: ${source}`);
    position += 1;
  };

  const readOperand = (): Expression => {
    const next = tokens[position];
    if (next === undefined) throw new ExpressionError(`The expression ends too early: ${source}`);
    position += 1;
    switch (next.kind) {
      case "text":
        return { type: "text", value: unescape(next.value) };
      case "attribute":
        return { type: "attribute", name: next.value.trim() };
      case "number":
        return { type: "number", value: Number(next.value) };
      case "name":
        return { type: "call", name: next.value, args: readArguments() };
      default:
        throw new ExpressionError(`Unexpected ${next.value} in: ${source}`);
    }
  };

  const readArguments = (): readonly Expression[] => {
    expect("(");
    if (peek() === ")") {
      position += 1;
      return [];
    }
    const args: Expression[] = [];
    for (;;) {
      const isOmitted = peek() === "," || peek() === ")";
      args.push(isOmitted ? { type: "omitted" } : readComparison());
      if (peek() === ")") {
        position += 1;
        return args;
      }
      expect(",");
    }
  };

  const readComparison = (): Expression => {
    const left = readOperand();
    const operator = peek();
    if (!isComparison(operator)) return left;
    position += 1;
    return { type: "comparison", operator, left, right: readOperand() };
  };

  const tree = readComparison();
  if (position < tokens.length) throw new ExpressionError(`Text after the end of: ${source}`);
  return tree;
}

/** Writes a tree back as an expression; parsing that gives the same tree. */
export function printExpression(expression: Expression): string {
  switch (expression.type) {
    case "text":
      return `"${expression.value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
    case "number":
      return String(expression.value);
    case "attribute":
      return `[${expression.name}]`;
    case "omitted":
      return "";
    case "call":
      return `${expression.name}(${expression.args.map(printExpression).join(", ")})`;
    default:
      return `${printExpression(expression.left)} ${expression.operator} ${printExpression(expression.right)}`;
  }
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  const end = source.trimEnd().length;
  while (token.lastIndex < end) {
    const start = token.lastIndex;
    const groups = token.exec(source)?.groups;
    if (groups === undefined) {
      throw new ExpressionError(`Cannot read the expression at position ${start}: ${source}`);
    }
    for (const kind of ["text", "attribute", "number", "name", "sign"] as const) {
      const value = groups[kind];
      if (value !== undefined) tokens.push({ kind, value });
    }
  }
  return tokens;
}

function unescape(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
}

function isComparison(sign: string | undefined): sign is Comparison {
  return sign !== undefined && ["=", "<>", ">", ">=", "<", "<="].includes(sign);
}
