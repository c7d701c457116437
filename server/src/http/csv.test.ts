import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toCsvLine } from "./csv.ts";

/** Reads one line back, as RFC 4180 says. */
const parse = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n$)/g)].map(([, cell]) => cell!.replaceAll('""', '"'));

describe("a CSV line", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])(
    "makes no formula of %j",
    (text) => {
      expect(parse(toCsvLine([text]))[0]).toBe(`'${text}`);
    },
  );

  test("gives back what went in, and no cell begins like a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (cells) => {
        const read = parse(toCsvLine(cells));
        expect(read.map((cell, index) => (cell === cells[index] ? cell : cell.slice(1)))).toEqual(
          cells,
        );
        for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
