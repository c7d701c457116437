import { complex, dateTime, listOf, reference, string } from "./build.ts";

/** The attributes every resource has (RFC 7643 §3, §3.1). Not part of any schema document. */
export const commonAttributes = [
  listOf(
    reference("schemas", "The URNs of the schemas that the resource's attributes belong to.", {
      mutability: "readOnly",
      returned: "always",
      referenceTypes: ["uri"],
    }),
  ),
  string("id", "A unique identifier for the resource, issued by the service provider.", {
    caseExact: true,
    mutability: "readOnly",
    returned: "always",
    uniqueness: "server",
  }),
  string("externalId", "An identifier for the resource as defined by the provisioning client.", {
    caseExact: true,
  }),
  complex(
    "meta",
    "Metadata of the resource, maintained by the service provider.",
    [
      string("resourceType", "The name of the resource type.", {
        caseExact: true,
        mutability: "readOnly",
      }),
      dateTime("created", "When the resource was added.", { mutability: "readOnly" }),
      dateTime("lastModified", "When the resource was last changed.", { mutability: "readOnly" }),
      reference("location", "The URI of the resource.", { mutability: "readOnly" }),
      string("version", "The version of the resource, equal to its ETag.", {
        caseExact: true,
        mutability: "readOnly",
      }),
    ],
    { mutability: "readOnly" },
  ),
] as const;
