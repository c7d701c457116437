/** What to call an asset in a sentence. Pure. */
export const callAsset = ({ tag, name }: { tag: string; name: string }): string =>
  name === "" ? tag : `${name} (${tag})`;
