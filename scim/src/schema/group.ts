import { GROUP_SCHEMA } from "../urns.ts";
import type { ResourceType, Schema } from "./attribute.ts";
import { complexList, reference, string } from "./build.ts";

/** RFC 7643 §4.2, §8.7.1. */
export const groupAttributes = [
  string("displayName", "A human-readable name for the group.", { required: true }),
  complexList("members", "A list of members of the group.", [
    string("value", "The identifier of the member of this group.", {
      caseExact: true,
      mutability: "immutable",
    }),
    reference("$ref", "The URI of the SCIM resource that is the member of this group.", {
      mutability: "immutable",
      referenceTypes: ["User", "Group"],
    }),
    string("type", "A label indicating the type of resource, e.g. 'User' or 'Group'.", {
      mutability: "immutable",
      canonicalValues: ["User", "Group"],
    }),
    string("display", "A human-readable name of the member.", { mutability: "readOnly" }),
  ]),
] as const;

/** The core schema of a group (RFC 7643 §4.2). */
export const groupSchema: Schema = {
  id: GROUP_SCHEMA,
  name: "Group",
  description: "Group",
  attributes: groupAttributes,
};

/** `/Groups`: the core schema of a group. */
export const groupResourceType: ResourceType = {
  name: "Group",
  endpoint: "/Groups",
  description: "Group",
  schema: groupSchema,
  extensions: [],
};
