import type { Organisations, OrgId, Transaction } from "#tenancy";
import type { Admission, Visit } from "../admission/admission.ts";
import { findRequestLimit } from "../admission/store.ts";
import { Throttled } from "../admission/throttled.ts";
import type { Locate } from "../connections/locate.ts";
import type { IssuerKeys } from "../federation/issuer-keys.ts";
import { listFederated } from "../federation/store.ts";
import { verifyAssertion } from "../federation/verify-assertion.ts";
import type { Recorder } from "../log/recorder.ts";
import { grantForIdentity, grantForSecret } from "./grant-access.ts";
import { invalidClient, OAuthError } from "./oauth-error.ts";
import type { ClientCredentials } from "./read-token-request.ts";
import type { WrongCredentials } from "./wrong-credentials.ts";

export type Needs = {
  readonly organisations: Organisations;
  readonly recorder: Recorder;
  readonly admission: Admission;
  readonly locate: Locate;
  readonly wrong: WrongCredentials;
  readonly keysOf: IssuerKeys;
};

/**
 * Gives a client an access token. Its work waits for its turn among the SCIM requests, so that one client's flood is
 * behind itself.
 * @param from the address it is asked from
 * @throws OAuthError 401, 429 when wrong credentials came too often or there is no room, 503 without the issuer's keys
 */
export const giveToken = async (
  needs: Needs,
  credentials: ClientCredentials,
  from: string,
): Promise<string> => {
  try {
    return await tryCredentials(needs, credentials, from);
  } catch (error) {
    if (!(error instanceof Throttled)) throw error;
    const { message, retryAfterSeconds } = error;
    throw new OAuthError(429, "temporarily_unavailable", message, retryAfterSeconds);
  }
};

const tryCredentials = async (
  needs: Needs,
  credentials: ClientCredentials,
  from: string,
): Promise<string> => {
  const { admission, recorder, wrong } = needs;
  const connectionId = credentials.clientId.toLowerCase();
  const authorization = `client ${credentials.secret ?? credentials.assertion}`;
  const visit = await admission.arrive({ connectionId, authorization });
  const orgId = await admission.run(visit, () => needs.locate(connectionId));
  if (orgId === undefined)
    throw await wrong.count(
      { address: from, connectionId: undefined },
      invalidClient("There is no such client. Copy Client ID from Muster again."),
    );
  const client = { orgId, connectionId };
  try {
    const { token, credentialId } = await authenticate(needs, { visit, client, credentials });
    const activity = { connectionId, requestAt: new Date() };
    recorder.note({ orgId, activity, tokenId: credentialId });
    return token;
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    noteRefusal(recorder, client, { reason: error.message, from });
    throw error.status === 401 ? await wrong.count({ address: from, connectionId }, error) : error;
  }
};

type Client = { readonly orgId: OrgId; readonly connectionId: string };
type Asked = {
  readonly visit: Visit;
  readonly client: Client;
  readonly credentials: ClientCredentials;
};

const authenticate = async (needs: Needs, asked: Asked) => {
  const { secret } = asked.credentials;
  const { connectionId } = asked.client;
  if (secret !== undefined)
    return grant(needs, asked, (tx) => grantForSecret(tx, connectionId, secret));
  const credentialId = await identify(needs, asked);
  return grant(needs, asked, (tx) => grantForIdentity(tx, connectionId, credentialId));
};

/** Finds the identity of an assertion. While its issuer's keys are fetched, nobody waits for that but who asks. */
const identify = async (
  { admission, organisations, keysOf }: Needs,
  { visit, client: { orgId, connectionId }, credentials: { assertion = "" } }: Asked,
): Promise<string> => {
  const known = await admission.run(visit, () =>
    organisations.within(orgId, (tx) => listFederated(tx, connectionId)),
  );
  const now = new Date();
  return (await verifyAssertion(assertion, { credentials: known, keysOf, now })).id;
};

const grant = <Granted>(
  { admission, organisations }: Needs,
  { visit, client: { orgId, connectionId } }: Asked,
  work: (tx: Transaction) => Promise<Granted>,
): Promise<Granted> =>
  admission.run(visit, async () => {
    const [granted, limit] = await organisations.within(orgId, (tx) =>
      Promise.all([work(tx), findRequestLimit(tx, connectionId)]),
    );
    admission.recognise(visit, { orgId, connectionId, limit });
    return granted;
  });

const noteRefusal = (
  recorder: Recorder,
  { orgId, connectionId }: Client,
  { reason, from }: { readonly reason: string; readonly from: string },
): void => {
  recorder.note({
    orgId,
    activity: {
      connectionId,
      refusedAt: new Date(),
      refusedReason: reason,
      refusedFrom: from,
    },
  });
};
