/**
 * Entra signs for all of its tenants with the same keys, and says the tenant twice: in the issuer and in `tid`. Both must
 * be the tenant that was agreed on. There is no switch for it: it only ever refuses.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer
 */
export const claimsOfIssuer = (issuer: string): Readonly<Record<string, string>> => {
  const tid = /^https:\/\/login\.microsoftonline\.(?:com|us)\/([0-9a-f-]{36})\/v2\.0$/.exec(
    issuer,
  )?.[1];
  return tid === undefined ? {} : { tid };
};
