import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { historyPage } from "#ledger";
import { createTestRegister, testCause, type TestRegister } from "../../test/support/register.ts";
import { checkIn } from "./check-in.ts";
import { checkOut } from "./check-out.ts";
import { openRecoveries } from "./open-recoveries.ts";
import { countCustodies, listCustodiesByIds } from "./store/custodies.ts";
import {
  countRecoveries,
  listRecoveryItems,
  selectRecoveries,
  summarizeRecoveries,
} from "./store/recoveries.ts";

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

/** A person who holds a number of items. */
const holderOf = async (name: string, count: number): Promise<{ id: string; assets: string[] }> => {
  const id = await register.person(name);
  const assets: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const assetId = await register.asset(`${name}'s ${index}`);
    await register.within((tx) =>
      checkOut(tx, { assetId, accountId: id, dueOn: null, note: null, cause: testCause }),
    );
    assets.push(assetId);
  }
  return { id, assets };
};
const back = (assetId: string, outcome: "returned" | "written-off" = "returned") =>
  register.within((tx) => checkIn(tx, { assetId, outcome, note: null, cause: testCause }));
const recoveriesOf = (accountId: string) =>
  register.within(async (tx) => {
    const rows = await tx.run(selectRecoveries(tx, {}, { before: undefined, limit: 200 }));
    return rows.filter(({ account }) => account.id === accountId);
  });

describe("when somebody is disabled", () => {
  test("who holds items gets one recovery about all of them, and keeps them", async () => {
    const { id } = await holderOf("Ana Lopez", 3);
    await register.setStatus(id, "disabled");
    const [recovery, ...others] = await recoveriesOf(id);
    expect(others).toEqual([]);
    expect(recovery).toMatchObject({
      openedBecause: "Disabled by an administrator",
      closedAt: null,
      outstanding: 3,
      returned: 0,
      account: { name: "Ana Lopez", status: "disabled" },
    });
    expect(await register.within((tx) => countCustodies(tx, { accountId: id, open: true }))).toBe(
      3,
    );
    const history = await register.within((tx) =>
      historyPage(tx, [id], { cursor: undefined, limit: 9 }),
    );
    expect(history.items.map(({ sentence }) => sentence)).toContain(
      "Recovery opened: 3 items to get back",
    );
  });

  test("who holds nothing gets none", async () => {
    const { id } = await holderOf("Nobody", 0);
    await register.setStatus(id, "disabled");
    expect(await recoveriesOf(id)).toEqual([]);
  });

  test("being told twice opens one", async () => {
    const { id } = await holderOf("Twice", 1);
    await register.setStatus(id, "disabled");
    const accounts = [{ id, name: "Twice", tenantId: register.tenantId }];
    await register.within((tx) =>
      openRecoveries(tx, { accounts, cause: testCause, reason: "Again" }),
    );
    expect(await recoveriesOf(id)).toHaveLength(1);
  });

  test("many people at once each get their own", async () => {
    const holders = await Promise.all(
      Array.from({ length: 5 }, (_, index) => holderOf(`Many ${index}`, index)),
    );
    const accounts = holders.map(({ id }, index) => ({
      id,
      name: `Many ${index}`,
      tenantId: register.tenantId,
    }));
    await register.within((tx) =>
      openRecoveries(tx, { accounts, cause: testCause, reason: "Gone" }),
    );
    for (const [index, { id }] of holders.entries())
      expect((await recoveriesOf(id)).map(({ outstanding }) => outstanding)).toEqual(
        index === 0 ? [] : [index],
      );
  });
});

describe("a recovery closes", () => {
  test("with the last item that is returned, and not before", async () => {
    const { id, assets } = await holderOf("Ben", 2);
    await register.setStatus(id, "disabled");
    await back(assets[0]!);
    expect(await recoveriesOf(id)).toMatchObject([{ closedAt: null, outstanding: 1, returned: 1 }]);
    await back(assets[1]!);
    expect(await recoveriesOf(id)).toMatchObject([
      { closedBecause: "All items are back", outstanding: 0, returned: 2 },
    ]);
  });

  test("with a write-off, saying so", async () => {
    const { id, assets } = await holderOf("Cleo", 2);
    await register.setStatus(id, "disabled");
    await back(assets[0]!, "written-off");
    await back(assets[1]!);
    expect(await recoveriesOf(id)).toMatchObject([
      { closedBecause: "All items are back or written off" },
    ]);
    const [recovery] = await recoveriesOf(id);
    const items = await register.within(async (tx) =>
      listCustodiesByIds(tx, await listRecoveryItems(tx, recovery!.id)),
    );
    expect(items.map(({ outcome }) => outcome)).toEqual(["written-off", "returned"]);
  });

  test("when the person is enabled again, who keeps the items; the next time opens another", async () => {
    const { id, assets } = await holderOf("Dan", 2);
    await register.setStatus(id, "disabled");
    await back(assets[0]!);
    await register.setStatus(id, "active");
    const closed = { closedBecause: "Enabled by an administrator", outstanding: 1, returned: 1 };
    expect(await recoveriesOf(id)).toMatchObject([closed]);
    await back(assets[1]!);
    expect(await recoveriesOf(id)).toMatchObject([closed]);
    const again = await register.asset("Again");
    await register.within((tx) =>
      checkOut(tx, { assetId: again, accountId: id, dueOn: null, note: null, cause: testCause }),
    );
    await register.setStatus(id, "disabled");
    expect(await recoveriesOf(id)).toMatchObject([{ closedAt: null, outstanding: 1 }, closed]);
  });
});

test("recoveries are found by their person and by their state, and counted", async () => {
  const { id } = await holderOf("Zoë Ångström", 2);
  const before = await register.within((tx) => summarizeRecoveries(tx, register.tenantId));
  await register.setStatus(id, "disabled");
  await register.within(async (tx) => {
    const total = (filter: Parameters<typeof countRecoveries>[1]) => countRecoveries(tx, filter);
    expect(await total({ search: "zoe angstrom" })).toBe(1);
    expect(await total({ search: "zoe", state: "closed" })).toBe(0);
    expect(await total({ search: "zoe", state: "open", tenantId: register.tenantId })).toBe(1);
    expect(await summarizeRecoveries(tx)).toEqual({
      open: before.open + 1,
      items: before.items + 2,
    });
  });
});
