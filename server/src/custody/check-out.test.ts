import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeAsset, createAsset, listStatuses, prepareTenant, summarizeAssets } from "#assets";
import { query } from "#database";
import { historyPage } from "#ledger";
import { insertTenant, newId } from "#tenancy";
import { createTestRegister, testCause, type TestRegister } from "../../test/support/register.ts";
import { insertStatus } from "../assets/store/choices.ts";
import { checkIn } from "./check-in.ts";
import { checkOut } from "./check-out.ts";
import { holdings } from "./holdings.ts";
import { countHeld, findOpenCustody } from "./store/custodies.ts";

let register: TestRegister;
let ana: string;
beforeAll(async () => {
  register = await createTestRegister();
  ana = await register.person("Ana Lopez");
});
afterAll(() => register.close());

const out = (assetId: string, accountId: string, dueOn: string | null = null) =>
  register.within((tx) =>
    checkOut(tx, { assetId, accountId, dueOn, note: null, cause: testCause }),
  );
type Way = Partial<Parameters<typeof checkIn>[1]>;
const back = (assetId: string, way: Way = {}) =>
  register.within((tx) =>
    checkIn(tx, { assetId, outcome: "returned", note: null, cause: testCause, ...way }),
  );
const holderOf = (assetId: string) =>
  register.within(async (tx) => (await holdings.holdersOf(tx, [assetId])).get(assetId));
const statusNamed = (name: string) =>
  register.within(async (tx) => {
    const statuses = await listStatuses(tx, register.tenantId);
    return statuses.find((status) => status.name === name)!.id;
  });
const statusOf = async (id: string): Promise<string> => {
  const row = await register.within((tx) =>
    tx.first(
      query
        .selectFrom("assets")
        .select("statusId")
        .where("orgId", "=", tx.orgId)
        .where("id", "=", id),
    ),
  );
  return row!.statusId;
};
const sentencesOf = async (id: string) => {
  const page = await register.within((tx) =>
    historyPage(tx, [id], { cursor: undefined, limit: 20 }),
  );
  return page.items.map(({ sentence }) => sentence);
};

describe("check-out", () => {
  test("puts an asset into somebody's hands, and says so", async () => {
    const asset = await register.asset("Laptop");
    await out(asset, ana, "2027-01-31");
    expect(await holderOf(asset)).toMatchObject({
      holder: { id: ana, name: "Ana Lopez", status: "active" },
      custody: { checkedOutBy: "Dana Reyes", dueOn: "2027-01-31", endedAt: null },
    });
    expect((await sentencesOf(asset))[0]).toBe("Checked out to Ana Lopez, due back on 2027-01-31");
    expect((await register.within((tx) => countHeld(tx, [ana, newId()]))).get(ana)).toBe(1);
  });

  test("is refused while somebody holds the asset, by name", async () => {
    const asset = await register.asset("Phone");
    await out(asset, ana);
    await expect(out(asset, await register.person("Ben"))).rejects.toMatchObject({
      status: 409,
      title: expect.stringMatching(/^AST-\d+ is held by Ana Lopez$/),
    });
  });

  test("is refused for somebody who is Disabled", async () => {
    const gone = await register.person("Gone");
    await register.setStatus(gone, "disabled");
    await expect(out(await register.asset("Dock"), gone)).rejects.toMatchObject({
      status: 409,
      title: "Gone is Disabled",
    });
  });

  test.each(["In repair", "Broken", "Retired", "Lost"])(
    "is refused while the status is %s",
    async (name) => {
      const asset = await register.asset("Tablet");
      const statusId = await statusNamed(name);
      await register.within((tx) =>
        changeAsset(tx, { assetId: asset, values: { statusId }, cause: testCause }),
      );
      await expect(out(asset, ana)).rejects.toMatchObject({
        status: 409,
        title: expect.stringContaining(name),
      });
    },
  );

  test("waits for a change of the asset's status, and goes by what it is then", async () => {
    const asset = await register.asset("Tablet");
    const spare = await register.within((tx) =>
      insertStatus(tx, { tenantId: register.tenantId, name: "Spare", kind: "deployable" }),
    );
    let waiting: Promise<void> | undefined;
    await register.within(async (tx) => {
      const values = { statusId: spare!.id };
      await changeAsset(tx, { assetId: asset, values, cause: testCause });
      await tx.flush();
      waiting = out(asset, ana);
      await pause(100);
    });
    await waiting;
    expect(await holderOf(asset)).toMatchObject({ holder: { id: ana } });
  });

  test("is refused to nobody, and across tenants, with the same words", async () => {
    const foreign = await register.within(async (tx) => {
      const { id: elsewhere } = await insertTenant(tx, "Branch");
      await prepareTenant(tx, elsewhere);
      return createAsset(tx, { tenantId: elsewhere, values: {}, cause: testCause });
    });
    const refusal = { status: 400, fields: [{ path: "accountId" }] };
    await expect(out(foreign, ana)).rejects.toMatchObject(refusal);
    await expect(out(foreign, newId())).rejects.toMatchObject(refusal);
    await expect(out(newId(), ana)).rejects.toMatchObject({ status: 404 });
  });
});

describe("check-in", () => {
  test("ends the custody, keeps it, and moves the asset", async () => {
    const asset = await register.asset("Laptop");
    await out(asset, ana);
    const statusId = await statusNamed("In repair");
    await back(asset, { statusId, note: "Broken hinge" });
    expect(await holderOf(asset)).toBeUndefined();
    expect(await statusOf(asset)).toBe(statusId);
    expect((await sentencesOf(asset)).slice(0, 2).toSorted()).toEqual([
      "Returned by Ana Lopez",
      "Status changed from Ready to deploy to In repair",
    ]);
  });

  test("is refused when nobody holds the asset", async () => {
    await expect(back(await register.asset("Dock"))).rejects.toMatchObject({ status: 409 });
  });

  test("that cannot be done changes nothing: the asset is still held", async () => {
    const asset = await register.asset("Dock");
    await out(asset, ana);
    await expect(back(asset, { locationId: newId() })).rejects.toMatchObject({ status: 400 });
    expect(await register.within((tx) => findOpenCustody(tx, asset))).toMatchObject({
      accountId: ana,
    });
  });

  test("by write-off never leaves an asset ready to be checked out", async () => {
    const [asset, other] = [await register.asset("Phone"), await register.asset("Phone")];
    await out(asset, ana);
    await back(asset, { outcome: "written-off" });
    expect(await statusOf(asset)).toBe(await statusNamed("Retired"));
    await out(other, ana);
    const statusId = await statusNamed("Ready to deploy");
    await expect(back(other, { outcome: "written-off", statusId })).rejects.toMatchObject({
      status: 400,
      fields: [{ path: "statusId" }],
    });
    await back(other, { outcome: "written-off", statusId: await statusNamed("Lost") });
    expect((await sentencesOf(other)).includes("Written off while Ana Lopez held it")).toBe(true);
    await expect(out(other, ana)).rejects.toMatchObject({ status: 409 });
  });
});

test("the overview counts assets that are held, and those that could be", async () => {
  const summary = () =>
    register.within((tx) => summarizeAssets(tx, holdings.isHeld, register.tenantId));
  const before = await summary();
  const [asset] = [await register.asset("Laptop"), await register.asset("Laptop")];
  await out(asset, ana);
  expect(await summary()).toEqual({
    total: before.total + 2,
    held: before.held + 1,
    available: before.available + 1,
  });
});
