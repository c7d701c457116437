import type { Answer } from "../scim/client.ts";
import type { TransportFailure } from "../scim/client.ts";

/** The codes of Entra's provisioning log that this emulator gives (§2.9). */
export type ErrorCode =
  | "BadRequest"
  | "Unauthorized"
  | "InsufficientRights"
  | "InvalidAnchor"
  | "MethodNotAllowed"
  | "NotImplemented"
  | "Conflict"
  | "EntryConflict"
  | "UnprocessableEntity"
  | "TooManyRequests"
  | "InternalServerError"
  | "Timeout"
  | "WebExceptionProtocolError"
  | "DuplicateTargetEntries"
  | "DuplicateSourceEntries"
  | "MissingValues"
  | "SchemaPropertyCanOnlyAcceptValue"
  | "SystemForCrossDomainIdentityManagementBadRequest"
  | "SystemForCrossDomainIdentityManagementServiceIncompatible";

export type Operation = "create" | "match" | "read" | "update" | "delete";

/** One object's failure, as the provisioning log tells it. */
export class ProvisioningError extends Error {
  override readonly name = "ProvisioningError";
  readonly code: ErrorCode;
  /** What the server said, untouched; empty when it said nothing. */
  readonly webResponse: string;
  /** Outages are tried again in the next cycle; refusals wait for the escrow's schedule (§2.6, §2.9). */
  readonly retry: "next-cycle" | "schedule";
  readonly isUnreachable: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    more: { webResponse?: string; retry?: "next-cycle" | "schedule"; isUnreachable?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    this.webResponse = more.webResponse ?? "";
    this.retry = more.retry ?? "schedule";
    this.isUnreachable = more.isUnreachable ?? false;
  }
}

const statusNames: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  409: "Conflict",
  412: "PreconditionFailed",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  422: "UnprocessableEntity",
  429: "TooManyRequests",
  500: "InternalServerError",
  501: "NotImplemented",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

/** Gives the failure an answer stands for, by what was being done (§2.9's table). */
export function failAnswer(answer: Answer, operation: Operation): ProvisioningError {
  const { status, text } = answer;
  const name = statusNames[status] ?? String(status);
  const message = `StatusCode: ${name} Message: Processing of the HTTP request resulted in an exception. Please see the HTTP response returned by the 'Response' property of this exception for details. Web Response: ${text}`;
  const retry = status === 429 || status >= 500 ? "next-cycle" : "schedule";
  return new ProvisioningError(codeFor(status, operation), message, { webResponse: text, retry });
}

/** Gives the failure of a request that got no answer. */
export function failTransport(failure: TransportFailure): ProvisioningError {
  return new ProvisioningError(failure.code, failure.message, {
    retry: "next-cycle",
    isUnreachable: failure.isUnreachable,
  });
}

/** Gives the failure of an answer that Entra cannot read as the SCIM resource it expects (R64). */
export function failReading(answer: Answer, why: string): ProvisioningError {
  return new ProvisioningError(
    "SystemForCrossDomainIdentityManagementServiceIncompatible",
    `We are not able to deserialize the resource received from your SCIM endpoint because your SCIM endpoint is not fully compatible with the Azure Active Directory SCIM client: ${why} Web Response: ${answer.text}`,
    { webResponse: answer.text },
  );
}

function codeFor(status: number, operation: Operation): ErrorCode {
  switch (status) {
    case 400:
      return "SystemForCrossDomainIdentityManagementBadRequest";
    case 401:
      return "Unauthorized";
    case 403:
      return "InsufficientRights";
    case 404:
      if (operation === "match") return "SystemForCrossDomainIdentityManagementServiceIncompatible";
      return operation === "create" ? "BadRequest" : "InvalidAnchor";
    case 405:
      return "MethodNotAllowed";
    case 409:
      return operation === "create" ? "EntryConflict" : "Conflict";
    case 429:
      return "TooManyRequests";
    case 501:
      return "NotImplemented";
    default:
      if (status >= 500) return "InternalServerError";
      return status >= 400
        ? "UnprocessableEntity"
        : "SystemForCrossDomainIdentityManagementServiceIncompatible";
  }
}
