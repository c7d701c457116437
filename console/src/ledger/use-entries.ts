import { useEffect } from "react";
import type { LedgerEntry } from "../api/contract.ts";
import { usePages, type Pages } from "../table/use-pages.ts";

/** Entries that match; the server may give an empty page on the way to the first, and is then asked to go on. */
export const useEntries = (filters: Record<string, string | undefined>): Pages<LedgerEntry> => {
  const pages = usePages<LedgerEntry>("/ledger", filters);
  const isLooking = pages.rows.length === 0 && pages.hasMore;
  const { loadMore } = pages;
  useEffect(() => {
    if (isLooking) loadMore();
  });
  return { ...pages, isPending: pages.isPending || isLooking };
};
