import { findAttribute, userResourceType } from "@muster/scim";
import type { Transaction } from "#tenancy";
import { extendType, type DefinitionType } from "../dialect/definition.ts";
import { facetFor } from "../resources/facets.ts";
import { findVisibleDefinition } from "./store.ts";

type Wanted = { readonly attributeId: string; readonly value: string };

/**
 * The facet of people whose custom attribute has a value, as an administrator types it; one of several values is enough.
 * @returns undefined where there is no such attribute
 */
export const findAttributeFacet = async (
  tx: Transaction,
  { attributeId, value }: Wanted,
): Promise<string | undefined> => {
  const definition = await findVisibleDefinition(tx, attributeId);
  if (definition === undefined) return undefined;
  const { urn, name, type, connectionId } = definition;
  const path = findAttribute(extendType(userResourceType, [definition]), `${urn}:${name}`);
  return path && facetFor(connectionId, path, readTyped(type, value));
};

/** Text as a type has it. What does not fit is looked for as text: so it was kept where it came before the definition. */
export const readTyped = (type: DefinitionType, text: string): string | number | boolean => {
  const plain = text.trim();
  if (type === "boolean") return booleans.get(plain.toLowerCase()) ?? plain;
  const isNumber = type === "integer" || type === "decimal";
  return isNumber && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : plain;
};

const booleans = new Map([
  ["true", true],
  ["yes", true],
  ["false", false],
  ["no", false],
]);
