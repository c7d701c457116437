/** Which attributes an answer carries (RFC 7644 §3.9). */
export type Projection = {
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
};

/** Whether the answer shows an attribute that costs something to read. */
export const shows = (
  { attributes = [], excludedAttributes = [] }: Projection,
  name: string,
): boolean =>
  attributes.length > 0
    ? attributes.some((path) => withoutUrn(path).split(".")[0] === name)
    : !excludedAttributes.some((path) => withoutUrn(path) === name);

const withoutUrn = (path: string): string => path.toLowerCase().replace(/^urn:.*:/, "");
