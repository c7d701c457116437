import { afterAll, beforeAll, expect, test } from "vitest";
import type { Query } from "#database";
import type { Transaction } from "#tenancy";
import { apart, firstAt, idOf, writeLongLedger } from "../../../test/support/long-ledger.ts";
import { createTestRegister, type TestRegister } from "../../../test/support/register.ts";
import { sealLedger } from "../seals/seal-ledger.ts";
import { countDerived, listDeeds } from "../undo/select.ts";
import { findCause } from "./cause.ts";
import type { LedgerFilter } from "./filter.ts";
import { findEntries } from "./find-entries.ts";
import { listRecent } from "./list-recent.ts";

const entries = 42_000;
let register: TestRegister;

beforeAll(async () => {
  register = await createTestRegister();
  await writeLongLedger(register, entries);
  await sealLedger(register.organisations, register.orgId);
}, 120_000);
afterAll(() => register.close());

type Node = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Node[];
};

/** By which ways some work reads the ledger, and how many entries it looks at on them. */
const readingOf = async (work: (tx: Transaction) => Promise<unknown>) => {
  const ways = new Set<string>();
  let looked = 0;
  const visit = (node: Node, isSorted: boolean): void => {
    const sorts = isSorted || node["Node Type"].endsWith("Sort");
    if (node["Relation Name"] === "ledger") {
      ways.add(`${node["Node Type"]} ${node["Index Name"] ?? ""}${sorts ? ", sorted" : ""}`);
      const each = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0);
      looked += each * node["Actual Loops"];
    }
    for (const inner of node.Plans ?? []) visit(inner, sorts);
  };
  await register.within(async (tx) => {
    const look = async (asked: Query<unknown>): Promise<void> => {
      const { sql, parameters } = asked.compile();
      const { rows } = await tx.executeSql(`explain (analyze, format json) ${sql}`, [
        ...parameters,
      ]);
      for (const { Plan: top } of (rows as [{ "QUERY PLAN": { Plan: Node }[] }])[0]["QUERY PLAN"])
        visit(top, false);
    };
    const watched: Transaction = {
      ...tx,
      run: async (asked) => {
        await look(asked);
        return tx.run(asked);
      },
      first: async (asked) => {
        await look(asked);
        return tx.first(asked);
      },
    };
    await work(watched);
  });
  return { ways: [...ways], looked };
};

const at = (entry: number): Date => new Date(firstAt + entry * apart);
const hour = { from: at(20_000), to: at(21_800) };

/** By which filter; how many entries may be looked at for the first hundred of them: what a rare one is hidden among. */
const filters: [string, LedgerFilter, number][] = [
  ["nothing", {}, 101],
  ["a noun", { noun: "asset" }, 22_000],
  ["a common action", { action: "user.created" }, 1001],
  ["a rare action", { action: "account.role-locked" }, 10_000],
  ["an actor", { actorId: idOf("actor", 3) }, 35_000],
  ["nobody's deeds", { actorId: idOf("actor", 9) }, 1],
  ["a kind of cause", { causeKind: "administrator" }, 1001],
  ["a tenant", { tenantId: idOf("tenant", 7) }, 5000],
  ["a tenant where nothing happens", { tenantId: idOf("tenant", 99) }, 1],
  ["a subject", { subjectId: idOf("subject", 5000) }, 4],
  ["a cause", { causeId: idOf("cause", 5000) }, 3],
  ["an hour", hour, 2000],
  ["a common word", { search: "directory" }, 1001],
  ["a rare word", { search: "locked" }, 10_000],
  ["a word's beginning", { search: "person 12" }, 10_000],
  ["no such word", { search: "xyzzy" }, 1],
  ["several of them", { ...hour, tenantId: idOf("tenant", 7), search: "person" }, 3000],
];
const middle = {
  transactionId: String(entries / 6),
  id: "00000000-0000-0000-0000-000000000000",
};

test.each(filters)(
  "the first page by %s, and one far down, are read in order from an index",
  async (_what, filter, most) => {
    for (const before of [undefined, middle]) {
      const { ways, looked } = await readingOf((tx) =>
        findEntries(tx, filter, { before, limit: 100 }),
      );
      for (const way of ways)
        expect(way).toMatch(
          /^(Index Scan (Backward )?ledger_(taken_in|deeds)|Bitmap Heap Scan , sorted|Index Scan (Backward )?ledger_\w+, sorted)$/,
        );
      expect(looked).toBeLessThanOrEqual(most);
    }
  },
);

test.each<[string, (tx: Transaction) => Promise<unknown>, number]>([
  ["the newest of all", (tx) => listRecent(tx, 10), 11],
  ["the newest where nothing happens", (tx) => listRecent(tx, 10, idOf("tenant", 99)), 1],
  ["a cause", (tx) => findCause(tx, idOf("cause", 5000)), 6],
  ["what people did in an hour", (tx) => listDeeds(tx, hour, 5001), 250],
  ["what people ever did", (tx) => listDeeds(tx, { from: at(0), to: at(entries) }, 5001), 250],
  ["what followed in an hour", (tx) => countDerived(tx, hour, []), 4000],
  ["what followed from a cause", (tx) => countDerived(tx, { causeId: idOf("cause", 5000) }, []), 3],
])("%s is read from an index", async (_what, work, most) => {
  const { ways, looked } = await readingOf(work);
  expect(ways.join()).not.toContain("Seq Scan");
  expect(looked).toBeLessThanOrEqual(most);
});

test("what people did in a span is all there, newest first, as counting it says", async () => {
  const span = { from: at(0), to: at(entries) };
  const deeds = await register.within((tx) => listDeeds(tx, span, 5001));
  expect(deeds).toHaveLength(entries / 200);
  const order = deeds.map(({ transactionId }) => Number(transactionId));
  expect(order).toEqual(order.toSorted((a, b) => b - a));
  expect((await register.within((tx) => listDeeds(tx, span, 7))).map(({ id }) => id)).toEqual(
    deeds.slice(0, 7).map(({ id }) => id),
  );
});

test("what followed is counted as far as a request may look, and then said to be more", async () => {
  const count = async (to: number) => {
    const groups = await register.within((tx) => countDerived(tx, { from: at(0), to: at(to) }, []));
    return {
      entries: groups.reduce((sum, group) => sum + Number(group.entries), 0),
      isAtLeast: groups.some((group) => group.isAtLeast),
    };
  };
  expect(await count(1000)).toEqual({ entries: 995, isAtLeast: false });
  expect(await count(entries)).toEqual({ entries: 20_000, isAtLeast: true });
});
