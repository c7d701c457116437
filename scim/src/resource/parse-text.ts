import { scimErrors } from "../messages/error.ts";

/** Text that PostgreSQL's jsonb and UTF-8 can hold: no NUL, no half of a surrogate pair. Throws invalidValue. */
export function parseText(value: unknown, at: string): string {
  if (typeof value !== "string") throw scimErrors.invalidValue(`${at} must be a string.`);
  if (value.includes("\0")) throw scimErrors.invalidValue(`${at} contains a NUL character.`);
  if (!value.isWellFormed()) throw scimErrors.invalidValue(`${at} is not well-formed Unicode.`);
  return value;
}
