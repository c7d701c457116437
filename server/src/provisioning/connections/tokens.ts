import { hash as digest, randomBytes } from "node:crypto";

/** What scanners of leaked secrets can look for: a connection's token, its client secret, an access token. */
const prefixes = { token: "mst_", secret: "msc_", accessToken: "msa_" } as const;

/** A new secret of a kind: 256 random bits. */
export const makeToken = (
  kind: keyof typeof prefixes,
): { token: string; hash: Buffer; prefix: string } => {
  const token = `${prefixes[kind]}${randomBytes(32).toString("base64url")}`;
  return { token, hash: hashToken(token), prefix: `${token.slice(0, 8)}…` };
};

/** Tokens are random, so SHA-256 is enough: nothing can be guessed from it. */
export const hashToken = (token: string): Buffer => digest("sha256", token, "buffer");

/** Whether it would be an access token, if it were a token. */
export const isAccessToken = (token: string): boolean => token.startsWith(prefixes.accessToken);
