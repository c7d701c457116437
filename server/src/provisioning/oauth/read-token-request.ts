import { invalidClient, invalidRequest, OAuthError } from "./oauth-error.ts";

/** Who a client says it is, and what shows it: its secret, or what its identity provider has signed. */
export type ClientCredentials = { readonly clientId: string } & (
  | { readonly secret: string; readonly assertion?: undefined }
  | { readonly assertion: string; readonly secret?: undefined }
);

/** RFC 7523 §2.2. */
const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

type Sent = { readonly authorization: string | undefined; readonly form: string };

/**
 * Reads a request for an access token by client credentials (RFC 6749 §4.4.2): who the client says it is, in the
 * Authorization header or in the form (§2.3.1), or in both alike; or by an assertion (RFC 7521 §4.2). Scopes are ignored: a token opens its connection.
 * @throws OAuthError naming what is missing, without repeating what was sent
 */
export const readTokenRequest = ({ authorization, form }: Sent): ClientCredentials => {
  const parameters = readForm(form);
  const grantType = parameters.get("grant_type");
  if (grantType === undefined) throw invalidRequest("grant_type is missing.");
  if (grantType !== "client_credentials")
    throw new OAuthError(
      400,
      "unsupported_grant_type",
      "Muster gives access tokens for grant_type=client_credentials only.",
    );
  const header = readBasic(authorization);
  const clientId = agree("client_id", header?.clientId, parameters.get("client_id"));
  const secret = agree("client_secret", header?.secret, parameters.get("client_secret"));
  const assertion = readAssertion(parameters);
  if (assertion !== undefined && secret !== undefined)
    throw invalidRequest("Send a client_secret or a client_assertion, not both.");
  if (assertion !== undefined && clientId !== undefined) return { clientId, assertion };
  if (assertion !== undefined)
    throw invalidClient(
      "Send the client_id with the client_assertion: whose it is, nothing else says.",
    );
  if (clientId === undefined || secret === undefined)
    throw invalidClient(
      "Send the client id and the client secret, in an Authorization: Basic header or in the form.",
    );
  return { clientId, secret };
};

const readAssertion = (parameters: ReadonlyMap<string, string>): string | undefined => {
  const assertion = parameters.get("client_assertion");
  const type = parameters.get("client_assertion_type");
  if ((assertion === undefined) !== (type === undefined))
    throw invalidRequest("client_assertion and client_assertion_type go together.");
  if (type !== undefined && type !== jwtBearer)
    throw invalidRequest(`Muster takes client_assertion_type=${jwtBearer} only.`);
  return assertion;
};

/** A parameter without a value counts as left out, and none may come twice (RFC 6749 §3.2). */
const readForm = (form: string): Map<string, string> => {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(form)) {
    if (value === "") continue;
    if (parameters.has(name)) throw invalidRequest("A parameter was sent twice.");
    parameters.set(name, value);
  }
  return parameters;
};

const readBasic = (
  authorization: string | undefined,
): { clientId: string; secret: string } | undefined => {
  if (authorization === undefined || authorization === "") return undefined;
  const encoded = /^Basic +([\w+/=-]+) *$/i.exec(authorization)?.[1];
  if (encoded === undefined)
    throw invalidClient("The Authorization header is not Basic with a client id and a secret.");
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const clientId = decodeForm(text.slice(0, Math.max(colon, 0)));
  const secret = decodeForm(text.slice(colon + 1));
  if (colon === -1 || clientId === "" || secret === "")
    throw invalidClient("The Authorization header does not hold a client id and a secret.");
  return { clientId, secret };
};

/** Both halves are form-encoded before they are put together (RFC 6749 §2.3.1); not every client knows. */
const decodeForm = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
};

/** Some clients send the same credentials in both places; two different ones are a mistake (RFC 6749 §2.3). */
const agree = (name: string, inHeader: string | undefined, inForm: string | undefined) => {
  if (inHeader !== undefined && inForm !== undefined && inHeader !== inForm)
    throw invalidRequest(`The ${name} in the form is another than the one in the header.`);
  return inHeader ?? inForm;
};
