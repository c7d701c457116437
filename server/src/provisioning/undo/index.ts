import type { Jobs } from "#jobs";
import type { AnyReversal, Irreversible } from "#ledger";
import { attributeDefinitions } from "./attributes.ts";
import { mutedChecks } from "./checks.ts";
import { connectionName, connectionSwitches, logRetention, requestLimit } from "./settings.ts";

/** How the deeds of this module are undone. */
export const provisioningReversals = (jobs: Jobs): AnyReversal[] => [
  connectionName,
  connectionSwitches,
  requestLimit,
  logRetention,
  attributeDefinitions(jobs),
  mutedChecks,
];

export const provisioningIrreversible: Irreversible[] = [
  {
    actions: ["connection.token-created", "connection.client-secret-created"],
    why: "A secret that was given out stays known. Revoke it on the connection's page.",
  },
  {
    actions: [
      "connection.token-revoked",
      "connection.client-secret-revoked",
      "connection.federated-credential-revoked",
    ],
    why: "What was revoked stays revoked. Make a new one, and paste it into the identity provider.",
  },
  {
    actions: ["connection.federated-credential-created"],
    why: "An identity that was let in may hold access tokens. Revoke it on the connection's page, which ends them.",
  },
  {
    actions: ["connection.created"],
    why: "A connection stays, with the people it brought. Revoke its tokens to stop it.",
  },
  {
    actions: ["user.changed"],
    why: "People were read anew after an attribute was defined otherwise, and are again when that is undone.",
    isConsequence: true,
  },
];
