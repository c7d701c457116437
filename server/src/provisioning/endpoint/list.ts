import type { Resource } from "@muster/scim";
import type { Position } from "#directory";

/** Where a part of a source begins, and how long it is at most. */
export type Part = {
  readonly after?: Position | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** The resources of one type that match, in their order; only what is shown is made into resources. */
export type Source = {
  readonly name: string;
  readonly count: () => Promise<number>;
  readonly read: (part: Part) => Promise<{
    readonly positions: readonly Position[];
    readonly present: (count: number) => Promise<readonly Resource[]>;
  }>;
};

type Window = { readonly startIndex: number; readonly count: number };

/** One page by position (RFC 7644 §3.4.2.4), of several sources one behind the other, and how many match in all. */
export const findPage = async (
  sources: readonly Source[],
  { startIndex, count }: Window,
): Promise<{ total: number; resources: Resource[] }> => {
  const resources: Resource[] = [];
  let total = 0;
  for (const source of sources) {
    const offset = Math.max(0, startIndex - 1 - total);
    const limit = count - resources.length;
    const found = limit === 0 ? [] : await readPart(source, { offset, limit });
    resources.push(...found);
    // A first page that is not full is all there is.
    total += offset === 0 && found.length < limit ? found.length : await source.count();
  }
  return { total, resources };
};

const readPart = async (source: Source, part: Part): Promise<readonly Resource[]> => {
  const { positions, present } = await source.read(part);
  return present(positions.length);
};

/** Where a page by cursor ended. */
export type End = { readonly source: string; readonly position: Position };

/** One page by cursor (RFC 9865): what follows the end of the page before; `end` is missing on the last. */
export const findPageAfter = async (
  sources: readonly Source[],
  before: End | undefined,
  count: number,
): Promise<{ end: End | undefined; resources: Resource[] }> => {
  const resources: Resource[] = [];
  let end = before;
  const first = sources.findIndex(({ name }) => name === before?.source);
  for (const source of sources.slice(Math.max(0, first))) {
    const wanted = count - resources.length;
    const { positions, present } = await source.read({
      after: source.name === before?.source ? before.position : undefined,
      offset: 0,
      limit: wanted + 1,
    });
    resources.push(...(await present(wanted)));
    const last = positions.slice(0, wanted).at(-1);
    if (last !== undefined) end = { source: source.name, position: last };
    if (positions.length > wanted) return { end, resources };
  }
  return { end: undefined, resources };
};
