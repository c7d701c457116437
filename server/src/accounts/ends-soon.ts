const noticeMs = 7 * 24 * 3_600_000;

/** Until then, a lock that ends is said to end soon: notice is given a week before. */
export const soonAfter = (now: Date): Date => new Date(now.getTime() + noticeMs);
