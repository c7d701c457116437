import { createHash, randomBytes } from "node:crypto";
import { asOrgId, isId, type OrgId } from "#tenancy";

export const hashSecret = (text: string): Buffer => createHash("sha256").update(text).digest();

/** 256 random bits. */
export const newSecret = (): { text: string; hash: Buffer } => {
  const text = randomBytes(32).toString("base64url");
  return { text, hash: hashSecret(text) };
};

/**
 * A secret that says which organisation it is of, so that it can be looked up inside that organisation's fence:
 * `<the 16 bytes of its id>.<256 random bits>`, both base64url.
 */
export const newSecretOf = (orgId: OrgId): { text: string; hash: Buffer } => {
  const organisation = Buffer.from(orgId.replaceAll("-", ""), "hex").toString("base64url");
  const text = `${organisation}.${newSecret().text}`;
  return { text, hash: hashSecret(text) };
};

/** Which organisation to look in for a secret; undefined when the text is none of ours. */
export const readSecret = (text: string): { orgId: OrgId; hash: Buffer } | undefined => {
  const [organisation] = /^[\w-]{22}(?=\.[\w-]{43}$)/.exec(text) ?? [];
  if (organisation === undefined) return undefined;
  const id = Buffer.from(organisation, "base64url")
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isId(id) ? { orgId: asOrgId(id), hash: hashSecret(text) } : undefined;
};
