/**
 * The one case folding of the house: two strings of a `caseExact: false` attribute are equal when
 * their folds are. Lower case, canonical composition, and one sigma, whatever its place in the word.
 * `ß` stays apart from `ss`: they are different people's names.
 */
export function foldCase(text: string): string {
  return text.toLowerCase().normalize("NFC").replaceAll("ς", "σ");
}
