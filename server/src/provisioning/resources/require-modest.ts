import { scimErrors } from "@muster/scim";

/** What is looked up by equality, in an index that has room for so much and a filter that is no longer. */
const names = ["userName", "externalId", "displayName"];
const longestName = 1000;
const mostValues = 10_000;

/**
 * Keeps one resource from taking the time and room of a whole directory. A group's members are not part of it.
 * @throws ScimError 400 for a name too long to be found again, 413 for too many values
 */
export const requireModest = (resource: Readonly<Record<string, unknown>>): void => {
  for (const name of names) {
    const value = resource[name];
    if (typeof value === "string" && value.length > longestName)
      throw scimErrors.invalidValue(
        `${name} has ${value.length} characters; that is too long. At most ${longestName} can be looked up again.`,
      );
  }
  if (countValues(resource) > mostValues)
    throw scimErrors.payloadTooLarge(
      `The resource has more than ${mostValues} values. Map fewer attributes, or shorter lists.`,
    );
};

/** Stops counting where it is too many. */
const countValues = (value: unknown, before = 0): number => {
  if (typeof value !== "object" || value === null) return before + 1;
  let count = before;
  for (const part of Object.values(value)) {
    count = countValues(part, count);
    if (count > mostValues) break;
  }
  return count;
};
