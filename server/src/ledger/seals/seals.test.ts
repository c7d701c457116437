import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record, sealLedger, verifyLedger } from "#ledger";
import { newId } from "#tenancy";
import { explain } from "../../../test/support/explain.ts";
import {
  createTestRegister,
  testCause,
  type TestRegister,
} from "../../../test/support/register.ts";
import { selectSealable } from "./store.ts";

let register: TestRegister;

beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(async () => {
  await register.close();
});

const write = (count: number, prefix = "Thing") =>
  register.within(async (tx) =>
    record(
      tx,
      testCause,
      Array.from({ length: count }, (_, index) => ({
        action: "thing.changed",
        sentence: `${prefix} ${index} changed`,
        subject: { kind: "thing", id: newId(), name: `${prefix} ${index}` },
        tenantId: register.tenantId,
        before: { size: index, big: "12345678901234567890" },
        after: { size: index + 1 },
      })),
    ),
  );
const seal = () => sealLedger(register.organisations, register.orgId);
const verify = (noted?: string) => verifyLedger(register.organisations, register.orgId, noted);

describe("sealing", () => {
  test("seals what is there, once, and what comes later under the next seal", async () => {
    await seal();
    const before = await verify();
    await write(3);
    expect((await verify()).unsealed).toBe(3);
    expect(await seal()).toBe(3);
    expect(await seal()).toBe(0);
    const after = await verify();
    expect(after).toMatchObject({
      findings: [],
      seals: before.seals + 1,
      entries: before.entries + 3,
      unsealed: 0,
    });
    expect(after.head).not.toBe(before.head);
    expect((await verify(before.head!)).findings).toEqual([]);
  });

  test("a batch is cut into seals of a thousand", async () => {
    const { seals } = await verify();
    await write(2500);
    expect(await seal()).toBe(2500);
    expect(await verify()).toMatchObject({ seals: seals + 3, findings: [] });
  });

  test("reads what is to be sealed in order, from an index", async () => {
    const plan = await register.within((tx) =>
      explain(
        tx,
        selectSealable(
          tx,
          { after: { transactionId: "9", id: newId() }, before: 10n ** 12n },
          1000,
        ),
      ),
    );
    expect(plan.join()).toMatch(/Index Scan ledger_taken_in/);
    expect(plan.join()).not.toMatch(/Sort/);
  });

  test("waits for a transaction that is not over, and misses nothing of it", async () => {
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    let written!: () => void;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const late = register.within(async (tx) => {
      record(tx, testCause, [
        {
          action: "thing.changed",
          sentence: "Late",
          subject: { kind: "thing", id: newId(), name: "Late" },
        },
      ]);
      await tx.flush();
      written();
      await released;
    });
    await isWritten;
    // Younger ids, committed before.
    await write(2, "Early");
    expect(await seal()).toBe(0);
    release();
    await late;
    expect(await seal()).toBe(3);
    expect(await verify()).toMatchObject({ findings: [], unsealed: 0 });
  });

  test("many writers and several sealers at once: every entry under exactly one seal", async () => {
    const { entries } = await verify();
    const writing = new AbortController();
    const sealers = Array.from({ length: 3 }, async () => {
      while (!writing.signal.aborted) await seal();
    });
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let round = 0; round < 10; round += 1) await write(1 + (round % 5), `W${writer}`);
      }),
    );
    writing.abort();
    await Promise.all(sealers);
    await seal();
    expect(await verify()).toMatchObject({
      findings: [],
      unsealed: 0,
      entries: entries + 8 * (1 + 2 + 3 + 4 + 5) * 2,
    });
  });
});
