import { USER_SCHEMA } from "../urns.ts";
import type { ResourceType, Schema } from "./attribute.ts";
import { binary, boolean, complex, complexList, reference, string } from "./build.ts";
import { enterpriseUserSchema } from "./enterprise-user.ts";

const display = string("display", "A human-readable name, primarily used for display purposes.");
const primary = boolean(
  "primary",
  "Whether this is the preferred value of the attribute; true at most once.",
);
const kind = (canonicalValues?: readonly string[]) =>
  string(
    "type",
    "A label indicating the attribute's function.",
    canonicalValues ? { canonicalValues } : {},
  );

/** RFC 7643 §4.1, §8.7.1. `canonicalValues` after what Entra's validators expect (entra-wire §5.2). */
export const userAttributes = [
  string(
    "userName",
    "Unique identifier for the user, typically used by the user to directly authenticate to the service provider.",
    { required: true, uniqueness: "server" },
  ),
  complex("name", "The components of the user's real name.", [
    string("formatted", "The full name, formatted for display, e.g. 'Ms. Barbara J Jensen, III'."),
    string("familyName", "The family name of the user, or last name in most Western languages."),
    string("givenName", "The given name of the user, or first name in most Western languages."),
    string("middleName", "The middle name(s) of the user."),
    string("honorificPrefix", "The honorific prefix(es) of the user, or title, e.g. 'Ms.'."),
    string("honorificSuffix", "The honorific suffix(es) of the user, e.g. 'III'."),
  ]),
  string("displayName", "The name of the user, suitable for display to end-users."),
  string("nickName", "The casual way to address the user in real life, e.g. 'Bob' for 'Robert'."),
  reference("profileUrl", "A URL pointing to a page that represents the user's online profile.", {
    referenceTypes: ["external"],
  }),
  string("title", "The user's title, such as 'Vice President'."),
  string(
    "userType",
    "The relationship between the organization and the user, such as 'Contractor', 'Employee' or 'Intern'.",
  ),
  string(
    "preferredLanguage",
    "The user's preferred written or spoken language, as in the HTTP Accept-Language header.",
  ),
  string("locale", "The user's default location, for localizing currency, dates and numbers."),
  string(
    "timezone",
    "The user's time zone in the IANA database format, e.g. 'America/Los_Angeles'.",
  ),
  boolean("active", "The user's administrative status."),
  string("password", "The user's cleartext password, accepted to set it and never returned.", {
    caseExact: true,
    mutability: "writeOnly",
    returned: "never",
    published: false,
  }),
  complexList("emails", "Email addresses for the user.", [
    string("value", "An email address for the user."),
    { ...display, published: false },
    kind(["work", "home", "other"]),
    primary,
  ]),
  complexList("phoneNumbers", "Phone numbers for the user.", [
    string("value", "A phone number of the user."),
    display,
    kind(["work", "home", "mobile", "fax", "pager", "other"]),
    primary,
  ]),
  complexList("ims", "Instant messaging addresses for the user.", [
    string("value", "An instant messaging address for the user."),
    display,
    kind(["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"]),
    primary,
  ]),
  complexList("photos", "URLs of photos of the user.", [
    reference("value", "The URL of a photo of the user.", { referenceTypes: ["external"] }),
    display,
    kind(["photo", "thumbnail"]),
    primary,
  ]),
  complexList("addresses", "A physical mailing address for this user.", [
    string("formatted", "The full mailing address, formatted for display or a mailing label."),
    string("streetAddress", "The full street address component; may contain newlines."),
    string("locality", "The city or locality component."),
    string("region", "The state or region component."),
    string("postalCode", "The zip code or postal code component."),
    string("country", "The country name component."),
    kind(["work", "home", "other"]),
    primary,
  ]),
  complexList(
    "groups",
    "The groups to which the user belongs, directly or through nested groups.",
    [
      string("value", "The identifier of the user's group.", {
        caseExact: true,
        mutability: "readOnly",
      }),
      reference("$ref", "The URI of the group resource to which the user belongs.", {
        mutability: "readOnly",
        referenceTypes: ["User", "Group"],
      }),
      string("display", "A human-readable name of the group.", { mutability: "readOnly" }),
      string("type", "Whether the membership is direct or indirect.", {
        mutability: "readOnly",
        canonicalValues: ["direct", "indirect"],
      }),
    ],
    { mutability: "readOnly" },
  ),
  complexList("entitlements", "Entitlements for the user that represent a thing the user has.", [
    string("value", "The value of an entitlement."),
    display,
    kind(),
    primary,
  ]),
  complexList("roles", "Roles that collectively represent who the user is, e.g. 'Student'.", [
    string("value", "The value of a role."),
    display,
    kind(),
    primary,
  ]),
  complexList("x509Certificates", "X.509 certificates issued to the user.", [
    binary("value", "The value of an X.509 certificate."),
    display,
    kind(),
    primary,
  ]),
] as const;

/** The core schema of a user (RFC 7643 §4.1). */
export const userSchema: Schema = {
  id: USER_SCHEMA,
  name: "User",
  description: "User Account",
  attributes: userAttributes,
};

/** `/Users`: the core schema of a user, with the enterprise extension. */
export const userResourceType: ResourceType = {
  name: "User",
  endpoint: "/Users",
  description: "User Account",
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
};
