type Code =
  | "invalid_request"
  | "invalid_client"
  | "unsupported_grant_type"
  | "temporarily_unavailable";

/** What the token endpoint refuses a client with (RFC 6749 §5.2). */
export class OAuthError extends Error {
  readonly status: number;
  readonly code: Code;
  /** Seconds, where the same may be asked later. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: Code, description: string, retryAfter?: number) {
    super(description);
    this.name = "OAuthError";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export const invalidRequest = (description: string) =>
  new OAuthError(400, "invalid_request", description);

export const invalidClient = (description: string) =>
  new OAuthError(401, "invalid_client", description);
