import { enterpriseUser } from "../scim/urns.ts";
import type { MappingRow, MappingTable } from "./model.ts";

export type Preset = "mail" | "upn" | "recommended";

/** Entra's default user mapping (§4.1, rows 2 to 22); row 1, the user name, is what the presets choose. */
const defaultUserRows: readonly MappingRow[] = [
  {
    type: "Expression",
    source: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    target: "active",
    targetType: "Boolean",
  },
  { source: "displayName", target: "displayName" },
  { source: "jobTitle", target: "title" },
  { source: "mail", target: 'emails[type eq "work"].value' },
  { source: "preferredLanguage", target: "preferredLanguage" },
  { source: "givenName", target: "name.givenName" },
  { source: "surname", target: "name.familyName" },
  { type: "Expression", source: 'Join(" ", [givenName], [surname])', target: "name.formatted" },
  { source: "physicalDeliveryOfficeName", target: 'addresses[type eq "work"].formatted' },
  { source: "streetAddress", target: 'addresses[type eq "work"].streetAddress' },
  { source: "city", target: 'addresses[type eq "work"].locality' },
  { source: "state", target: 'addresses[type eq "work"].region' },
  { source: "postalCode", target: 'addresses[type eq "work"].postalCode' },
  { source: "country", target: 'addresses[type eq "work"].country' },
  { source: "telephoneNumber", target: 'phoneNumbers[type eq "work"].value' },
  { source: "mobile", target: 'phoneNumbers[type eq "mobile"].value' },
  { source: "facsimileTelephoneNumber", target: 'phoneNumbers[type eq "fax"].value' },
  { source: "mailNickname", target: "externalId" },
  { source: "employeeId", target: `${enterpriseUser}:employeeNumber` },
  { source: "department", target: `${enterpriseUser}:department` },
  { source: "manager", target: `${enterpriseUser}:manager`, targetType: "Reference" },
];

const groupRows: readonly MappingRow[] = [
  { source: "displayName", target: "displayName", matchingPriority: 1 },
  { source: "objectId", target: "externalId" },
  { source: "members", target: "members", targetType: "Reference" },
];

/**
 * The shipped mapping tables: `mail` for products that sign people in by mail address, `upn` as Entra ships it, and
 * `recommended` as `mail` with the object id for `externalId`: a nickname changes with the name and may be given anew.
 */
export const presets: Readonly<Record<Preset, MappingTable>> = {
  mail: presetFor("mail"),
  upn: presetFor("userPrincipalName"),
  recommended: withObjectId(presetFor("mail")),
};

function presetFor(source: string): MappingTable {
  const userName: MappingRow = { source, target: "userName", matchingPriority: 1 };
  return {
    users: { attributes: [userName, ...defaultUserRows] },
    groups: { attributes: groupRows },
  };
}

function withObjectId({ users, groups }: MappingTable): MappingTable {
  const attributes = users.attributes.map((row) =>
    row.target === "externalId" ? { ...row, source: "objectId" } : row,
  );
  return { users: { attributes }, groups };
}
