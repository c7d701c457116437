/** The value below which `share` of the sorted values lie (nearest rank); undefined of none. */
export const quantile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
