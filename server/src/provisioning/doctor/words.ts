/** "1 person", "1,234 people". Without a plural, one is made with an s. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "less than a minute", "40 minutes", "3 hours", "2 days". */
export const duration = (ms: number): string => {
  if (ms < minute) return "less than a minute";
  if (ms < 2 * hour) return count(Math.round(ms / minute), "minute");
  return ms < 2 * day ? count(Math.round(ms / hour), "hour") : days(ms);
};

/** Whole days, "less than a day" below one. */
export const days = (ms: number): string =>
  ms < day ? "less than a day" : count(Math.floor(ms / day), "day");
