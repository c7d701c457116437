import { setTimeout as pause } from "node:timers/promises";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HttpError } from "#http";
import { createTestRegister, testCause, type TestRegister } from "../../test/support/register.ts";
import { checkIn } from "./check-in.ts";
import { checkOut } from "./check-out.ts";
import { countCustodies, findOpenCustody } from "./store/custodies.ts";
import { selectRecoveries } from "./store/recoveries.ts";

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const out = (assetId: string, accountId: string) =>
  register.within((tx) =>
    checkOut(tx, { assetId, accountId, dueOn: null, note: null, cause: testCause }),
  );
const back = (assetId: string, outcome: "returned" | "written-off" = "returned") =>
  register.within((tx) => checkIn(tx, { assetId, outcome, note: null, cause: testCause }));

/** Runs deeds at once; gives for each "done" or the title of its refusal. Anything but a refusal fails the test. */
const atOnce = async (...deeds: Promise<void>[]): Promise<string[]> =>
  (await Promise.allSettled(deeds)).map((result) => {
    if (result.status === "fulfilled") return "done";
    if (result.reason instanceof HttpError && result.reason.status < 500)
      return result.reason.title;
    throw result.reason;
  });

const recoveriesOf = (accountId: string) =>
  register.within(async (tx) => {
    const rows = await tx.run(selectRecoveries(tx, {}, { before: undefined, limit: 10_000 }));
    return rows.filter(({ account }) => account.id === accountId);
  });

/** The numbers of people who are Disabled, hold something, and have no open recovery; and of the other way round. */
const findBroken = async () => {
  const { rows } = await register.database.pool.query({
    text: `select a.name, a.status, count(c.id)::int as held, count(distinct r.id)::int as recoveries
      from accounts a
      left join custodies c on c.org_id = a.org_id and c.account_id = a.id and c.ended_at is null
      left join recoveries r on r.org_id = a.org_id and r.account_id = a.id and r.closed_at is null
      group by a.id, a.name, a.status
      having (a.status = 'disabled' and count(c.id) > 0) <> (count(distinct r.id) > 0)`,
  });
  return rows as unknown[];
};

describe("two at once", () => {
  test("of two check-outs of one asset one wins, and the other is told who holds it", async () => {
    const [ana, ben] = [await register.person("Ana Lopez"), await register.person("Ben Okafor")];
    for (let round = 0; round < 10; round += 1) {
      const asset = await register.asset("Laptop");
      const results = await atOnce(out(asset, ana), out(asset, ben));
      const held = await register.within((tx) => findOpenCustody(tx, asset));
      expect(results.toSorted()).toEqual([
        expect.stringMatching(`is held by ${held?.account.name}`),
        "done",
      ]);
      expect(await register.within((tx) => countCustodies(tx, { assetId: asset }))).toBe(1);
    }
  });

  test("of two check-ins of one asset one wins, and the asset was returned once", async () => {
    const ana = await register.person("Ana Twice");
    for (let round = 0; round < 10; round += 1) {
      const asset = await register.asset("Phone");
      await out(asset, ana);
      const results = await atOnce(back(asset), back(asset));
      expect(results.toSorted()).toEqual([expect.stringMatching(/^Nobody holds AST-/), "done"]);
    }
  });

  test("the last two items checked in at once close the recovery", async () => {
    for (let round = 0; round < 10; round += 1) {
      const cleo = await register.person(`Cleo ${round}`);
      const [one, two] = [await register.asset("Laptop"), await register.asset("Dock")];
      await out(one, cleo);
      await out(two, cleo);
      await register.setStatus(cleo, "disabled");
      expect(await atOnce(back(one), back(two))).toEqual(["done", "done"]);
      expect(await recoveriesOf(cleo)).toMatchObject([
        { closedBecause: "All items are back", outstanding: 0, returned: 2 },
      ]);
    }
  });

  test("a check-out and a disable never leave a leaver's item without a recovery", async () => {
    const results = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      const dan = await register.person(`Dan ${round}`);
      const asset = await register.asset("Laptop");
      const [checkedOut] = await atOnce(
        pause(round % 3).then(() => out(asset, dan)),
        pause((round + 1) % 3).then(() => register.setStatus(dan, "disabled")),
      );
      results.add(checkedOut === "done" ? "done" : "refused");
      expect(await recoveriesOf(dan)).toHaveLength(checkedOut === "done" ? 1 : 0);
    }
    expect(await findBroken()).toEqual([]);
    expect([...results].toSorted()).toEqual(["done", "refused"]);
  });

  test("a check-in and a disable leave no recovery about nothing", async () => {
    for (let round = 0; round < 15; round += 1) {
      const eve = await register.person(`Eve ${round}`);
      const asset = await register.asset("Laptop");
      await out(asset, eve);
      const results = await atOnce(back(asset), register.setStatus(eve, "disabled"));
      expect(results).toEqual(["done", "done"]);
      const open = (await recoveriesOf(eve)).filter(({ closedAt }) => closedAt === null);
      expect(open).toEqual([]);
    }
  });
});

test("whatever people do at once: one holder each, nothing lost, and a recovery for exactly those who left with items", async () => {
  const people = await Promise.all(["Finn", "Gus", "Hana"].map((name) => register.person(name)));
  const assets = await Promise.all(["A", "B", "C", "D"].map((name) => register.asset(name)));
  const person = fc.constantFrom(...people);
  const asset = fc.constantFrom(...assets);
  const deed = fc.oneof(
    fc.record({ kind: fc.constant("out" as const), person, asset }),
    fc.record({ kind: fc.constant("back" as const), asset }),
    fc.record({ kind: fc.constantFrom("disabled" as const, "active" as const), person }),
  );
  type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;
  const perform = (deed: Deed): Promise<void> => {
    if (deed.kind === "out") return out(deed.asset, deed.person);
    if (deed.kind === "back") return back(deed.asset);
    return register.setStatus(deed.person, deed.kind);
  };
  const before = await register.within((tx) => countCustodies(tx, {}));
  let checkedOut = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(deed, { minLength: 2, maxLength: 6 }), { maxLength: 4 }),
      async (rounds) => {
        for (const deeds of rounds) {
          const results = await atOnce(...deeds.map(perform));
          checkedOut += deeds.filter(
            ({ kind }, index) => kind === "out" && results[index] === "done",
          ).length;
          expect(await findBroken()).toEqual([]);
        }
        expect(await register.within((tx) => countCustodies(tx, {}))).toBe(before + checkedOut);
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);
