import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import helmet from "helmet";

export type HeaderFields = Readonly<Record<string, string>>;

/** The headers that keep a browser safe, on every answer. They are the same for all, so they are worked out once. */
export const securityHeaders = ({ isHttps }: { readonly isHttps: boolean }): HeaderFields =>
  headersOf({
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Mantine sets sizes through style attributes; no script is ever inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps && { upgradeInsecureRequests: [] }),
      },
    },
    xFrameOptions: { action: "deny" },
    referrerPolicy: { policy: "same-origin" },
  });

/** Puts them on whatever a route answers, or the lack of one. */
export const addSecurityHeaders = (app: FastifyInstance, headers: HeaderFields): void => {
  app.addHook("onRequest", (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
};

type Options = NonNullable<Parameters<typeof helmet>[0]>;

/** What helmet would write on an answer. */
const headersOf = (options: Options): HeaderFields => {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => {},
  };
  helmet(options)({} as never, answer as unknown as ServerResponse, (error?: unknown) => {
    if (error !== undefined) throw error;
  });
  return headers;
};
