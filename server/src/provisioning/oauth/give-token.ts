import type { Organisations, OrgId } from "#tenancy";
import type { Admission } from "../admission/admission.ts";
import { findRequestLimit } from "../admission/store.ts";
import { Throttled } from "../admission/throttled.ts";
import type { Locate } from "../connections/locate.ts";
import type { Recorder } from "../log/recorder.ts";
import { grantAccess } from "./grant-access.ts";
import { invalidClient, OAuthError } from "./oauth-error.ts";
import type { ClientCredentials } from "./read-token-request.ts";
import type { WrongCredentials } from "./wrong-credentials.ts";

export type Needs = {
  readonly organisations: Organisations;
  readonly recorder: Recorder;
  readonly admission: Admission;
  readonly locate: Locate;
  readonly wrong: WrongCredentials;
};

/**
 * Gives a client an access token. It waits for its turn among the SCIM requests: one client's flood is behind itself.
 * @throws OAuthError 401, or 429 when wrong credentials came too often or there is no room
 */
export const giveToken = async (
  { admission, ...needs }: Needs,
  { clientId, secret }: ClientCredentials,
  from: string,
): Promise<string> => {
  const connectionId = clientId.toLowerCase();
  const authorization = `client ${secret}`;
  try {
    const visit = await admission.arrive({ connectionId, authorization });
    return await admission.run(visit, async () => {
      const { token, ...known } = await tryCredentials(needs, { connectionId, secret, from });
      admission.recognise(visit, { ...known, connectionId });
      return token;
    });
  } catch (error) {
    if (!(error instanceof Throttled)) throw error;
    const { message, retryAfterSeconds } = error;
    throw new OAuthError(429, "temporarily_unavailable", message, retryAfterSeconds);
  }
};

type Tried = { readonly connectionId: string; readonly secret: string; readonly from: string };

const tryCredentials = async (
  { organisations, recorder, locate, wrong }: Omit<Needs, "admission">,
  { connectionId, secret, from }: Tried,
) => {
  const orgId = await locate(connectionId);
  if (orgId === undefined)
    throw await wrong.count(
      { address: from, connectionId: undefined },
      invalidClient("There is no such client. Copy Client ID from Muster again."),
    );
  try {
    const [{ token, secretId }, limit] = await organisations.within(orgId, (tx) =>
      Promise.all([grantAccess(tx, connectionId, secret), findRequestLimit(tx, connectionId)]),
    );
    recorder.note({
      orgId,
      activity: { connectionId, requestAt: new Date() },
      tokenId: secretId,
    });
    return { token, orgId, limit };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    noteRefusal(recorder, { orgId, connectionId, from }, error);
    throw await wrong.count({ address: from, connectionId }, error);
  }
};

type Refused = { readonly orgId: OrgId; readonly connectionId: string; readonly from: string };

const noteRefusal = (recorder: Recorder, refused: Refused, { message }: OAuthError): void => {
  const { orgId, connectionId, from } = refused;
  recorder.note({
    orgId,
    activity: {
      connectionId,
      refusedAt: new Date(),
      refusedReason: message,
      refusedFrom: from,
    },
  });
};
