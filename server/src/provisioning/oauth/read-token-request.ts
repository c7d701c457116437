import { invalidClient, invalidRequest, OAuthError } from "./oauth-error.ts";

export type ClientCredentials = { readonly clientId: string; readonly secret: string };

type Sent = { readonly authorization: string | undefined; readonly form: string };

/**
 * Reads a request for an access token by client credentials (RFC 6749 §4.4.2): who the client says it is, in the
 * Authorization header or in the form (§2.3.1), or in both alike. Scopes are ignored: a token opens its connection.
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
  if (clientId === undefined || secret === undefined)
    throw invalidClient(
      "Send the client id and the client secret, in an Authorization: Basic header or in the form.",
    );
  return { clientId, secret };
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

const readBasic = (authorization: string | undefined): ClientCredentials | undefined => {
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
