import { ENTERPRISE_USER_SCHEMA } from "@muster/scim";

/** Where Entra takes a value from, as its mapping editor and Microsoft Graph's attributeMappingSource say it. */
export type MappingSource =
  | { readonly attribute: string }
  | { readonly constant: string }
  | {
      readonly function: string;
      /** In order; null is an argument left out. */
      readonly parameters: readonly (readonly [key: string, value: MappingSource | null])[];
    };

export type MappingLevel = "required" | "recommended" | "optional";

export type MappedAttribute = {
  /** The SCIM path, as Entra writes it. */
  readonly target: string;
  readonly source: MappingSource;
  readonly precedence?: number;
  readonly level: MappingLevel;
  /** What Muster makes of it. */
  readonly use: string;
};

const from = (attribute: string): MappingSource => ({ attribute });
const constant = (text: string): MappingSource => ({ constant: text });
const enterprise = (name: string) => `${ENTERPRISE_USER_SCHEMA}:${name}`;
const address = (sub: string) => `addresses[type eq "work"].${sub}`;
const phone = (type: string) => `phoneNumbers[type eq "${type}"].value`;

/** Mail where somebody has one: Entra skips people whose matching attribute is empty. */
const mailOrName: MappingSource = {
  function: "Coalesce",
  parameters: [
    ["source1", from("mail")],
    ["source2", from("userPrincipalName")],
  ],
};

/** True for people who are disabled, unassigned, out of scope or deleted; Entra's own default row, turned round. */
const notSoftDeleted: MappingSource = {
  function: "Switch",
  parameters: [
    ["source", from("IsSoftDeleted")],
    ["defaultValue", null],
    ["key1", constant("False")],
    ["value1", constant("True")],
    ["key2", constant("True")],
    ["value2", constant("False")],
  ],
};

const bothNames: MappingSource = {
  function: "Join",
  parameters: [
    ["separator", constant(" ")],
    ["source1", from("givenName")],
    ["source2", from("surname")],
  ],
};

const shown = "Kept and shown";

/** Entra's default mapping of users (entra-wire §4.1), with what Muster wants otherwise: userName and externalId. */
export const userSources: readonly MappedAttribute[] = [
  {
    target: "userName",
    source: mailOrName,
    precedence: 1,
    level: "required",
    use: "The user name, and what a person is matched by",
  },
  {
    target: "active",
    source: notSoftDeleted,
    level: "required",
    use: "Disabled when false. accountEnabled would miss people who are unassigned",
  },
  {
    target: "externalId",
    source: from("objectId"),
    level: "recommended",
    use: "The link to the person; it never changes, as mailNickname may",
  },
  {
    target: "displayName",
    source: from("displayName"),
    level: "recommended",
    use: "The name shown",
  },
  {
    target: 'emails[type eq "work"].value',
    source: from("mail"),
    level: "recommended",
    use: "The e-mail address, and how people who were here before are found",
  },
  {
    target: enterprise("employeeNumber"),
    source: from("employeeId"),
    level: "recommended",
    use: "How somebody is recognised who comes back, or was here before",
  },
  {
    target: "name.givenName",
    source: from("givenName"),
    level: "optional",
    use: "The name shown where there is no display name",
  },
  {
    target: "name.familyName",
    source: from("surname"),
    level: "optional",
    use: "The name shown where there is no display name",
  },
  { target: "name.formatted", source: bothNames, level: "optional", use: shown },
  { target: "title", source: from("jobTitle"), level: "optional", use: shown },
  {
    target: enterprise("department"),
    source: from("department"),
    level: "optional",
    use: shown,
  },
  { target: enterprise("manager"), source: from("manager"), level: "optional", use: shown },
  { target: "preferredLanguage", source: from("preferredLanguage"), level: "optional", use: shown },
  {
    target: address("formatted"),
    source: from("physicalDeliveryOfficeName"),
    level: "optional",
    use: shown,
  },
  {
    target: address("streetAddress"),
    source: from("streetAddress"),
    level: "optional",
    use: shown,
  },
  { target: address("locality"), source: from("city"), level: "optional", use: shown },
  { target: address("region"), source: from("state"), level: "optional", use: shown },
  { target: address("postalCode"), source: from("postalCode"), level: "optional", use: shown },
  { target: address("country"), source: from("country"), level: "optional", use: shown },
  { target: phone("work"), source: from("telephoneNumber"), level: "optional", use: shown },
  { target: phone("mobile"), source: from("mobile"), level: "optional", use: shown },
  { target: phone("fax"), source: from("facsimileTelephoneNumber"), level: "optional", use: shown },
];

export const groupSources: readonly MappedAttribute[] = [
  {
    target: "displayName",
    source: from("displayName"),
    precedence: 1,
    level: "required",
    use: "The group's name, and what it is matched by",
  },
  {
    target: "externalId",
    source: from("objectId"),
    level: "recommended",
    use: "A group of the same name with another id is another group",
  },
  {
    target: "members",
    source: from("members"),
    level: "required",
    use: "Who gets what the group gives",
  },
];

/** A source as the mapping editor shows it. */
export const expressionOf = (source: MappingSource): string => {
  if ("attribute" in source) return `[${source.attribute}]`;
  if ("constant" in source) return JSON.stringify(source.constant);
  const parameters = source.parameters.map(([, value]) =>
    value === null ? "" : expressionOf(value),
  );
  return `${source.function}(${parameters.join(", ")})`;
};
