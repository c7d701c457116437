/** What was pasted for keys: an address, or a JSON Web Key Set; undefined where it is neither. */
export const readKeys = (text: string): { keysUrl: string } | { keys: object } | undefined => {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{")) return URL.canParse(trimmed) ? { keysUrl: trimmed } : undefined;
  try {
    const keys: unknown = JSON.parse(trimmed);
    return typeof keys === "object" && keys !== null && "keys" in keys ? { keys } : undefined;
  } catch {
    return undefined;
  }
};

/** Where Entra publishes the keys of a directory; empty for other issuers. */
export const entraKeysOf = (issuer: string): string => {
  const directory = /^https:\/\/login\.microsoftonline\.com\/([^/]+)\/v2\.0$/.exec(issuer)?.[1];
  return directory === undefined
    ? ""
    : `https://login.microsoftonline.com/${directory}/discovery/v2.0/keys`;
};
