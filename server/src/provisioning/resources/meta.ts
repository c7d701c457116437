import type { Meta } from "@muster/scim";

/** What the mirror has of a resource. */
export type StoredResource = {
  readonly id: string;
  readonly document: unknown;
  readonly version: number;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

/** RFC 7643 §3.1. The version is a weak ETag. */
export const metaOf = (
  resourceType: "User" | "Group",
  row: StoredResource,
  base: string,
): Meta => ({
  resourceType,
  created: row.createdAt.toISOString(),
  lastModified: row.modifiedAt.toISOString(),
  location: `${base}/${resourceType}s/${row.id}`,
  version: `W/"${row.version}"`,
});
