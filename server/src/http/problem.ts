import { DatabaseUnavailable, valueRefusal } from "#database";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { HttpError, type FieldError } from "./errors.ts";

/** RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { $id: "Problem" },
);

/** Fastify's error handler for the API: every error leaves as problem+json, and nothing inside leaks. */
export const answerWithProblem = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
) => {
  const problem = toHttpError(error);
  if (problem.status >= 500) request.log.error({ err: error }, "request failed");
  return reply
    .status(problem.status)
    .headers(problem.headers)
    .type("application/problem+json; charset=utf-8")
    .send(
      JSON.stringify({
        type: "about:blank",
        title: problem.title,
        status: problem.status,
        detail: problem.message,
        ...(problem.fields.length > 0 && { errors: problem.fields }),
      }),
    );
};

/** What an error is for whoever asked, as a sentence: 500 where it is a fault of ours. */
export const toHttpError = (error: Partial<FastifyError> & Error): HttpError => {
  if (error instanceof HttpError) return error;
  if (error instanceof DatabaseUnavailable)
    return new HttpError(503, "The database cannot be used just now", error.message, {
      headers: { "retry-after": String(error.retryAfterSeconds) },
    });
  if (error.validation) {
    const fields = error.validation.map((issue): FieldError => ({
      path: fieldPath(issue.instancePath, issue.params),
      message: issue.message ?? "is not valid",
    }));
    const detail = fields
      .map(({ path, message }) => `${path || "The request"} ${message}.`)
      .join(" ");
    return new HttpError(400, "That request cannot be used", detail, { fields });
  }
  // Row-level security: what was about to be written lies outside the limits of an access role.
  if (error.code === "42501")
    return new HttpError(
      403,
      "That is outside of what you may change",
      "Your access role is limited to some tenants, locations or categories. Choose among those, or ask an administrator.",
    );
  // Two at the same moment, or what is hidden from whoever asks by the limits of an access role.
  if (error.code === "23505")
    return new HttpError(
      409,
      "That is there already",
      "Something of the same name was made before, perhaps a moment ago. Look at the page again, or choose another name.",
    );
  if (error.code === "23503")
    return new HttpError(
      409,
      "Something else holds on to it",
      "It is in use, perhaps where you do not see it, or what it needs was removed meanwhile. Look at the page again, or ask an administrator.",
    );
  const refusal = valueRefusal(error);
  if (refusal !== undefined) return new HttpError(400, "That request cannot be used", refusal);
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new HttpError(
      error.statusCode,
      "That request cannot be used",
      adviceFor[error.statusCode] ?? error.message,
    );
  return new HttpError(
    500,
    "Something went wrong on our side",
    "Nothing was changed. Try again; if it happens again, tell the operator the time of this request.",
  );
};

/** What the libraries below refuse in too few words. */
const adviceFor: Record<number, string> = {
  403: "Nothing is served at an address with empty or dotted parts.",
  413: "The body is too large. Send less in one request.",
  415: "That is no media type that Muster reads here. Send JSON, as application/json.",
};

const fieldPath = (instancePath: string, params: Record<string, unknown>): string => {
  const missing =
    typeof params["missingProperty"] === "string" ? `/${params["missingProperty"]}` : "";
  return `${instancePath}${missing}`.replace(/^\//, "").replaceAll("/", ".");
};
