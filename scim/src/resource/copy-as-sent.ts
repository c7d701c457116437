import { isObject, type JsonObject } from "../json/object.ts";
import { scimErrors } from "../messages/error.ts";
import { parseText } from "./parse-text.ts";

const MAX_DEPTH = 16;

/**
 * Copies a value that no schema describes exactly as it was sent. Leaves out `__proto__`, naming it in
 * `ignored`; throws invalidValue for what JSON or the database could not give back unchanged.
 */
export function copyAsSent(value: unknown, at: string, ignored: string[], depth = 0): unknown {
  if (depth > MAX_DEPTH) {
    throw scimErrors.invalidValue(`${at} is nested deeper than ${MAX_DEPTH} levels.`);
  }
  if (typeof value === "string") return parseText(value, at);
  if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw scimErrors.invalidValue(`${at} must be a number between -2^53 and 2^53.`);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => copyAsSent(item, `${at}[${index}]`, ignored, depth + 1));
  }
  return isObject(value) ? copyObject(value, at, ignored, depth) : value;
}

function copyObject(value: JsonObject, at: string, ignored: string[], depth: number): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (key === "__proto__") {
      ignored.push(`${at}.${key}`);
      continue;
    }
    copy[parseText(key, `${at}, a name,`)] = copyAsSent(
      value[key],
      `${at}.${key}`,
      ignored,
      depth + 1,
    );
  }
  return copy;
}
