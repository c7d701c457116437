import { ENTERPRISE_USER_SCHEMA, foldCase, type Resource } from "@muster/scim";
import { employeeKey, type DirectoryUserWrite } from "#directory";
import type { Spoken } from "../dialect/dialect.ts";
import { facetsOf } from "./facets.ts";
import { foldDocument, nameKey, sortText } from "./folded.ts";
import { metaOf, type StoredResource } from "./meta.ts";
import { requireModest } from "./require-modest.ts";

/**
 * A SCIM user as the mirror keeps it: the document as sent, and beside it what is searched or decided by.
 * @throws ScimError for one that is too large
 */
export const toDirectoryUser = (
  { connection, dialect: { user: type } }: Spoken,
  id: string,
  resource: Resource,
): DirectoryUserWrite => {
  const { id: _id, meta: _meta, groups: _groups, password: _password, ...attributes } = resource;
  requireModest(attributes);
  const userName = String(resource["userName"]);
  const active = resource["active"] !== false;
  const document = { ...attributes, active };
  const name = nameOf(resource) ?? userName;
  const searched = { id, ...document };
  const folded = foldDocument(type, searched);
  const employeeNumber = employeeNumberOf(document);
  return {
    id,
    connectionId: connection.id,
    userName,
    userNameKey: foldCase(userName),
    externalId: text(resource.externalId),
    displayName: text(resource["displayName"]),
    displayNameSort: sortText(folded["displayName"]),
    name,
    email: emailOf(resource) ?? (userName.includes("@") ? userName : null),
    active,
    employeeKey: employeeNumber === null ? null : employeeKey(employeeNumber),
    document,
    facets: facetsOf(connection.id, type, searched),
    folded: { ...folded, [nameKey]: foldCase(name) },
  };
};

/** The SCIM user that a mirror row stands for: what was sent, with id, meta and the groups they are in. */
export const toUserResource = (
  row: StoredResource,
  base: string,
  groups?: readonly { id: string; name: string }[],
): Resource => {
  const { schemas, ...attributes } = row.document as Resource;
  return {
    schemas,
    id: row.id,
    ...attributes,
    ...(groups !== undefined &&
      groups.length > 0 && {
        groups: groups.map((group) => ({
          value: group.id,
          $ref: `${base}/Groups/${group.id}`,
          display: group.name,
          type: "direct",
        })),
      }),
    meta: metaOf("User", row, base),
  };
};

/** The number that an employer knows a person by, if the directory says it. */
export const employeeNumberOf = (document: object): string | null => {
  const extension = (document as Record<string, unknown>)[ENTERPRISE_USER_SCHEMA];
  return text((extension as Record<string, unknown> | undefined)?.["employeeNumber"]);
};

/** What to call a person: what they are shown as, else their name, else nothing. */
const nameOf = (resource: Resource): string | null => {
  const name = resource["name"] as Record<string, unknown> | undefined;
  const parts = [text(name?.["givenName"]), text(name?.["familyName"])].filter(
    (part) => part !== null,
  );
  return text(resource["displayName"]) ?? text(name?.["formatted"]) ?? text(parts.join(" "));
};

/** Where to write to a person: the primary address, else the one at work, else the first. */
const emailOf = (resource: Resource): string | null => {
  const emails = (resource["emails"] ?? []) as {
    value?: unknown;
    type?: unknown;
    primary?: unknown;
  }[];
  const best =
    emails.find(({ primary, value }) => primary === true && text(value) !== null) ??
    emails.find(({ type, value }) => type === "work" && text(value) !== null) ??
    emails.find(({ value }) => text(value) !== null);
  return text(best?.value);
};

const text = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value : null;
