/** What to call an asset, on its page and in a sentence: the tag, and the name if it has one. Pure. */
export const callAsset = ({ tag, name }: { tag: string; name: string }): string =>
  name === "" || name === tag ? tag : `${tag} · ${name}`;
