import { foldCase } from "../fold-case.ts";
import type { Attribute } from "../schema/attribute.ts";
import { parseInstant } from "./instant.ts";

/** A value as it is compared: folded unless `caseExact`, a dateTime as an instant. */
export function comparable(
  value: unknown,
  attribute: Attribute,
): string | number | boolean | undefined {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  if (attribute.type === "dateTime") return parseInstant(value);
  return attribute.caseExact ? value : foldCase(value);
}

/** Orders two comparable values of one type: negative, zero or positive. Strings by code point, as SQL's "C" does. */
export function compareValues(
  left: string | number | boolean,
  right: string | number | boolean,
): number {
  if (typeof left === "string" && typeof right === "string") return compareCodePoints(left, right);
  return Number(left) - Number(right);
}

function compareCodePoints(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at += 1) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above all others, yet their units lie below U+E000. */
const rank = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
