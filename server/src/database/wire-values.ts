/** A parameter as it goes to the database: text, or bytes. */
export type WireValue = string | Buffer | null;

/**
 * Values as PostgreSQL reads them.
 * @throws RangeError on an invalid date
 */
export const toWireValues = (values: readonly unknown[]): WireValue[] => values.map(toWireValue);

const toWireValue = (value: unknown): WireValue => {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return dateText(value);
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return arrayText(value);
  // oxlint-disable-next-line typescript/no-base-to-string -- numbers, booleans and bigints
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

// ISO 8601 writes years beyond 9999 with a sign, which PostgreSQL does not read.
const dateText = (date: Date): string => date.toISOString().replace(/^\+0*/, "");

const arrayText = (values: readonly unknown[]): string => {
  let text = "{";
  for (const [index, value] of values.entries()) {
    if (index > 0) text += ",";
    text += Array.isArray(value) ? arrayText(value) : elementText(toWireValue(value));
  }
  return `${text}}`;
};

const elementText = (value: WireValue): string => {
  if (value === null) return "NULL";
  if (typeof value !== "string") return String.raw`"\\x${value.toString("hex")}"`;
  return needsEscape.test(value)
    ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
    : `"${value}"`;
};

const needsEscape = /["\\]/;
