/** The order after a header is pressed: by it, then the other way round, then as the list is by itself. Pure. */
export const nextSort = (current: string | undefined, key: string): string | undefined =>
  current === key ? `-${key}` : current === `-${key}` ? undefined : key;

export const ariaSort = (current: string | undefined, key: string) =>
  current === key ? "ascending" : current === `-${key}` ? "descending" : "none";
