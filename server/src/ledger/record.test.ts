import { query } from "#database";
import { StartAgain, type Transaction } from "#tenancy";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import type { Cause } from "./change.ts";
import { record } from "./store.ts";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const causeOf = (sentence: string): Cause => ({
  kind: "system",
  id: null,
  sentence,
  actor: { id: null, name: "Test" },
});
const id = "019abc00-0000-7000-8000-000000000000";
const say = (tx: Transaction, cause: Cause, ...sentences: string[]) =>
  record(
    tx,
    cause,
    sentences.map((sentence) => ({
      action: "test.said",
      sentence,
      subject: { kind: "test", id, name: "Test" },
    })),
  );
const within = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  app.organisations.within(app.administrator.orgId, work);
const said = async (prefix: string) => {
  const rows = await within((tx) =>
    tx.run(
      query
        .selectFrom("ledger")
        .select(["sentence", "causeSentence"])
        .where("orgId", "=", tx.orgId)
        .where("sentence", "like", `${prefix}%`)
        .orderBy("id"),
    ),
  );
  return rows.map(({ sentence, causeSentence }) => `${causeSentence}: ${sentence}`);
};

test("what is recorded of several causes, before and after a flush, stands once and in its order", async () => {
  const [first, second] = [causeOf("One"), causeOf("Two")];
  await within(async (tx) => {
    say(tx, first, "a1", "a2");
    say(tx, first, "a3");
    say(tx, second, "a4");
    say(tx, first, "a5");
    await tx.flush();
    say(tx, first, "a6");
    await tx.flush();
    await tx.flush();
    say(tx, second, "a7");
    say(tx, second, "a8");
  });
  expect(await said("a")).toEqual([
    "One: a1",
    "One: a2",
    "One: a3",
    "Two: a4",
    "One: a5",
    "One: a6",
    "Two: a7",
    "Two: a8",
  ]);
});

test("work that runs again records once, also with the same cause; work that fails records nothing", async () => {
  const cause = causeOf("Again");
  let attempt = 0;
  await within(async (tx) => {
    attempt += 1;
    say(tx, cause, `b${attempt}`);
    if (attempt === 2) await tx.flush();
    say(tx, cause, `b${attempt} too`);
    if (attempt < 3) throw new StartAgain("otherwise");
  });
  expect(await said("b")).toEqual(["Again: b3", "Again: b3 too"]);
  const failing = within(async (tx) => {
    say(tx, cause, "c");
    await tx.flush();
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await said("c")).toEqual([]);
});

test("what happens to two hundred thousand at once is recorded behind what is recorded already", async () => {
  const cause = causeOf("crowd");
  const change = {
    action: "test.said",
    sentence: "Gone",
    subject: { kind: "test", id, name: "T" },
  };
  const crowd = Array.from({ length: 200_000 }, () => change);
  const undone = within(async (tx) => {
    say(tx, cause, "crowd first");
    record(tx, cause, crowd);
    throw new Error("taken back");
  });
  await expect(undone).rejects.toThrow("taken back");
});
