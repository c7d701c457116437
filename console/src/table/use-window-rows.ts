import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Pages } from "./use-pages.ts";

/** Which rows of a list are near the window, loading more as the end comes near. */
export const useWindowRows = <Row extends { id: string }>(pages: Pages<Row>, height: number) => {
  const body = useRef<HTMLElement | null>(null);
  const [top, setTop] = useState(0);
  const isShown = pages.rows.length > 0;
  useLayoutEffect(() => {
    if (!isShown || !body.current) return;
    setTop(body.current.getBoundingClientRect().top + window.scrollY);
  }, [isShown]);
  const virtual = useWindowVirtualizer({
    count: pages.rows.length,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: top,
    getItemKey: (index) => pages.rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const isNearEnd = pages.rows.length > 0 && last >= pages.rows.length - 30;
  const { hasMore, loadMore } = pages;
  useEffect(() => {
    if (isNearEnd && hasMore) loadMore();
  });
  const before = (items[0]?.start ?? top) - top;
  return {
    body,
    items,
    measure: virtual.measureElement,
    before,
    after: Math.max(0, virtual.getTotalSize() - before - (items.length ? spanOf(items) : 0)),
  };
};

const spanOf = (items: readonly { start: number; end: number }[]): number =>
  (items.at(-1)?.end ?? 0) - (items[0]?.start ?? 0);
