const LONGEST = 500;

/** Text of a client's as it can be shown, logged and stored: well-formed, without NUL, not endless. */
export function printable(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return short.toWellFormed().replaceAll("\0", "\uFFFD");
}
