import { Agent as HttpAgent, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
};

export type WireRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};

export type Wire = {
  /** Sends one request. Throws TransportFailure when no answer arrives. */
  readonly request: (request: WireRequest) => Promise<Answer>;
  readonly close: () => void;
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

/** Opens kept connections to a server, by http or https as its address says. */
export function openWire(address: string, timeout: number): Wire {
  const isSecure = address.startsWith("https:");
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const start = isSecure ? httpsRequest : httpRequest;

  const exchange = ({ method, url, headers, body }: WireRequest): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = start(url, {
        method,
        agent,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { "Content-Length": String(body.length) }),
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

  return {
    request: async (request) => {
      try {
        return await exchange(request);
      } catch (error) {
        // A kept connection that the server had just closed is no failure: try on a new one. Not with a body, though:
        // like .NET's client, we cannot know whether the server acted on it before it went away.
        if (!(error instanceof StaleOrBroken)) throw error;
        if (!error.wasStale || request.body !== undefined)
          throw toTransportFailure(error.cause, request.url);
      }
      return exchange(request).catch((error: unknown) => {
        throw toTransportFailure(error instanceof StaleOrBroken ? error.cause : error, request.url);
      });
    },
    close: () => agent.destroy(),
  };
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

/** What went wrong on the way to an address, as the failure that callers know. */
export function toTransportFailure(error: unknown, url: string): TransportFailure {
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
