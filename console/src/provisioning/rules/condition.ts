import type { MappingDraft } from "../../api/contract.ts";

export type Condition = NonNullable<MappingDraft["attribute"]>;

export const operators: { value: Condition["operator"]; label: string }[] = [
  { value: "is", label: "is any of" },
  { value: "starts-with", label: "starts with" },
  { value: "ends-with", label: "ends with" },
  { value: "domain", label: "is in the domain" },
  { value: "present", label: "has a value" },
];

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What people ask for most; any other path can be typed. */
export const knownPaths = [
  "userName",
  "emails.value",
  "title",
  "userType",
  "addresses.country",
  "addresses.locality",
  "preferredLanguage",
  `${enterprise}:department`,
  `${enterprise}:division`,
  `${enterprise}:organization`,
  `${enterprise}:costCenter`,
];

/** "department is any of Sales, Marketing" */
export const conditionInWords = ({ path, operator, values }: Condition): string => {
  const name = path.startsWith("urn:") ? path.slice(path.lastIndexOf(":") + 1) : path;
  const asked = operators.find(({ value }) => value === operator)?.label ?? operator;
  return [name, values.length === 1 && operator === "is" ? "is" : asked, values.join(", ")]
    .filter(Boolean)
    .join(" ");
};
