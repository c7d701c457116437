import {
  type AttributePath,
  findAttribute,
  parsePath,
  type ResourceType,
  ScimError,
} from "@muster/scim";
import type { EnabledQuirks } from "./catalogue.ts";

interface LooseUrn {
  readonly urn: string;
  readonly pattern: RegExp;
}

const looseUrns = new WeakMap<ResourceType, readonly LooseUrn[]>();

/** Puts a name that starts with a known URN, but for its punctuation, right: `…enterprise:2.0User`, `…:2.0:User.department`. */
export function repairName(type: ResourceType, name: string, enabled: EnabledQuirks): string {
  if (!/^urn/i.test(name)) return name;
  for (const { urn, pattern } of looseUrnsOf(type)) {
    const parts = pattern.exec(name);
    if (!parts) continue;
    const [, prefix = "", separator = "", rest = ""] = parts;
    const isMistyped = prefix.toLowerCase() !== urn.toLowerCase();
    if (isMistyped && !enabled.has("mistypedUrns")) return name;
    if (separator === "." && !enabled.has("dottedUrns")) return name;
    return rest === "" ? urn : `${urn}:${rest}`;
  }
  return name;
}

function looseUrnsOf(type: ResourceType): readonly LooseUrn[] {
  const known = looseUrns.get(type);
  if (known) return known;
  const urns = [type.schema, ...type.extensions.map(({ schema }) => schema)].map(({ id }) => id);
  const loose = urns
    .sort((left, right) => right.length - left.length)
    .map((urn) => {
      const letters = urn.split(/[:.]/).map((part) => part.replaceAll(/[^\w-]/g, String.raw`\$&`));
      return { urn, pattern: new RegExp(`^(${letters.join("[:.]?")})(?:([:.])(.+))?$`, "is") };
    });
  looseUrns.set(type, loose);
  return loose;
}

const isName = (path: string): boolean => /^[^\s()[\]"]{1,8192}$/.test(path);

/** Resolves a path, its filters read leniently; undefined for what SCIM has to refuse. */
export function resolvePath(
  type: ResourceType,
  path: string,
  enabled: EnabledQuirks,
): AttributePath | undefined {
  // A mere name needs no parser, and what is unknown among thousands of names no error each.
  if (isName(path)) return findAttribute(type, path);
  try {
    return parsePath(path, type, {
      acceptUnquoted: enabled.has("unquotedFilters"),
      coerceStrings: enabled.has("textBooleans"),
    });
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}
