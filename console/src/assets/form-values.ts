import type { AssetField } from "../api/contract.ts";

export type FormValues = Record<string, string>;

/** What to send: only what was changed. Emptied is `null`; what was never filled in is left to the server. Pure. */
export const changedValues = (
  fields: readonly AssetField[],
  before: FormValues,
  after: FormValues,
): Record<string, string | number | null> =>
  Object.fromEntries(
    fields.flatMap(({ key, type }): [string, string | number | null][] => {
      const value = (after[key] ?? "").trim();
      if (value === (before[key] ?? "")) return [];
      if (value === "") return [[key, null]];
      return [[key, type === "number" ? Number(value) : value]];
    }),
  );
