import {
  boolean,
  complexList,
  dateTime,
  decimal,
  evaluateFilter,
  integer,
  listOf,
  parseFilter,
  parseResource,
  string,
  type ResourceType,
} from "@muster/scim";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#database";
import { createTestDatabase } from "../../../test/support/database.ts";
import { foldDocument } from "../resources/folded.ts";
import { filterToPath } from "./filter-path.ts";

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** A type with an attribute of every kind, such as users may come to have. */
const type: ResourceType = {
  name: "Badge",
  endpoint: "/Badges",
  description: "",
  extensions: [],
  schema: {
    id: "urn:example:Badge",
    name: "Badge",
    description: "",
    attributes: [
      string("label", ""),
      string("code", "", { caseExact: true }),
      integer("level", ""),
      decimal("weight", ""),
      boolean("lost", ""),
      dateTime("issued", ""),
      listOf(dateTime("seen", "")),
      listOf(string("tags", "")),
      complexList("doors", "", [string("value", ""), integer("floor", ""), dateTime("opened", "")]),
    ],
  },
};

const text = fc.constantFrom("a", "A", "É", "e\u0301", "", "a b", "10", "\u{1F600}", "\uFFFD", "z");
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, 10, 9, -1.5, 5e-324, Number.MAX_SAFE_INTEGER),
  fc.double({ noNaN: true, min: -20, max: 20 }),
);
const whole = fc.integer({ min: -3, max: 12 });
const moment = fc.constantFrom(
  "2026-01-01T00:00:00Z",
  "2026-01-01T01:00:00+01:00",
  "2026-01-01T00:00:00",
  "2026-01-01T00:00:00.001Z",
  "0001-01-01T00:00:00Z",
  "2025-12-31t23:59:59.999z",
);

const document = fc
  .record(
    {
      label: text,
      code: text,
      level: whole,
      weight: number,
      lost: fc.boolean(),
      issued: moment,
      seen: fc.array(moment, { maxLength: 2 }),
      tags: fc.array(text, { maxLength: 3 }),
      doors: fc.array(
        fc.record({ value: text, floor: whole, opened: moment }, { requiredKeys: [] }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: [] },
  )
  .map((body) => parseResource(type, body).resource);

const operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];
const comparison = (name: string, value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.constantFrom(...operators), value)
    .map(([operator, wanted]) => `${name} ${operator} ${JSON.stringify(wanted)}`);
const years = fc.oneof(moment, fc.constantFrom("2026", "T0", "z", "00Z", ""));
const inner = fc.oneof(
  comparison("value", text),
  comparison("floor", whole),
  comparison("opened", years),
  fc.constantFrom("value pr", "floor pr", "opened pr"),
);
const term = fc.oneof(
  comparison("label", text),
  comparison("code", text),
  comparison("level", whole),
  comparison("weight", number),
  comparison("lost", fc.boolean()),
  comparison("issued", years),
  comparison("seen", years),
  comparison("seen[value pr]", years),
  comparison("tags", text),
  comparison("doors.floor", whole),
  comparison("doors.opened", years),
  fc.tuple(inner, inner).map(([left, right]) => `doors[${left} and not (${right})]`),
  fc.tuple(inner, inner).map(([left, right]) => `doors[${left} or ${right}].value sw "a"`),
  fc
    .tuple(text, text)
    .map(([a, b]) => `tags[value eq ${JSON.stringify(a)} or value sw ${JSON.stringify(b)}]`),
  fc.constantFrom("label pr", "level pr", "lost pr", "issued pr", "seen pr", "tags pr", "doors pr"),
);
const filter = fc
  .oneof(
    term,
    term.map((part) => `not (${part})`),
    fc.tuple(term, term, term).map(([a, b, c]) => `${a} and (${b} or not (${c}))`),
  )
  .filter((one) => {
    try {
      parseFilter(one, type);
      return true;
    } catch {
      return false;
    }
  });

test(
  "a jsonpath over folded documents agrees with evaluation, whatever the type of the attribute",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        filter,
        fc.array(document, { minLength: 20, maxLength: 20 }),
        async (one, documents) => {
          const parsed = parseFilter(one, type);
          const folded = documents.map((each) => foldDocument(type, each));
          const { rows } = await database.pool.query<{ matches: boolean }>(
            "select value @@ $1::jsonpath as matches from jsonb_array_elements($2::jsonb)",
            [filterToPath(parsed), JSON.stringify(folded)],
          );
          expect(
            rows.map(({ matches }) => matches),
            one,
          ).toEqual(documents.map((each) => evaluateFilter(parsed, each)));
        },
      ),
      { numRuns: 300 },
    );
  },
);
