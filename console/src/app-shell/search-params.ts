type Known<Key extends string> = { [K in Key]?: string | undefined };

/** A route's search parameters: those it knows, as text; the rest is dropped. Pure. */
export const knownText =
  <const Key extends string>(...keys: Key[]) =>
  (search: Record<string, unknown>): Known<Key> =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const value = search[key];
        return typeof value === "string" && value !== "" ? [[key, value]] : [];
      }),
    ) as Known<Key>;

/** Plain text in addresses, and not the router's JSON: `?status=disabled`, to be read, typed and shared. */
export const parseSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

export const stringifySearch = (search: Record<string, unknown>): string => {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    if (typeof value === "string" && value !== "") parameters.set(key, value);
  const text = parameters.toString();
  return text && `?${text}`;
};
