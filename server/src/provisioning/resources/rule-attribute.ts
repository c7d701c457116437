import { findAttribute, foldCase, userResourceType } from "@muster/scim";
import { attributeKey, extensionKey, foldScalar } from "./folded.ts";

/**
 * An attribute of a person that a rule may ask for: where the folded document has it, and how a value is compared. Of a
 * complex attribute it is the `value`.
 * @returns undefined for a path that no attribute can have
 */
export const findRuleAttribute = (path: string) => {
  const found = findAttribute(userResourceType, path.trim());
  if (found === undefined) return undefined;
  const { schema, isExtension, attribute, subAttribute } = found;
  const isComplex = attribute.type === "complex" && attribute.undeclared !== true;
  const last = subAttribute ?? attribute;
  const sub = subAttribute?.name ?? (isComplex ? "value" : undefined);
  return {
    path: path.trim(),
    keys: [
      ...(isExtension ? [extensionKey(userResourceType, schema)] : []),
      attributeKey(attribute),
      ...(sub === undefined ? [] : [sub]),
    ],
    fold: (value: string): string => String(foldScalar(last, value) ?? foldCase(value)),
  };
};
