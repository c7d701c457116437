import type { ClientSecret, Token } from "../../api/contract.ts";

/** What a connection is opened with: a token, or a client secret that Entra gets tokens for. */
export type Credential = Token | ClientSecret;
export type CredentialKind = "token" | "secret";

/** How each is called, here and in Entra. */
export const kinds = {
  token: {
    path: "tokens",
    heading: "Tokens",
    label: "Token",
    hint: "Entra calls it Secret token.",
    make: "Make a token",
    made: "Make the token",
    full: "Two tokens are live. Revoke one first.",
    none: "No token works now. Unless Entra signs in in one of the ways below, it is refused until you make one and paste it there.",
    last: "It is the only live token: from this moment Entra is refused and nobody is created, changed or disabled until you make another one and paste it into Entra.",
  },
  secret: {
    path: "client-secrets",
    heading: "Client secrets",
    label: "Client secret",
    hint: "Entra calls it Client secret.",
    make: "Make a client secret",
    made: "Make the secret",
    full: "Two client secrets are live. Revoke one first.",
    none: "There is none. Make one to let Entra sign in this way.",
    last: "It is the only live client secret, and the access tokens that were given for it end too: from this moment Entra is refused, unless it uses a token.",
  },
} as const satisfies Record<CredentialKind, Record<string, string>>;
