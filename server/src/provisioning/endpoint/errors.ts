import { ScimError, scimErrors } from "@muster/scim";
import { DatabaseUnavailable, valueRefusal } from "#database";
import { HttpError } from "#http";
import { limits } from "./limits.ts";
import { Unavailable } from "./unavailable.ts";

/** Whatever went wrong, as the SCIM error that the client gets. */
export const toScimError = (error: unknown): ScimError => {
  if (error instanceof ScimError) return error;
  if (error instanceof DatabaseUnavailable)
    return new Unavailable(error.message, error.retryAfterSeconds);
  if (error instanceof HttpError) return new ScimError(error.status, undefined, error.message);
  const { code, constraint, statusCode, message } = error as {
    code?: string;
    constraint?: string;
    statusCode?: number;
    message?: string;
  };
  if (code === "23505")
    return scimErrors.uniqueness(
      takenBy[constraint ?? ""] ?? "Another resource has that value already.",
    );
  const refusal = valueRefusal({ code });
  if (refusal !== undefined) return scimErrors.invalidValue(refusal);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new ScimError(
      statusCode,
      undefined,
      adviceFor[statusCode] ?? message ?? "The request cannot be used.",
    );
  return scimErrors.internal(
    "Something went wrong on our side. Nothing was changed; the request may be sent again.",
  );
};

/** What the HTTP server refuses in too few words. */
const adviceFor: Record<number, string> = {
  413: `The body is too large: it may have ${limits.bodyBytes} bytes (maxPayloadSize). Send fewer members or operations in one request.`,
  415: "That is no media type that Muster reads. Send JSON, as application/scim+json.",
};

/** What a unique index says no to. */
const takenBy: Record<string, string> = {
  directory_users_user_name:
    "Another user of this connection has that userName. Find it with filter=userName eq.",
  directory_groups_external_id:
    "Another group of this connection has that externalId. Find it with filter=externalId eq.",
  directory_groups_display_name:
    "Another group of this connection has that displayName. Find it with filter=displayName eq.",
};
