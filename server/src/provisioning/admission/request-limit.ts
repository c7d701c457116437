/** What an administrator allows a connection. */
export type RequestLimit = {
  readonly perSecond: number;
  /** So many may come at once after a rest. */
  readonly burst: number;
};

/** Microsoft asks a SCIM endpoint for at least so many requests a second per tenant. */
export const lowestPerSecond = 25;

/** What a bucket gives. */
export type Drawn = {
  readonly granted: number;
  /** The bucket afterwards. */
  readonly drawnUntil: number;
  /** When the next request is allowed; past when there is still one. */
  readonly nextAt: number;
};

/**
 * Draws up to `wanted` requests from a token bucket. The bucket is one number: the moment (in ms) until which it is
 * drawn; what has passed since is what it holds, up to the burst. Pure.
 */
export const draw = (
  drawnUntil: number,
  wanted: number,
  { limit: { perSecond, burst }, now }: { limit: RequestLimit; now: number },
): Drawn => {
  const each = 1000 / perSecond;
  // What is drawn until a time to come was drawn before the clock was set back.
  const since = Math.min(Math.max(drawnUntil, now - burst * each), now);
  // Moments of this size are exact to a quarter of a microsecond only.
  const held = Math.max(0, Math.floor((now - since) / each + 1e-3));
  const granted = Math.min(held, wanted);
  const until = since + granted * each;
  return { granted, drawnUntil: until, nextAt: until + each };
};
