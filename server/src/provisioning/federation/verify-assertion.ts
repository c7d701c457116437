import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from "jose";
import { claimsOfIssuer } from "../entra-quirks.ts";
import { stateOfCredential } from "../connections/credential-state.ts";
import { invalidClient, OAuthError } from "../oauth/oauth-error.ts";
import { KeysUnavailable } from "./fetch-keys.ts";
import type { IssuerKeys } from "./issuer-keys.ts";
import type { FederatedCredential } from "./store.ts";

/** Public keys only: neither none, nor a secret in common, which a public key could be taken for. */
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
];

const clockToleranceSeconds = 60;
const longestSeconds = 24 * 3600;
const comeBackSeconds = 30;

type Surroundings = {
  readonly credentials: readonly FederatedCredential[];
  readonly keysOf: IssuerKeys;
  readonly now: Date;
};

/**
 * Finds the identity that an assertion is of, and checks that its issuer has signed it (RFC 7523 §3). What it claims is
 * compared first: no keys are fetched for what would be refused anyway.
 * @throws OAuthError 401 saying what is wrong without repeating what was sent, 503 when the issuer's keys cannot be had
 */
export const verifyAssertion = async (
  assertion: string,
  { credentials, keysOf, now }: Surroundings,
): Promise<FederatedCredential> => {
  const { alg, claims } = read(assertion);
  if (!algorithms.includes(alg))
    throw invalidClient(
      `The assertion is not signed as it must be: its alg is none of ${algorithms.join(", ")}.`,
    );
  const credential = match(claims, credentials);
  if (stateOfCredential(credential, now) !== "live")
    throw invalidClient("The federated credential was revoked.");
  const { issuer, audience, subject } = credential;
  const checked = { algorithms, issuer, audience, subject, requiredClaims: ["exp"] };
  try {
    const clock = { currentDate: now, clockTolerance: clockToleranceSeconds };
    const { payload } = await jwtVerify(assertion, keysOf(credential), { ...checked, ...clock });
    requireModestLife(payload, now);
    requireAgreement(payload, issuer);
    return credential;
  } catch (error) {
    throw toOAuthError(error);
  }
};

const read = (assertion: string): { alg: string; claims: JWTPayload } => {
  try {
    return {
      alg: decodeProtectedHeader(assertion).alg ?? "",
      claims: decodeJwt(assertion),
    };
  } catch {
    throw invalidClient("The client assertion is no JSON Web Token.");
  }
};

/** The identity that is claimed; the live one, where one was revoked and made again. */
const match = (
  { iss, sub, aud }: JWTPayload,
  credentials: readonly FederatedCredential[],
): FederatedCredential => {
  if (credentials.length === 0)
    throw invalidClient("The connection has no federated credential. Make one in Muster.");
  const ofIssuer = credentials.filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) throw other("issuer (iss)");
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofSubject.length === 0) throw other("subject (sub)");
  const ofAudience = ofSubject.filter(({ audience }) => [aud].flat().includes(audience));
  const [first] = ofAudience;
  if (first === undefined) throw other("audience (aud)");
  return ofAudience.find(({ revokedAt }) => revokedAt === null) ?? first;
};

const other = (claim: string) =>
  invalidClient(
    `The ${claim} of the assertion is another than in the connection's federated credentials.`,
  );

const requireModestLife = ({ exp = 0 }: JWTPayload, now: Date): void => {
  if (exp <= now.getTime() / 1000 + longestSeconds) return;
  throw invalidClient("The assertion lives longer than a day.");
};

const requireAgreement = (payload: JWTPayload, issuer: string): void => {
  for (const [claim, value] of Object.entries(claimsOfIssuer(issuer)))
    if (payload[claim] !== value)
      throw invalidClient(`The ${claim} of the assertion is not that of its issuer.`);
};

const toOAuthError = (error: unknown): unknown => {
  if (error instanceof KeysUnavailable || error instanceof errors.JWKSTimeout)
    return unavailable(
      error instanceof KeysUnavailable ? error.message : "It did not answer in time.",
    );
  if (error instanceof errors.JWTExpired) return invalidClient("The assertion has expired.");
  if (error instanceof errors.JWTClaimValidationFailed)
    return invalidClient(
      error.claim === "exp"
        ? "The assertion does not say when it expires (exp)."
        : "The assertion is not valid yet, or a time in it is none.",
    );
  if (error instanceof errors.JWKSNoMatchingKey)
    return invalidClient("The assertion is signed with a key that is none of its issuer's.");
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return invalidClient(
      "The assertion does not say with which of its issuer's keys (kid) it is signed.",
    );
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return invalidClient("The signature of the assertion is wrong.");
  if (
    error instanceof errors.JWKSInvalid ||
    (error instanceof errors.JOSEError && error.code === "ERR_JOSE_GENERIC")
  )
    return unavailable("What it sent is no JSON Web Key Set.");
  if (error instanceof errors.JOSEError || error instanceof TypeError)
    return invalidClient("The assertion cannot be checked with the key it names.");
  return error;
};

const unavailable = (why: string) =>
  new OAuthError(
    503,
    "temporarily_unavailable",
    `The keys of the issuer could not be had from their address. ${why}`,
    comeBackSeconds,
  );
