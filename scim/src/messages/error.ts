import { printable } from "../json/printable.ts";
import { ERROR_MESSAGE } from "../urns.ts";

/** RFC 7644 §3.12 table 9, RFC 9865 §4. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "sensitive"
  | "invalidCursor"
  | "expiredCursor"
  | "invalidCount";

/** What a SCIM client is told: an HTTP status, the kind of mistake, and a sentence for an administrator. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;
  readonly detail: string;

  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    // The detail may quote what was sent, whatever that was.
    const shown = printable(detail);
    super(shown);
    this.name = "ScimError";
    this.status = status;
    this.scimType = scimType;
    this.detail = shown;
  }
}

const factory = (status: number, scimType?: ScimType) => (detail: string) =>
  new ScimError(status, scimType, detail);

/** One factory for each mistake the protocol names; each takes the detail. */
export const scimErrors = {
  invalidFilter: factory(400, "invalidFilter"),
  tooMany: factory(400, "tooMany"),
  mutability: factory(400, "mutability"),
  invalidSyntax: factory(400, "invalidSyntax"),
  invalidPath: factory(400, "invalidPath"),
  noTarget: factory(400, "noTarget"),
  invalidValue: factory(400, "invalidValue"),
  invalidVersion: factory(400, "invalidVers"),
  invalidCursor: factory(400, "invalidCursor"),
  expiredCursor: factory(400, "expiredCursor"),
  invalidCount: factory(400, "invalidCount"),
  sensitive: factory(403, "sensitive"),
  uniqueness: factory(409, "uniqueness"),
  unauthorized: factory(401),
  forbidden: factory(403),
  notFound: factory(404),
  methodNotAllowed: factory(405),
  conflict: factory(409),
  preconditionFailed: factory(412),
  payloadTooLarge: factory(413),
  unsupportedMediaType: factory(415),
  tooManyRequests: factory(429),
  internal: factory(500),
  notImplemented: factory(501),
  unavailable: factory(503),
} as const;

/** An error as it is answered (RFC 7644 §3.12). */
export interface ErrorBody {
  readonly schemas: readonly [typeof ERROR_MESSAGE];
  /** A string, not a number (RFC 7644 §3.12). */
  readonly status: string;
  readonly scimType?: ScimType;
  readonly detail: string;
}

/** The message for an error: flat, the status as text. */
export function errorBody(error: Pick<ScimError, "status" | "scimType" | "detail">): ErrorBody {
  return {
    schemas: [ERROR_MESSAGE],
    status: String(error.status),
    ...(error.scimType && { scimType: error.scimType }),
    detail: error.detail,
  };
}
