import type { Transaction } from "#tenancy";
import { listDefinitions } from "./store.ts";

/** What a connection shows of a person by itself, under the names that an administrator gave. */
export const describeFields = async (
  tx: Transaction,
  connectionId: string,
  document: object,
): Promise<{ label: string; value: string }[]> => {
  const definitions = await listDefinitions(tx, connectionId);
  return definitions.flatMap(({ urn, name, shownAs }) => {
    const value = read(read(document, urn), name);
    return shownAs === null || value === undefined
      ? []
      : [{ label: shownAs, value: inWords(value) }];
  });
};

const read = (holder: unknown, name: string): unknown =>
  typeof holder === "object" && holder !== null
    ? Object.entries(holder).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
    : undefined;

const inWords = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(inWords).join(", ");
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "string" ? value : JSON.stringify(value);
};
