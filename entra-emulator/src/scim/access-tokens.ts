import { isJson } from "./json.ts";
import { openWire } from "./wire.ts";
import type { Answer } from "./wire.ts";

/** What an administrator enters for OAuth client credentials (`OAuth2ClientCredentialsGrant`). */
export type OAuthClient = {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `credentialLocationInRequest`: in the Authorization header (basic), in the body (post), or in both. */
  readonly sentIn: CredentialLocation;
  readonly scope?: string;
};

export const credentialLocations = ["header", "body", "both"] as const;
export type CredentialLocation = (typeof credentialLocations)[number];

export type AccessTokens = {
  /** An access token, asked for when there is none or when it soon ends; or the answer, where the endpoint gives none. */
  readonly get: () => Promise<string | Answer>;
  /** The target does not take this one: the next `get` asks for another. */
  readonly forget: (token: string) => void;
  readonly close: () => void;
};

/** A token is used until so long before its end, or until a tenth of its life is left. */
const marginMilliseconds = 300_000;

/** Signs in as an OAuth client, by a request of its own at the token endpoint, however many requests wait for it. */
export function openAccessTokens(client: OAuthClient, timeoutMilliseconds: number): AccessTokens {
  const wire = openWire(client.tokenEndpoint, timeoutMilliseconds);
  let current: { readonly token: string; readonly goodUntil: number } | undefined;
  let pending: Promise<string | Answer> | undefined;

  const ask = async (): Promise<string | Answer> => {
    const begun = Date.now();
    const answer = await wire.request(toRequest(client));
    const given = answer.status === 200 ? readToken(answer.text) : undefined;
    if (given === undefined) return toRefusal(answer);
    const life = 1000 * given.seconds;
    current = {
      token: given.token,
      goodUntil: begun + life - Math.min(marginMilliseconds, life / 10),
    };
    return given.token;
  };

  return {
    get: async () => {
      if (current !== undefined && Date.now() < current.goodUntil) return current.token;
      pending ??= ask().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    forget: (token) => {
      if (current?.token === token) current = undefined;
    },
    close: () => wire.close(),
  };
}

function toRequest({ tokenEndpoint, clientId, clientSecret, sentIn, scope }: OAuthClient) {
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (scope !== undefined) form.set("scope", scope);
  if (sentIn !== "header") {
    form.set("client_id", clientId);
    form.set("client_secret", clientSecret);
  }
  // RFC 6749 §2.3.1: each half is encoded as in a form, so that a colon in it is none of the header's.
  const basic = [clientId, clientSecret].map(encodeFormValue).join(":");
  return {
    method: "POST",
    url: tokenEndpoint,
    headers: {
      ...(sentIn === "body"
        ? {}
        : { Authorization: `Basic ${Buffer.from(basic).toString("base64")}` }),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: Buffer.from(form.toString()),
  };
}

const encodeFormValue = (text: string): string =>
  new URLSearchParams({ value: text }).toString().slice("value=".length);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const defaultSeconds = 3600;

function readToken(text: string): { token: string; seconds: number } | undefined {
  const body = parse(text);
  if (!isJson(body)) return undefined;
  const { access_token: token, expires_in: life } = body;
  if (typeof token !== "string" || token === "") return undefined;
  const seconds = Number(life ?? defaultSeconds);
  return { token, seconds: seconds > 0 ? seconds : defaultSeconds };
}

/** An endpoint that is busy or down is that; whatever else gives no token means that the credentials are no good. */
const toRefusal = (answer: Answer): Answer =>
  answer.status === 429 || answer.status >= 500 ? answer : { ...answer, status: 401 };
