import { scimErrors } from "../messages/error.ts";

export type Token =
  | { readonly kind: "word"; readonly text: string; readonly start: number }
  | { readonly kind: "string"; readonly text: string; readonly start: number }
  | { readonly kind: "(" | ")" | "[" | "]"; readonly text: string; readonly start: number };

const SPACE = /\s*/y;
const WORD = /[^\s()[\]"]+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;

const match = (pattern: RegExp, text: string, at: number): string => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
};

/** Cuts a filter or a PATCH path into words, JSON strings and brackets. Throws invalidFilter. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = match(SPACE, text, 0).length;
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token.token);
    at = token.end + match(SPACE, text, token.end).length;
  }
  return tokens;
}

function readToken(text: string, start: number): { token: Token; end: number } {
  const first = text.charAt(start);
  if (first === "(" || first === ")" || first === "[" || first === "]") {
    return { token: { kind: first, text: first, start }, end: start + 1 };
  }
  if (first !== '"') {
    const word = match(WORD, text, start);
    return { token: { kind: "word", text: word, start }, end: start + word.length };
  }
  const quoted = match(QUOTED, text, start);
  return {
    token: { kind: "string", text: parseString(quoted, start), start },
    end: start + quoted.length,
  };
}

function parseString(quoted: string, start: number): string {
  try {
    const value: unknown = JSON.parse(quoted);
    if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
  } catch {
    // Falls through: an unclosed quote and a bad escape are the same mistake to the one who reads it.
  }
  throw scimErrors.invalidFilter(
    `The quoted value at position ${start + 1} is not a complete JSON string.`,
  );
}
