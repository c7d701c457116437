const hour = 3_600_000;

/** A session ends when nobody has used it for this long. */
export const idleLifetime = 12 * hour;

/** A session ends this long after the sign-in, used or not. */
export const absoluteLifetime = 7 * 24 * hour;

/** That a session is in use is written at most this often. */
export const touchInterval = 60_000;
