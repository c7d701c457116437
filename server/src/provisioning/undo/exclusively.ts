import type { Opening } from "#tenancy";

/** No request of the connection is under way meanwhile, as when an administrator changes how it behaves. */
export const exclusively = (connectionId: string): Opening => ({
  hold: { key: connectionId, mode: "exclusive" },
});
