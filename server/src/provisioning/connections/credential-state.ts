import type { CredentialRow } from "./store.ts";

/** Whether a token or a client secret can be used at a time. */
export const stateOfCredential = (
  { revokedAt, expiresAt }: Pick<CredentialRow, "revokedAt" | "expiresAt">,
  now: Date,
): "live" | "expired" | "revoked" => {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "live";
};
