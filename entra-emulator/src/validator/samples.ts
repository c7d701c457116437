import { draftUser, enterpriseSchema, makeNonce } from "./check.ts";

/** A user with every attribute Entra's default mapping knows, every value new. */
export function sampleUser(): Record<string, unknown> & { userName: string } {
  const nonce = makeNonce();
  return draftUser({
    externalId: nonce,
    displayName: `Ana ${nonce}`,
    title: `Title ${nonce}`,
    preferredLanguage: "pt-PT",
    emails: [{ primary: true, type: "work", value: `${nonce}@contoso.test` }],
    name: { formatted: `Ana Ito ${nonce}`, familyName: `Ito ${nonce}`, givenName: "Ana" },
    addresses: [
      {
        type: "work",
        formatted: `B2-${nonce}`,
        streetAddress: `Rua 1 ${nonce}`,
        locality: "Porto",
        region: "Norte",
        postalCode: "4000-001",
        country: "PT",
      },
    ],
    phoneNumbers: [
      { primary: true, type: "work", value: "+351 22 000 0000" },
      { type: "mobile", value: "+351 91 000 0000" },
      { type: "fax", value: "+351 22 000 0001" },
    ],
    // The validator sends this one `primary` as a text (§5.1).
    roles: [{ primary: "True", display: "Admin", value: `admin-${nonce}`, type: "app" }],
    [enterpriseSchema]: { employeeNumber: `E-${nonce}`, department: "Finance" },
  });
}

/** The validator's attributes by path, each with a new value (§5.1, U9). */
export function verboseValues(): Readonly<Record<string, string | boolean>> {
  const nonce = makeNonce();
  // Capitals, an accent and a space: what a server that "tidies" values gives away.
  const text = (name: string): string => `${name} Örn ${nonce}`;
  const enterprise = (name: string): [string, string] => [
    `${enterpriseSchema}:${name}`,
    text(name),
  ];
  return {
    displayName: text("displayName"),
    nickName: text("nickName"),
    profileUrl: `https://contoso.test/${nonce}`,
    title: text("title"),
    userType: text("userType"),
    preferredLanguage: "sv-SE",
    locale: "sv-SE",
    timezone: "Europe/Stockholm",
    externalId: nonce,
    "name.formatted": text("formatted"),
    "name.familyName": text("familyName"),
    "name.givenName": text("givenName"),
    "name.middleName": text("middleName"),
    "name.honorificPrefix": text("honorificPrefix"),
    "name.honorificSuffix": text("honorificSuffix"),
    'emails[type eq "work"].value': `${nonce}@contoso.test`,
    'emails[type eq "work"].primary': true,
    'phoneNumbers[type eq "work"].value': `+46 1 ${nonce}`,
    'phoneNumbers[type eq "mobile"].value': `+46 2 ${nonce}`,
    'phoneNumbers[type eq "fax"].value': `+46 3 ${nonce}`,
    'addresses[type eq "work"].formatted': text("address"),
    'addresses[type eq "work"].streetAddress': text("street"),
    'addresses[type eq "work"].locality': text("locality"),
    'addresses[type eq "work"].region': text("region"),
    'addresses[type eq "work"].postalCode': text("postalCode"),
    'addresses[type eq "work"].country': "SE",
    'roles[primary eq "True"].display': text("role display"),
    'roles[primary eq "True"].value': text("role"),
    'roles[primary eq "True"].type': text("role type"),
    ...Object.fromEntries(
      ["employeeNumber", "department", "costCenter", "organization", "division"].map(enterprise),
    ),
  };
}
