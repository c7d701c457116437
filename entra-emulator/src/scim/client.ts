import { setTimeout as sleep } from "node:timers/promises";
import { openAccessTokens } from "./access-tokens.ts";
import type { AccessTokens, OAuthClient } from "./access-tokens.ts";
import { openWire, toTransportFailure } from "./wire.ts";
import type { Answer, TransportFailure } from "./wire.ts";

export { TransportFailure } from "./wire.ts";
export type { Answer } from "./wire.ts";

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

/** What a connection signs in with: the secret token as pasted, or an OAuth client that gets access tokens. */
export type Credentials = { readonly token: string } | { readonly client: OAuthClient };

export type ClientOptions = Credentials & {
  readonly base: string;
  readonly timeoutMilliseconds?: number;
  /** 429: wait as Retry-After says and try again, or leave it to the escrow (§2.8). */
  readonly throttling?: "honour" | "escrow";
  readonly onExchange?: (exchange: Exchange) => void;
};

const defaultTimeout = 60_000;
const longestThrottle = 120;
const throttledTries = 5;

/**
 * Opens a SCIM client with Entra's habits on the wire (§1.2): Authorization and nothing else on requests without a
 * body, `application/scim+json; charset=utf-8` on those with one, form-style queries, connections kept alive,
 * redirects never followed.
 */
export function openScimClient(options: ClientOptions): ScimClient {
  const timeout = options.timeoutMilliseconds ?? defaultTimeout;
  const wire = openWire(options.base, timeout);
  const tokens: AccessTokens =
    "client" in options ? openAccessTokens(options.client, timeout) : pasted(options.token);

  const sendAs = async (call: Call, token: string | null): Promise<Answer> => {
    const url = options.base + call.path + encodeQuery(call.query);
    const begun = performance.now();
    const spent = (): number => performance.now() - begun;
    try {
      const answer = await wire.request({
        method: call.verb,
        url,
        headers: {
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(call.body === undefined
            ? {}
            : { "Content-Type": "application/scim+json; charset=utf-8" }),
        },
        ...(call.body === undefined
          ? {}
          : { body: Buffer.from(JSON.stringify(call.body), "utf8") }),
      });
      options.onExchange?.({ call, url, answer, milliseconds: spent() });
      return answer;
    } catch (error) {
      const failure = toTransportFailure(error, url);
      options.onExchange?.({ call, url, failure, milliseconds: spent() });
      throw failure;
    }
  };

  /** With a token of its own; where the target no longer takes that, once more with a new one. */
  const sendSigned = async (call: Call): Promise<Answer> => {
    const token = await tokens.get();
    if (typeof token !== "string") return token;
    const answer = await sendAs(call, token);
    if (answer.status !== 401 || !("client" in options)) return answer;
    tokens.forget(token);
    const another = await tokens.get();
    return typeof another === "string" ? sendAs(call, another) : another;
  };

  return {
    send: async (call) => {
      for (let tries = 1; ; tries += 1) {
        const answer = await (call.token === undefined
          ? sendSigned(call)
          : sendAs(call, call.token));
        const isOver = answer.status !== 429 || tries >= throttledTries;
        if (isOver || options.throttling === "escrow") return answer;
        const seconds = Number(answer.headers["retry-after"] ?? 1);
        await sleep(1000 * Math.min(Number.isFinite(seconds) ? seconds : 1, longestThrottle));
      }
    },
    close: () => {
      wire.close();
      tokens.close();
    },
  };
}

/** A token that was pasted is all there is. */
const pasted = (token: string): AccessTokens => ({
  get: async () => token,
  forget: () => {},
  close: () => {},
});

/** Encodes a query as a form does: a space is `+`, a plus `%2B` (§1.3). */
export function encodeQuery(query: Query | undefined): string {
  return query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
}
