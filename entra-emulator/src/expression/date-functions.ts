import { formatDate, readDate } from "./date-format.ts";
import { argument, declare } from "./function-table.ts";
import { ExpressionError, toInteger, toText } from "./values.ts";
import type { Value } from "./values.ts";

const entraFormat = "M/d/yyyy h:mm:ss tt";
const day = 86_400_000;
const lengths: Record<string, number> = {
  d: day,
  y: day,
  w: day,
  ww: 7 * day,
  h: 3_600_000,
  n: 60_000,
  s: 1000,
};
/** Ticks of 100 ns between 1601-01-01 and 1970-01-01: Active Directory's file time. */
const fileTimeEpoch = 116_444_736_000_000_000n;

/** Dates, in UTC. Those that give a date write it as Entra does: `1/31/2026 2:05:00 PM`. */
export const dateFunctions = {
  CDate: declare(1, 1, ([value = null]) => onDate(value, (date) => formatDate(date, entraFormat))),
  DateAdd: declare(3, 3, (args) =>
    onDate(argument(args, 2), (date) => {
      const sum = addTo(date, interval(args), toInteger(argument(args, 1), "DateAdd"));
      return formatDate(sum, entraFormat);
    }),
  ),
  DateDiff: declare(3, 3, (args) =>
    countBetween(interval(args), argument(args, 1), argument(args, 2)),
  ),
  DateFromNum: declare(1, 1, ([value = null]) => {
    const text = toText(value);
    if (text === null) return null;
    const milliseconds = Number((BigInt(text) - fileTimeEpoch) / 10_000n);
    return formatDate(new Date(milliseconds), entraFormat);
  }),
  FormatDateTime: declare(4, 4, (args) => {
    const input = toText(argument(args, 2));
    const output = toText(argument(args, 3));
    if (output === null) throw new ExpressionError("FormatDateTime needs an output format.");
    return onDate(argument(args, 0), (date) => formatDate(date, output), input ?? undefined);
  }),
  Now: declare(0, 0, (_args, { now }) => formatDate(now, entraFormat)),
  NumFromDate: declare(1, 1, ([value = null]) =>
    onDate(value, (date) => String(BigInt(date.getTime()) * 10_000n + fileTimeEpoch)),
  ),
};

function onDate(value: Value, use: (date: Date) => string, format?: string): string | null {
  const text = toText(value);
  return text === null || text === "" ? null : use(readDate(text, format));
}

function interval(args: readonly Value[]): string {
  return toText(argument(args, 0)) ?? "";
}

function addTo(date: Date, unit: string, count: number): Date {
  if (unit === "m" || unit === "q" || unit === "yyyy") {
    const months = count * (unit === "yyyy" ? 12 : unit === "q" ? 3 : 1);
    const sum = new Date(date);
    sum.setUTCDate(1);
    sum.setUTCMonth(sum.getUTCMonth() + months);
    const last = new Date(Date.UTC(sum.getUTCFullYear(), sum.getUTCMonth() + 1, 0)).getUTCDate();
    sum.setUTCDate(Math.min(date.getUTCDate(), last));
    return sum;
  }
  return new Date(date.getTime() + count * lengthOf(unit));
}

function countBetween(unit: string, from: Value, to: Value): number | null {
  const [first, second] = [toText(from), toText(to)];
  if (first === null || second === null) return null;
  const [start, end] = [readDate(first), readDate(second)];
  const years = end.getUTCFullYear() - start.getUTCFullYear();
  if (unit === "yyyy") return years;
  if (unit === "m") return years * 12 + end.getUTCMonth() - start.getUTCMonth();
  return Math.trunc((end.getTime() - start.getTime()) / lengthOf(unit));
}

function lengthOf(unit: string): number {
  const length = lengths[unit];
  if (length === undefined) throw new ExpressionError(`There is no interval "${unit}".`);
  return length;
}
