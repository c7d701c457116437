import * as fc from "fast-check";

/** One HTTP request, before the names of known things in it (`@user3`) become their ids. */
export type Draft = {
  readonly method: string;
  /** Below the connection's endpoint for SCIM, below /api/v1 for the API. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
};

/** Things that exist while the fuzz goes on; the number is taken modulo how many there are. */
export const reference = (kind: "user" | "group" | "thing") =>
  fc.nat({ max: 99 }).map((at) => `@${kind}${at}.`);

const nasty = [
  "",
  " ",
  "\0",
  "\uD800",
  "\u202Eevil",
  "😀",
  "İ",
  "__proto__",
  "constructor",
  "%00",
  "%",
  "%zz",
  "..",
  "../..",
  "null",
  "undefined",
  "NaN",
  "-1",
  "1e309",
  "9007199254740993",
  "99999999999999999999",
  "'; drop table users; --",
  '"',
  "\\",
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  "=1+1",
  "0000-00-00",
  "+275760-09-13T00:00:00.001Z",
  "00000000-0000-0000-0000-000000000000",
  "x".repeat(300),
  "y".repeat(9000),
];

export const nastyText = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  reference("user"),
  reference("group"),
  reference("thing"),
);

const scalar = fc.oneof(
  nastyText,
  fc.constantFrom(null, true, false, 0, -0, 5, 1e300, 2 ** 53, "True", "true"),
  fc.double(),
  fc.integer(),
);

/** Any JSON, with the names that the API knows among its keys. */
export const anyJson = (keys: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalar,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(keys, nastyText), tie("value"), { maxKeys: 5 }),
    ),
  })).value;

/** Mostly JSON as it should be, sometimes cut short or no JSON at all. */
export const bodyOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: value.map((json) => JSON.stringify(json) ?? "") },
    {
      weight: 1,
      arbitrary: fc
        .tuple(value, fc.nat({ max: 60 }))
        .map(([json, end]) => (JSON.stringify(json) ?? "").slice(0, end)),
    },
    { weight: 1, arbitrary: nastyText },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 20, max: 20_000 })
        .map((depth) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`),
    },
  );

/** `?a=b&c` of names that mean something here and values that may not. */
export const queryOf = (
  names: readonly string[],
  values: fc.Arbitrary<string>,
): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), nastyText), values), { maxLength: 3 })
    .map((pairs) =>
      pairs.length === 0
        ? ""
        : `?${pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join("&")}`,
    );

/** As an address carries it; half a surrogate pair has no place there. */
export const escape = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll("%40", "@");

/** Now and then an address is not escaped as it should be. */
export const segment = fc.oneof(
  { weight: 8, arbitrary: reference("user") },
  { weight: 8, arbitrary: reference("group") },
  { weight: 4, arbitrary: reference("thing") },
  { weight: 2, arbitrary: nastyText.map(escape) },
  { weight: 1, arbitrary: fc.constantFrom("%", "%zz", "%ff", "%00", "a//b", ";x", "{x}") },
);
