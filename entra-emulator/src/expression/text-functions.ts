import { randomInt, randomUUID } from "node:crypto";
import { argument, declare } from "./function-table.ts";
import { ExpressionError, toInteger, toText } from "./values.ts";
import type { Value } from "./values.ts";

/** Text. A function of a text that has no value has no value itself, unless said otherwise. */
export const textFunctions = {
  Append: declare(2, 2, (args) => onText(args, (text) => text + (toText(argument(args, 1)) ?? ""))),
  BitAnd: declare(2, 2, (args) =>
    Number(
      BigInt(toInteger(argument(args, 0), "BitAnd")) &
        BigInt(toInteger(argument(args, 1), "BitAnd")),
    ),
  ),
  ConvertToBase64: declare(1, 1, (args) =>
    onText(args, (text) => Buffer.from(text, "utf16le").toString("base64")),
  ),
  ConvertToUTF8Hex: declare(1, 1, (args) =>
    onText(args, (text) => Buffer.from(text, "utf8").toString("hex").toUpperCase()),
  ),
  CStr: declare(1, 1, ([value = null]) => toText(value)),
  Guid: declare(0, 0, () => randomUUID()),
  InStr: declare(2, 4, findText),
  Left: declare(2, 2, (args) =>
    onText(args, (text) => text.slice(0, Math.max(0, toInteger(argument(args, 1), "Left")))),
  ),
  Mid: declare(3, 3, (args) =>
    onText(args, (text) => {
      const start = toInteger(argument(args, 1), "Mid") - 1;
      return text.slice(
        Math.max(0, start),
        Math.max(0, start + toInteger(argument(args, 2), "Mid")),
      );
    }),
  ),
  NormalizeDiacritics: declare(1, 1, (args) => onText(args, normalizeDiacritics)),
  PCase: declare(1, 2, (args) =>
    onText(args, (text) => toProperCase(text, toText(argument(args, 1)) ?? " -_")),
  ),
  RandomString: declare(5, 6, makeRandomString),
  Redact: declare(1, 1, () => "[Redact]"),
  SelectUniqueValue: declare(2, Infinity, () => {
    throw new ExpressionError("SelectUniqueValue is for inbound provisioning from HR only.");
  }),
  StripSpaces: declare(1, 1, (args) => onText(args, (text) => text.replaceAll(" ", ""))),
  ToLower: declare(1, 2, (args) =>
    onText(args, (text) => text.toLocaleLowerCase(toText(argument(args, 1)) ?? "en")),
  ),
  ToUpper: declare(1, 2, (args) =>
    onText(args, (text) => text.toLocaleUpperCase(toText(argument(args, 1)) ?? "en")),
  ),
  Word: declare(3, 3, (args) =>
    onText(args, (text) => {
      const delimiters = new Set(toText(argument(args, 2)));
      const words = Array.from(text).reduce<string[]>(
        (parts, letter) => {
          if (delimiters.has(letter)) parts.push("");
          else parts[parts.length - 1] += letter;
          return parts;
        },
        [""],
      );
      const wanted = toInteger(argument(args, 1), "Word");
      return words.filter((word) => word !== "")[wanted - 1] ?? "";
    }),
  ),
};

function onText(args: readonly Value[], change: (text: string) => string): string | null {
  const text = toText(argument(args, 0));
  return text === null ? null : change(text);
}

/** The 1-based place of a text in another, 0 when it is absent; compare 1 ignores the letter case. */
function findText(args: readonly Value[]): number {
  const ignoresCase = argument(args, 3) !== null && toInteger(argument(args, 3), "InStr") === 1;
  const read = (index: number): string => {
    const plain = toText(argument(args, index)) ?? "";
    return ignoresCase ? plain.toLowerCase() : plain;
  };
  const start = argument(args, 2) === null ? 1 : toInteger(argument(args, 2), "InStr");
  return read(0).indexOf(read(1), start - 1) + 1;
}

const spelledOut: Record<string, string> = {
  ø: "oe",
  Ø: "OE",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ß: "ss",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "TH",
  ı: "i",
};

function normalizeDiacritics(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .replaceAll(/[^\p{ASCII}]/gu, (letter) => spelledOut[letter] ?? letter);
}

function toProperCase(text: string, separators: string): string {
  let startsWord = true;
  return Array.from(text)
    .map((letter) => {
      const proper = startsWord ? letter.toUpperCase() : letter.toLowerCase();
      startsWord = separators.includes(letter);
      return proper;
    })
    .join("");
}

function makeRandomString(args: readonly Value[]): string {
  const counts = [0, 1, 2, 3, 4].map((index) => toInteger(argument(args, index), "RandomString"));
  const [length = 0, ...least] = counts;
  const avoided = toText(argument(args, 5)) ?? "";
  const kinds = [
    "0123456789",
    "!#$%&*+-=?@_",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
  ].map((letters) => Array.from(letters).filter((letter) => !avoided.includes(letter)));
  const pick = (letters: readonly string[]): string => {
    const letter = letters.length === 0 ? undefined : letters[randomInt(letters.length)];
    if (letter === undefined) throw new ExpressionError("RandomString has no characters left.");
    return letter;
  };
  const chosen = kinds.flatMap((letters, index) =>
    Array.from({ length: least[index] ?? 0 }, () => pick(letters)),
  );
  if (chosen.length > length)
    throw new ExpressionError("RandomString is too short for its minimums.");
  while (chosen.length < length) chosen.push(pick(kinds.flat()));
  for (let index = chosen.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [chosen[index], chosen[other]] = [chosen[other] ?? "", chosen[index] ?? ""];
  }
  return chosen.join("");
}
