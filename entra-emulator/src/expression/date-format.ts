import { ExpressionError } from "./values.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const specifier =
  /yyyy|yy|MMMM|MMM|MM|M|dddd|ddd|dd|d|HH|H|hh|h|mm|m|ss|s|f{1,7}|tt|zzz|K|'[^']*'|\\./g;

/** Writes a date in a .NET custom format, in UTC. */
export function formatDate(date: Date, format: string): string {
  const hour = date.getUTCHours();
  const parts: Record<string, string> = {
    yyyy: pad(date.getUTCFullYear(), 4),
    yy: pad(date.getUTCFullYear() % 100, 2),
    MMMM: months[date.getUTCMonth()] ?? "",
    MMM: (months[date.getUTCMonth()] ?? "").slice(0, 3),
    MM: pad(date.getUTCMonth() + 1, 2),
    M: String(date.getUTCMonth() + 1),
    dddd: days[date.getUTCDay()] ?? "",
    ddd: (days[date.getUTCDay()] ?? "").slice(0, 3),
    dd: pad(date.getUTCDate(), 2),
    d: String(date.getUTCDate()),
    HH: pad(hour, 2),
    H: String(hour),
    hh: pad(hour % 12 || 12, 2),
    h: String(hour % 12 || 12),
    mm: pad(date.getUTCMinutes(), 2),
    m: String(date.getUTCMinutes()),
    ss: pad(date.getUTCSeconds(), 2),
    s: String(date.getUTCSeconds()),
    tt: hour < 12 ? "AM" : "PM",
    zzz: "+00:00",
    K: "Z",
  };
  return format.replaceAll(specifier, (found) => {
    if (found.startsWith("'")) return found.slice(1, -1);
    if (found.startsWith("\\")) return found.slice(1);
    if (found.startsWith("f"))
      return pad(date.getUTCMilliseconds(), 3).padEnd(7, "0").slice(0, found.length);
    return parts[found] ?? found;
  });
}

/**
 * Reads a date: in a .NET custom format when one is given, else ISO 8601, LDAP generalized time
 * (`20260131140500.0Z`) or Entra's own `1/31/2026 2:05:00 PM`. Throws ExpressionError.
 */
export function readDate(text: string, format?: string): Date {
  const date = format === undefined ? readCommon(text) : readFormatted(text, format);
  if (date === undefined || Number.isNaN(date.getTime())) {
    throw new ExpressionError(`"${text}" is not a date.`);
  }
  return date;
}

function readCommon(text: string): Date | undefined {
  const generalized = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text);
  if (generalized !== null) return readFormatted(text.slice(0, 14), "yyyyMMddHHmmss");
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    const hasZone = /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text);
    return new Date(hasZone || !text.includes("T") ? text : `${text}Z`);
  }
  for (const format of ["M/d/yyyy h:mm:ss tt", "M/d/yyyy"]) {
    const date = readFormatted(text, format);
    if (date !== undefined) return date;
  }
  return undefined;
}

function readFormatted(text: string, format: string): Date | undefined {
  const names: string[] = [];
  let pattern = "";
  let end = 0;
  for (const match of format.matchAll(specifier)) {
    pattern += escape(format.slice(end, match.index));
    end = match.index + match[0].length;
    const [found] = match;
    if (found.startsWith("'")) pattern += escape(found.slice(1, -1));
    else if (found.startsWith("\\")) pattern += escape(found.slice(1));
    else {
      names.push(found);
      pattern += patternOf(found);
    }
  }
  const match = new RegExp(`^${pattern}${escape(format.slice(end))}$`, "i").exec(text);
  return match === null ? undefined : assemble(names, match.slice(1));
}

function patternOf(found: string): string {
  if (found === "yyyy") return String.raw`(\d{4})`;
  if (found.startsWith("f")) return String.raw`(\d{${found.length}})`;
  if (found === "tt") return "(AM|PM)";
  if (found === "zzz" || found === "K") return String.raw`(Z|[+-]\d\d:\d\d)?`;
  if (found.length > 2) return String.raw`([A-Za-z]+)`;
  return found.length === 2 ? String.raw`(\d{2})` : String.raw`(\d{1,2})`;
}

function assemble(names: readonly string[], values: readonly (string | undefined)[]): Date {
  const read = (...among: readonly string[]): string | undefined =>
    values[names.findIndex((name) => among.includes(name))];
  const monthName = read("MMM", "MMMM");
  const month =
    monthName === undefined
      ? Number(read("M", "MM") ?? 1) - 1
      : months.findIndex((name) => name.toLowerCase().startsWith(monthName.toLowerCase()));
  const half = read("tt")?.toUpperCase();
  const twelve = Number(read("h", "hh") ?? 0) % 12;
  const hour = Number(read("H", "HH") ?? twelve + (half === "PM" ? 12 : 0));
  const year = read("yyyy") ?? `20${read("yy") ?? "00"}`;
  const fraction = values[names.findIndex((name) => name.startsWith("f"))] ?? "0";
  const zone = /^([+-])(\d\d):(\d\d)$/.exec(read("zzz", "K") ?? "");
  const offset =
    zone === null ? 0 : (Number(zone[2]) * 60 + Number(zone[3])) * (zone[1] === "-" ? -1 : 1);
  const time = Date.UTC(
    Number(year),
    month,
    Number(read("d", "dd") ?? 1),
    hour,
    Number(read("m", "mm") ?? 0) - offset,
    Number(read("s", "ss") ?? 0),
    Math.trunc(Number(`0.${fraction}`) * 1000),
  );
  return new Date(time);
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
