import { createHash, randomBytes } from "node:crypto";

/** A new bearer token: 256 random bits behind a prefix that scanners of leaked secrets can look for. */
export const makeToken = (): { token: string; hash: Buffer; prefix: string } => {
  const token = `mst_${randomBytes(32).toString("base64url")}`;
  return { token, hash: hashToken(token), prefix: `${token.slice(0, 8)}…` };
};

/** Tokens are random, so SHA-256 is enough: nothing can be guessed from it. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();
