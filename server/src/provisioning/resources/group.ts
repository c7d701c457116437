import { foldCase, type Resource } from "@muster/scim";
import type { DirectoryGroupWrite, Member } from "#directory";
import type { Spoken } from "../dialect/dialect.ts";
import { facetsOf } from "./facets.ts";
import { foldDocument } from "./folded.ts";
import { metaOf, type StoredResource } from "./meta.ts";
import { requireModest } from "./require-modest.ts";

/**
 * A SCIM group as the mirror keeps it. Its members are rows of their own.
 * @throws ScimError for one that is too large
 */
export const toDirectoryGroup = (
  { connection, dialect: { group: type } }: Spoken,
  id: string,
  resource: Resource,
): DirectoryGroupWrite => {
  const { id: _id, meta: _meta, members: _members, ...document } = resource;
  requireModest(document);
  const displayName = String(resource["displayName"]);
  const searched = { id, ...document };
  return {
    id,
    connectionId: connection.id,
    displayName,
    displayNameKey: foldCase(displayName),
    externalId: typeof resource.externalId === "string" ? resource.externalId : null,
    document,
    facets: facetsOf(connection.id, type, searched),
    folded: foldDocument(type, searched),
  };
};

/** The SCIM group that a mirror row stands for; without `members` where nobody asked for them. */
export const toGroupResource = (
  row: StoredResource,
  base: string,
  members?: readonly Member[],
): Resource => {
  const { schemas, ...attributes } = row.document as Resource;
  return {
    schemas,
    id: row.id,
    ...attributes,
    ...(members !== undefined && {
      members: members.map(({ id, kind, name }) => ({
        value: id,
        $ref: `${base}/${kind}s/${id}`,
        type: kind,
        ...(name !== null && { display: name }),
      })),
    }),
    meta: metaOf("Group", row, base),
  };
};
