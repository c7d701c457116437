import { foldForSearch } from "#database";

/** What of an entry can be looked for. */
export type Findable = {
  readonly action: string;
  readonly sentence: string;
  readonly subjectName: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly causeKind: string;
  readonly causeSentence: string;
  readonly tenantId: string | null;
};

/** A filter whose answer is in every entry. */
export type Facets = {
  readonly noun?: string | undefined;
  readonly action?: string | undefined;
  readonly actorId?: string | undefined;
  readonly causeKind?: string | undefined;
  readonly tenantId?: string | undefined;
};

const longest = 40;

/** The words of a text as they are compared: folded, cut at what is no letter and no digit. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    foldForSearch(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map((word) => word.slice(0, longest).toWellFormed()),
  ),
];

/** "noun" of "noun.deed". */
export const nounOf = (action: string): string => action.split(".", 1)[0] ?? action;

/** Words in a namespace of their own: no text has a "=" in a word. */
export const facetWords = (facets: Facets): string[] =>
  Object.entries(facets).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );

const searchable = ({ sentence, subjectName, actorName, causeSentence }: Findable): string =>
  [sentence, subjectName, actorName, causeSentence].join(" ");

/** All words by which some of these entries can be found. */
export const wordsOfEntries = (entries: readonly Findable[]): string[] => [
  ...new Set(
    entries.flatMap((entry) => [
      ...wordsOf(searchable(entry)),
      ...facetWords({
        noun: nounOf(entry.action),
        action: entry.action,
        causeKind: entry.causeKind,
        ...(entry.actorId !== null && { actorId: entry.actorId }),
        ...(entry.tenantId !== null && { tenantId: entry.tenantId }),
      }),
    ]),
  ),
];

/** Whether an entry has a word that begins like each of these. */
export const hasWords = (entry: Findable, wanted: readonly string[]): boolean => {
  if (wanted.length === 0) return true;
  const words = wordsOf(searchable(entry));
  return wanted.every((begin) => words.some((word) => word.startsWith(begin)));
};

/** A tsquery: every facet, and a word that begins like each of these. */
export const toTsquery = (facets: Facets, begins: readonly string[]): string =>
  [...facetWords(facets).map(quote), ...begins.map((begin) => `${quote(begin)}:*`)].join(" & ");

const quote = (word: string): string => `'${word.replaceAll(/['\\]/g, "$&$&")}'`;
