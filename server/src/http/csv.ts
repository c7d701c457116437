/** What a spreadsheet would take for a formula and run. */
const formulaStart = /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u;

/** One cell: always quoted, and never a formula, whatever somebody has put into a name. */
const toCell = (value: string | null): string => {
  const text = value ?? "";
  const safe = formulaStart.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** One line of CSV (RFC 4180). */
export const toCsvLine = (cells: readonly (string | null)[]): string =>
  `${cells.map(toCell).join(",")}\r\n`;
