const hidden = "…";

/** A body as the log keeps it: as it was sent, but for the values of passwords, however they are spelled or addressed. */
export const redactBody = ({ text, value }: { text: string; value: unknown }): string => {
  // An escape may spell the word too.
  if (!/password|\\u/i.test(text)) return text;
  try {
    return JSON.stringify(withoutPasswords(value)) ?? "";
  } catch {
    return "Nested too deeply to be kept.";
  }
};

/** The path and query of a request, without a filter that compares a password. */
export const redactPath = (path: string): string => {
  const start = path.indexOf("?") + 1;
  if (start === 0) return path;
  const parts = path
    .slice(start)
    .split("&")
    .map((part) => (isAboutPassword(part) ? hiddenPart(part) : part));
  return path.slice(0, start) + parts.join("&");
};

const isAboutPassword = (part: string): boolean => /password/i.test(decoded(part));

const hiddenPart = (part: string): string => `${part.split("=", 1)[0] ?? ""}=${hidden}`;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Half an escape: the rest is read as it stands, letters included.
    return text.replaceAll(/%([2-7][\da-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
};

const withoutPasswords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutPasswords);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const isAddressed = entries.some(([key, path]) => isKey(key, "path") && namesPassword(path));
  return Object.fromEntries(
    entries.map(([key, part]) => [
      key,
      namesPassword(key) || (isAddressed && isKey(key, "value"))
        ? hidden
        : isKey(key, "filter") && /password/i.test(String(part))
          ? hidden
          : withoutPasswords(part),
    ]),
  );
};

const isKey = (key: string, name: string): boolean => key.toLowerCase() === name;

/** `password`, `urn:…:User:password`; a path may go on. */
const namesPassword = (name: unknown): boolean =>
  typeof name === "string" && /(?:^|[:.\s])password\b/i.test(name);
