/** What to call an asset in a sentence. */
export const nameAsset = ({ tag, name }: { tag: string; name: string | null }): string =>
  name === null ? tag : `${tag} ${name}`;
