/** "2026-11-25 13:05", as the clock on the wall here says. */
export const toLocal = (iso: string): string => {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace("T", " ");
};

/** The moment that somebody typed: a day, or a day and a time. Undefined when it is none. Pure but for the time zone. */
export const readMoment = (text: string): string | undefined => {
  const match = /^\s*(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}:\d{2}))?\s*$/.exec(text);
  if (match === null) return undefined;
  const at = new Date(`${match[1]}T${(match[2] ?? "00:00").padStart(5, "0")}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};
