/** The HTTP kit: the server, errors as problem+json, paging. No words of the domain. */
export { toCsvLine } from "./csv.ts";
export { describeApi } from "./describe-api.ts";
export {
  HttpError,
  conflict,
  forbidden,
  invalid,
  notFound,
  tooMany,
  unauthorized,
  type FieldError,
} from "./errors.ts";
export { observe, type Metrics } from "./observe.ts";
export { Problem, answerWithProblem, toHttpError } from "./problem.ts";
export {
  Named,
  nullable,
  page,
  pageParameters,
  readPageQuery,
  toPage,
  type PageQuery,
} from "./paging.ts";
export { serveConsole } from "./serve-console.ts";
export { createHttpServer, type HttpServer } from "./server.ts";
