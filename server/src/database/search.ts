/** Case and accents do not matter when one looks for something: "Ångström" is found, and sorted, as "angstrom". */
export const foldForSearch = (text: string): string =>
  text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** A `like` pattern for each word of what somebody looks for; folded text that matches all of them is found. */
export const searchPatterns = (search: string): string[] =>
  foldForSearch(search)
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
