import { type AttributePath, findSubAttribute } from "@muster/scim";
import type { EnabledQuirks } from "./catalogue.ts";
import { isObject, normalizeList } from "./values.ts";

interface Removal {
  readonly op: "remove";
  readonly path: string;
  readonly value?: unknown;
}

/** As many as keep a filter well below its greatest length. */
const MOST_IN_ONE_FILTER = 50;

/**
 * R06, R07: the value of a remove lists the elements that go, and no others; where the path already says what goes, the
 * value says it again and is dropped. An empty list removes nothing; no value at all removes everything.
 */
export function removeListed(
  { op, path: text, value }: Removal,
  path: AttributePath,
  enabled: EnabledQuirks,
): Removal[] {
  const plain: Removal = { op, path: text };
  if (value === undefined) return [plain];
  if (!enabled.has("removeByValue")) return [{ ...plain, value }];
  const isList = path.attribute.multiValued && !path.filter && !path.subAttribute;
  if (!isList || value === null || value === "") return [plain];
  const listed = normalizeList(path.attribute, value, enabled);
  const terms = (Array.isArray(listed) ? listed : [listed]).flatMap((element) =>
    selectElement(path, element),
  );
  return chunk(terms).map((some) => ({ op, path: `${text}[${some.join(" or ")}]` }));
}

/** The filter that finds an element: by its value (and type), else by all it says. */
function selectElement({ attribute }: AttributePath, element: unknown): string[] {
  if (!isObject(element)) {
    return attribute.subAttributes || element === null
      ? []
      : [`value eq ${JSON.stringify(element)}`];
  }
  const isIdentified = typeof element["value"] === "string";
  const naming = attribute.name === "members" ? ["value"] : ["value", "type"];
  const terms = Object.entries(element).flatMap(([name, part]) => {
    const sub = findSubAttribute(attribute, name);
    const isPart =
      typeof part === "string" || typeof part === "boolean" || typeof part === "number";
    if (!sub || !isPart || (isIdentified && !naming.includes(sub.name))) return [];
    return [`${sub.name} eq ${JSON.stringify(part)}`];
  });
  return terms.length > 1 ? [`(${terms.join(" and ")})`] : terms;
}

function chunk(terms: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (let at = 0; at < terms.length; at += MOST_IN_ONE_FILTER) {
    chunks.push(terms.slice(at, at + MOST_IN_ONE_FILTER));
  }
  return chunks;
}
