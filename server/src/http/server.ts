import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { maxHeaderSize } from "node:http";
import { compileWhenUsed } from "./compile-when-used.ts";
import { answerWithProblem } from "./problem.ts";
import { refuseMalformed } from "./refuse-malformed.ts";
import { addSecurityHeaders, securityHeaders } from "./security-headers.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the signed-in person must be allowed to do, as `noun:verb`; `session` means merely signed in. */
    permission?: string;
    /** No session is asked for. */
    public?: boolean;
  }
}

/** How long a request may take to arrive. */
const requestTimeout = 120_000;

type Options = {
  readonly logger: FastifyBaseLogger;
  readonly isHttps: boolean;
  /** The proxies whose X-Forwarded-For is believed, as addresses, networks or proxy-addr's names. */
  readonly trustedProxies?: readonly string[];
  /** Answers what finds no route because it cannot be read; with a problem unless told otherwise. */
  readonly answerUnroutable?: typeof answerWithProblem;
};

/** The bare HTTP server: security headers, errors as problem+json. Routes are registered by app.ts. */
export const createHttpServer = ({
  logger,
  isHttps,
  trustedProxies = ["loopback"],
  answerUnroutable = answerWithProblem,
}: Options) => {
  const headers = securityHeaders({ isHttps });
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: 1024 * 1024,
    requestTimeout,
    schemaController: { compilersFactory: compileWhenUsed() },
    clientErrorHandler: refuseMalformed(headers),
    // What has no route has no hooks either.
    frameworkErrors: (error, request, reply) =>
      void answerUnroutable(error, request, reply.headers(headers)),
    routerOptions: {
      ignoreDuplicateSlashes: true,
      ignoreTrailingSlash: true,
      caseSensitive: true,
      // An id too long to be one is nobody's, like any other: the routes say so in their own words.
      maxParamLength: maxHeaderSize,
    },
    ajv: {
      customOptions: { allErrors: false, removeAdditional: false },
      onCreate: refuseMomentsThatAreNone,
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler(answerWithProblem);
  closeConnectionsAtTheEnd(app);
  addSecurityHeaders(app, headers);
  return app;
};

/** A format of Ajv with a check, as far as it is used here. */
type Checked = { readonly validate: (text: string) => boolean };

type Formats = {
  readonly formats: Record<string, unknown>;
  addFormat(name: string, format: Checked): unknown;
};

/** RFC 3339 knows leap seconds; a Date does not, and would be none. */
const refuseMomentsThatAreNone = (ajv: Formats): void => {
  const given = ajv.formats["date-time"] as Checked;
  ajv.addFormat("date-time", {
    ...given,
    validate: (text) => given.validate(text) && !Number.isNaN(Date.parse(text)),
  });
};

/** A request that outlives the order to stop is the last of its connection, which else would stay open for the next. */
const closeConnectionsAtTheEnd = (app: FastifyInstance): void => {
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (isClosing) void reply.header("connection", "close");
    done();
  });
};

export type HttpServer = ReturnType<typeof createHttpServer>;
