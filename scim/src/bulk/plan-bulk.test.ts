import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBulk } from "../messages/bulk.ts";
import { groupResourceType } from "../schema/group.ts";
import { userResourceType } from "../schema/user.ts";
import { BULK_REQUEST } from "../urns.ts";
import { planBulk } from "./plan-bulk.ts";
import { referencesOf } from "./references.ts";

type Sent = { method?: string; bulkId?: string; path?: string; members?: string[] };

const read = (sent: readonly Sent[]) =>
  parseBulk(
    {
      schemas: [BULK_REQUEST],
      Operations: sent.map(({ method = "POST", bulkId, path = "/Groups", members = [] }) => ({
        method,
        bulkId,
        path,
        data: { members: members.map((value) => ({ value: `bulkId:${value}` })) },
      })),
    },
    { types: [userResourceType, groupResourceType], maxOperations: 1000 },
  );

/** As in `0 1(b) 0+`: run 0, run 1 without b, complete 0. */
const inShort = (sent: readonly Sent[]): string =>
  planBulk(read(sent))
    .map((step) => {
      if (step.kind === "complete") return `${step.at}+`;
      return step.without.size === 0 ? step.at : `${step.at}(${[...step.without].join()})`;
    })
    .join(" ");

describe("the order", () => {
  test.each<[string, Sent[], string]>([
    ["nothing", [], ""],
    ["as sent", [{ bulkId: "a" }, { bulkId: "b" }, { bulkId: "c", members: ["a"] }], "0 1 2"],
    [
      "who refers forward waits, and goes before what comes later (RFC 7644 §3.7.2)",
      [{ bulkId: "a", members: ["b"] }, { bulkId: "b" }, { bulkId: "c" }],
      "1 0 2",
    ],
    [
      "a path waits too",
      [{ method: "PATCH", path: "/Groups/bulkId:b" }, { bulkId: "a" }, { bulkId: "b" }],
      "1 2 0",
    ],
    [
      "a circle of two (RFC 7644 §3.7.1)",
      [
        { bulkId: "a", members: ["b"] },
        { bulkId: "b", members: ["a"] },
      ],
      "0(b) 1 0+",
    ],
    ["a circle of one", [{ bulkId: "a", members: ["a"] }, { bulkId: "b" }], "0(a) 0+ 1"],
    [
      "a circle of three with somebody who only waits for it",
      [
        { bulkId: "x", members: ["b"] },
        { bulkId: "a", members: ["b"] },
        { bulkId: "b", members: ["c"] },
        { bulkId: "c", members: ["a"] },
      ],
      "2(c) 0 1 3 2+",
    ],
    ["a reference to nothing", [{ bulkId: "a", members: ["nobody"] }, { bulkId: "b" }], "0 1"],
    [
      "a reference to what is refused comes after it",
      [
        { bulkId: "a", members: ["b"] },
        { bulkId: "b", path: "/Nothing" },
      ],
      "1 0",
    ],
    [
      "only what is created can be referred to",
      [
        { bulkId: "a", members: ["b"] },
        { method: "PATCH", bulkId: "b", path: "/Groups/1" },
      ],
      "0 1",
    ],
  ])("%s", (_what, sent, expected) => {
    expect(inShort(sent)).toBe(expected);
  });

  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const operations = fc.uniqueArray(
    fc.record({
      bulkId: fc.constantFrom(...names),
      members: fc.uniqueArray(fc.constantFrom(...names, "nobody")),
      change: fc.boolean(),
    }),
    { selector: ({ bulkId }) => bulkId },
  );

  test("everything is carried out once, and finds what it refers to or is completed when it can", () => {
    fc.assert(
      fc.property(operations, (made) => {
        const sent = made.map(({ bulkId, members, change }) => ({
          bulkId,
          members,
          ...(change && { method: "PATCH", path: "/Groups/1" }),
        }));
        const { operations: parsed } = read(sent);
        const created = new Set(
          sent.filter(({ method }) => method === undefined).map((one) => one.bulkId),
        );
        const there = new Set<string>();
        const owed = new Map<number, ReadonlySet<string>>();
        const ran: number[] = [];
        for (const step of planBulk({ operations: parsed })) {
          const operation = parsed[step.at]!;
          if (step.kind === "complete") {
            expect([...(owed.get(step.at) ?? [])].filter((bulkId) => !there.has(bulkId))).toEqual(
              [],
            );
            owed.delete(step.at);
            continue;
          }
          ran.push(step.at);
          const wanted = referencesOf("data" in operation ? operation.data : {});
          const later = [...wanted].filter((one) => created.has(one) && !there.has(one));
          expect(new Set(later)).toEqual(step.without);
          if (step.without.size > 0) {
            expect(operation.method).toBe("POST");
            owed.set(step.at, step.without);
          }
          if (operation.method === "POST") there.add(operation.bulkId!);
        }
        expect(ran.toSorted((a, b) => a - b)).toEqual([...parsed.keys()]);
        expect(owed.size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("without forward references it is that of the request", () => {
    fc.assert(
      fc.property(operations, (made) => {
        const before = new Set<string>();
        const sent = made.map(({ bulkId, members }) => {
          const backward = members.filter((member) => before.has(member));
          before.add(bulkId);
          return { bulkId, members: backward };
        });
        expect(inShort(sent)).toBe(sent.map((_, at) => at).join(" "));
      }),
    );
  });
});
