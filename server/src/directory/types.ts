/** What the mirror keeps of a user. `document` is the resource as sent; the rest are its searched parts. */
export type DirectoryUserWrite = {
  readonly id: string;
  readonly connectionId: string;
  readonly userName: string;
  /** Folded for case-insensitive equality, as every *Key. */
  readonly userNameKey: string;
  readonly externalId: string | null;
  readonly displayName: string | null;
  /** What a list by displayName is ordered by. */
  readonly displayNameSort: string;
  /** What to call the person. */
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
  /** See `employeeKey`. */
  readonly employeeKey: string | null;
  readonly document: object;
  /** 64-bit hashes (as decimal strings), one for each attribute value that an equality filter may ask for. */
  readonly facets: readonly string[];
  /** The document as filters and sorting compare it. */
  readonly folded: object;
};

/** What the mirror keeps of a group, its members apart. */
export type DirectoryGroupWrite = {
  readonly id: string;
  readonly connectionId: string;
  readonly displayName: string;
  readonly displayNameKey: string;
  readonly externalId: string | null;
  readonly document: object;
  readonly facets: readonly string[];
  readonly folded: object;
};
