import { ENTERPRISE_USER_SCHEMA } from "../urns.ts";
import type { Schema } from "./attribute.ts";
import { complex, reference, string } from "./build.ts";

/** RFC 7643 §4.3, §8.7.1. */
export const enterpriseUserAttributes = [
  string(
    "employeeNumber",
    "Numeric or alphanumeric identifier assigned to a person by the organization.",
  ),
  string("costCenter", "Identifies the name of a cost center."),
  string("organization", "Identifies the name of an organization."),
  string("division", "Identifies the name of a division."),
  string("department", "Identifies the name of a department."),
  complex("manager", "The user's manager.", [
    string("value", "The id of the SCIM resource representing the user's manager.", {
      caseExact: true,
    }),
    reference("$ref", "The URI of the SCIM resource representing the user's manager.", {
      referenceTypes: ["User"],
    }),
    string("displayName", "The displayName of the user's manager.", { mutability: "readOnly" }),
  ]),
] as const;

/** The enterprise extension of a user (RFC 7643 §4.3). */
export const enterpriseUserSchema: Schema = {
  id: ENTERPRISE_USER_SCHEMA,
  name: "EnterpriseUser",
  description: "Enterprise User",
  attributes: enterpriseUserAttributes,
};
