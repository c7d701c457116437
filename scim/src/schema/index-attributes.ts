import type { Attribute, ResourceType, Schema } from "./attribute.ts";
import type { AttributePath } from "./find-attribute.ts";
import { commonAttributes } from "./common.ts";

/** Attributes by name, folded; names are case-insensitive (RFC 7643 §2.1). */
export type AttributesByName = ReadonlyMap<string, Attribute>;

export interface IndexedSchema {
  readonly schema: Schema;
  readonly isExtension: boolean;
  readonly foldedUrn: string;
  readonly attributes: AttributesByName;
}

interface ResourceTypeIndex {
  readonly core: IndexedSchema;
  readonly extensions: readonly IndexedSchema[];
  /** Longest URN first, so that one that begins with another is tried before it. */
  readonly byLength: readonly IndexedSchema[];
  /** What names stand for, each by its own spelling, once it was asked for. */
  readonly found: Map<string, AttributePath>;
}

const indexes = new WeakMap<ResourceType, ResourceTypeIndex>();
const subAttributeIndexes = new WeakMap<Attribute, AttributesByName>();

const byName = (attributes: readonly Attribute[]): AttributesByName =>
  new Map(
    attributes.flatMap((attribute) => [
      [attribute.name, attribute] as const,
      [attribute.name.toLowerCase(), attribute] as const,
    ]),
  );

const indexSchema = (
  schema: Schema,
  isExtension: boolean,
  inherited: readonly Attribute[],
): IndexedSchema => ({
  schema,
  isExtension,
  foldedUrn: schema.id.toLowerCase(),
  attributes: byName([...inherited, ...schema.attributes]),
});

/** The look-up tables of a resource type, made once for each value. */
export function indexOf(type: ResourceType): ResourceTypeIndex {
  const known = indexes.get(type);
  if (known) return known;
  const core = indexSchema(type.schema, false, commonAttributes);
  const extensions = type.extensions.map(({ schema }) => indexSchema(schema, true, []));
  const byLength = [core, ...extensions].sort(
    (left, right) => right.foldedUrn.length - left.foldedUrn.length,
  );
  const index = { core, extensions, byLength, found: new Map<string, AttributePath>() };
  indexes.set(type, index);
  return index;
}

/** Finds an attribute by its name, in any case. */
export function lookUp(attributes: AttributesByName, name: string): Attribute | undefined {
  return attributes.get(name) ?? attributes.get(name.toLowerCase());
}

const NO_ATTRIBUTES: AttributesByName = new Map();

/** Finds a sub-attribute by its name, in any case. */
export function findSubAttribute(attribute: Attribute, name: string): Attribute | undefined {
  return lookUp(subAttributesOf(attribute), name);
}

function subAttributesOf(attribute: Attribute): AttributesByName {
  if (!attribute.subAttributes) return NO_ATTRIBUTES;
  const known = subAttributeIndexes.get(attribute);
  if (known) return known;
  const index = byName(attribute.subAttributes);
  subAttributeIndexes.set(attribute, index);
  return index;
}

/** Finds a schema of the type by its URN, in any case. */
export function findSchema(type: ResourceType, urn: string): IndexedSchema | undefined {
  const folded = urn.toLowerCase();
  return indexOf(type).byLength.find((entry) => entry.foldedUrn === folded);
}
