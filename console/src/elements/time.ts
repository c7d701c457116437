const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "long" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const sameYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const otherYear = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** How long ago, in the coarsest unit that still tells; a date once it is more than a week. */
export const sayWhen = (iso: string, now: number): string => {
  const at = Date.parse(iso);
  const since = now - at;
  const ahead = since < 0 ? -1 : 1;
  const span = Math.abs(since);
  if (span < 45_000) return "just now";
  if (span < hour) return relative.format(-ahead * Math.round(span / minute), "minute");
  if (span < day) return relative.format(-ahead * Math.round(span / hour), "hour");
  if (span < 7 * day) return relative.format(-ahead * Math.round(span / day), "day");
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? sameYear : otherYear).format(date);
};

export const sayExactly = (iso: string): string => exact.format(new Date(iso));

/** The day of a moment, where the hour tells nothing more. */
export const sayDate = (iso: string): string => otherYear.format(new Date(iso));

/** A calendar day (`2026-11-24`) as it is written here, the same in every time zone. */
export const sayDay = (day: string): string => otherYear.format(new Date(`${day}T12:00:00`));

export const isPast = (day: string): boolean => Date.parse(`${day}T23:59:59`) < Date.now();
