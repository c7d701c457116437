import { createHash } from "node:crypto";

const schemas = {
  user: "urn:ietf:params:scim:schemas:core:2.0:User",
  enterprise: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  group: "urn:ietf:params:scim:schemas:core:2.0:Group",
  patch: "urn:ietf:params:scim:api:messages:2.0:PatchOp",
};

const numbered = (index: number): string => String(index).padStart(7, "0");

export const userNameOf = (index: number): string => `person.${numbered(index)}@bench.example`;
/** As in most directories the mail address is the sign-in name; one peer looks for userName among the addresses. */
export const emailOf = (index: number): string => userNameOf(index);
export const familyNameOf = (index: number): string => `Family-${numbered(index)}`;

/** Entra's object ids are GUIDs; these are the same in every run. */
export const externalIdOf = (index: number): string => {
  const hex = createHash("sha256").update(String(index)).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
};

/** POST /Users as Entra's default mappings make it, some 950 bytes. */
export const personBody = (index: number): object => ({
  schemas: [schemas.user, schemas.enterprise],
  externalId: externalIdOf(index),
  userName: userNameOf(index),
  active: true,
  displayName: `Given Family ${index}`,
  title: "Analyst",
  preferredLanguage: "en-GB",
  emails: [{ primary: true, type: "work", value: emailOf(index) }],
  meta: { resourceType: "User" },
  name: {
    formatted: `Given Family ${index}`,
    familyName: familyNameOf(index),
    givenName: "Given",
  },
  addresses: [
    {
      primary: false,
      type: "work",
      country: "PT",
      formatted: "B2-14",
      locality: "Porto",
      postalCode: "4000-001",
      region: "Norte",
      streetAddress: "Rua 1",
    },
  ],
  phoneNumbers: [
    { primary: true, type: "work", value: "+351 22 000 0000" },
    { primary: false, type: "mobile", value: "+351 91 000 0000" },
  ],
  [schemas.enterprise]: { employeeNumber: `E-${index}`, department: "Finance" },
});

export const groupBody = (name: string): object => ({
  schemas: [schemas.group],
  externalId: createHash("md5").update(name).digest("hex"),
  displayName: name,
  meta: { resourceType: "Group" },
});

type Operation = { readonly op: string; readonly path: string; readonly value: unknown };

const patchBody = (operations: readonly Operation[]): object => ({
  schemas: [schemas.patch],
  Operations: operations,
});

/** A change of three attributes, in three kinds of path: plain, by value filter, in an extension. */
export const changeBody = (index: number, round: number): object =>
  patchBody([
    { op: "Replace", path: "displayName", value: `Given Family ${index} (${round})` },
    { op: "Replace", path: 'emails[type eq "work"].value', value: emailOf(index) },
    { op: "Add", path: `${schemas.enterprise}:department`, value: `Audit ${round}` },
  ]);

export const replaceBody = (path: string, value: unknown): object =>
  patchBody([{ op: "Replace", path, value }]);

export const membersBody = (op: "Add" | "Remove", ids: readonly string[]): object =>
  patchBody([{ op, path: "members", value: ids.map((value) => ({ $ref: null, value })) }]);
