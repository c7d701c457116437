/** A rule for a field that must not stay empty: the sentence for whoever leaves it so. Pure. */
export const needed =
  (sentence: string) =>
  (value: unknown): string | null =>
    isEmpty(value) ? sentence : null;

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);
