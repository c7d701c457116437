type Code =
  | "invalid_request"
  | "invalid_client"
  | "unsupported_grant_type"
  | "temporarily_unavailable";

/** What the token endpoint refuses a client with (RFC 6749 §5.2). */
export class OAuthError extends Error {
  readonly status: number;
  readonly code: Code;

  constructor(status: number, code: Code, description: string) {
    super(description);
    this.name = "OAuthError";
    this.status = status;
    this.code = code;
  }
}

export const invalidRequest = (description: string) =>
  new OAuthError(400, "invalid_request", description);

export const invalidClient = (description: string) =>
  new OAuthError(401, "invalid_client", description);
