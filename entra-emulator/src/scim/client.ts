import { Agent as HttpAgent, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

export type Verb = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export type Query = Readonly<Record<string, string>>;

export type Call = {
  readonly verb: Verb;
  /** Below the base: `/Users`, `/Groups/9d3e`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** Instead of the connection's own token; null sends none. Only conformance checks use it. */
  readonly token?: string | null;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
};

export type Exchange = {
  readonly call: Call;
  readonly url: string;
  readonly answer?: Answer;
  readonly failure?: TransportFailure;
  readonly milliseconds: number;
};

export type ScimClient = {
  /** Sends one request. Throws TransportFailure when no answer arrives. */
  readonly send: (call: Call) => Promise<Answer>;
  readonly close: () => void;
};

export type ClientOptions = {
  readonly base: string;
  readonly token: string;
  readonly timeoutMilliseconds?: number;
  /** 429: wait as Retry-After says and try again, or leave it to the escrow (§2.8). */
  readonly throttling?: "honour" | "escrow";
  readonly onExchange?: (exchange: Exchange) => void;
};

/** No answer came: the connection was refused or broken, or the server took too long. */
export class TransportFailure extends Error {
  override readonly name = "TransportFailure";
  readonly code: "Timeout" | "WebExceptionProtocolError";
  readonly isUnreachable: boolean;

  constructor(code: "Timeout" | "WebExceptionProtocolError", message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.isUnreachable = code !== "Timeout";
  }
}

const longestThrottle = 120;
const throttledTries = 5;

/**
 * Opens a SCIM client with Entra's habits on the wire (§1.2): Authorization and nothing else on requests without a
 * body, `application/scim+json; charset=utf-8` on those with one, form-style queries, connections kept alive,
 * redirects never followed.
 */
export function openScimClient(options: ClientOptions): ScimClient {
  const isSecure = options.base.startsWith("https:");
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const start = isSecure ? httpsRequest : httpRequest;
  const timeout = options.timeoutMilliseconds ?? 60_000;

  const exchange = (call: Call, url: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const body =
        call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body), "utf8");
      const token = call.token === undefined ? options.token : call.token;
      const request = start(url, {
        method: call.verb,
        agent,
        headers: {
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined
            ? {}
            : {
                "Content-Type": "application/scim+json; charset=utf-8",
                "Content-Length": String(body.length),
              }),
        },
      });
      const clock = setTimeout(() => {
        request.destroy(
          new TransportFailure("Timeout", `No answer within ${timeout} ms from ${url}`),
        );
      }, timeout);
      const fail = (error: Error): void => {
        clearTimeout(clock);
        reject(new StaleOrBroken(error, request.reusedSocket));
      };
      request.on("error", fail);
      request.on("response", (response) => {
        const finish = (text: string): void => {
          clearTimeout(clock);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        };
        readText(response).then(finish, fail);
      });
      request.end(body);
    });

  const sendOnce = async (call: Call, url: string): Promise<Answer> => {
    try {
      return await exchange(call, url);
    } catch (error) {
      // A kept connection that the server had just closed is no failure: try on a new one. Not with a body, though:
      // like .NET's client, we cannot know whether the server acted on it before it went away.
      if (!(error instanceof StaleOrBroken)) throw error;
      if (!error.wasStale || call.body !== undefined) throw toTransportFailure(error.cause, url);
    }
    return exchange(call, url).catch((error: unknown) => {
      throw toTransportFailure(error instanceof StaleOrBroken ? error.cause : error, url);
    });
  };

  const sendWatched = async (call: Call): Promise<Answer> => {
    const url = options.base + call.path + encodeQuery(call.query);
    const begun = performance.now();
    const spent = (): number => performance.now() - begun;
    try {
      const answer = await sendOnce(call, url);
      options.onExchange?.({ call, url, answer, milliseconds: spent() });
      return answer;
    } catch (error) {
      const failure = toTransportFailure(error, url);
      options.onExchange?.({ call, url, failure, milliseconds: spent() });
      throw failure;
    }
  };

  return {
    send: async (call) => {
      for (let tries = 1; ; tries += 1) {
        const answer = await sendWatched(call);
        const isOver = answer.status !== 429 || tries >= throttledTries;
        if (isOver || options.throttling === "escrow") return answer;
        const seconds = Number(answer.headers["retry-after"] ?? 1);
        await sleep(1000 * Math.min(Number.isFinite(seconds) ? seconds : 1, longestThrottle));
      }
    },
    close: () => agent.destroy(),
  };
}

/** Encodes a query as a form does: a space is `+`, a plus `%2B` (§1.3). */
export function encodeQuery(query: Query | undefined): string {
  return query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
}

class StaleOrBroken extends Error {
  override readonly cause: Error;
  readonly wasStale: boolean;

  constructor(cause: Error, isReused: boolean) {
    super(cause.message);
    this.cause = cause;
    const code = (cause as NodeJS.ErrnoException).code;
    this.wasStale = isReused && (code === "ECONNRESET" || code === "EPIPE");
  }
}

function toTransportFailure(error: unknown, url: string): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = message === "" ? (code ?? "no reason given") : message;
  return new TransportFailure(
    "WebExceptionProtocolError",
    `Unable to connect to ${url}: ${reason}`,
    error,
  );
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
