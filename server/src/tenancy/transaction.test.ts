import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { DatabaseUnavailable, query, statement } from "#database";
import { sql } from "kysely";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { newId, type OrgId } from "./ids.ts";
import { StartAgain, type Opening, type Transaction } from "./transaction.ts";

let muster: TestApp;
let orgId: OrgId;
let otherOrgId: OrgId;

beforeAll(async () => {
  muster = await createTestApp();
  ({ orgId } = muster.administrator);
  ({ orgId: otherOrgId } = await muster.createOrganisation("Fabrikam"));
});
afterAll(() => muster.close());

const within = <Result>(work: (tx: Transaction) => Promise<Result>, opening?: Opening) =>
  muster.organisations.within(orgId, work, opening);

const insertStatus = (tx: Transaction, name: string, id = newId()) =>
  query.insertInto("assetStatuses").values({
    orgId: tx.orgId,
    id,
    tenantId: muster.administrator.tenantId,
    name,
    kind: "pending",
  });

const statuses = async (): Promise<string[]> => {
  const rows = await within((tx) =>
    tx.run(
      query.selectFrom("assetStatuses").select("name").where("name", "like", "T %").orderBy("name"),
    ),
  );
  return rows.map(({ name }) => name);
};

beforeEach(() =>
  within(async (tx) => {
    tx.defer(query.deleteFrom("assetStatuses").where("name", "like", "T %"));
  }),
);

const organisationsSeen = (tx: Transaction) =>
  tx.run(query.selectFrom("organisations").select("orgId"));

const countMessages = async (work: () => Promise<unknown>): Promise<number> => {
  const spy = vi.spyOn(Client.prototype, "query");
  try {
    await work();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
};

const sleep = (seconds: number) => statement(sql`select pg_sleep(${seconds})`);

describe("messages", () => {
  test("a read is one", async () => {
    const messages = await countMessages(() =>
      within((tx) => Promise.all([organisationsSeen(tx), organisationsSeen(tx)]), { isRead: true }),
    );
    expect(messages).toBe(1);
  });

  test("a write that reads first is two, one that does not is one, and nothing is none", async () => {
    const reading = async (tx: Transaction) => {
      await Promise.all([organisationsSeen(tx), organisationsSeen(tx)]);
      tx.defer(insertStatus(tx, "T two"));
      tx.defer(insertStatus(tx, "T three"));
    };
    expect(await countMessages(() => within(reading))).toBe(2);
    expect(
      await countMessages(() =>
        within(async (tx) => {
          tx.defer(insertStatus(tx, "T one"));
        }),
      ),
    ).toBe(1);
    expect(await countMessages(() => within(async () => {}))).toBe(0);
    expect(await statuses()).toEqual(["T one", "T three", "T two"]);
  });
});

describe.each<[string, Opening]>([
  ["a read", { isRead: true }],
  ["a write", {}],
])("%s", (_name, opening) => {
  test("sees its own organisation, in every message", async () => {
    const seen = await within(
      async (tx) => [await organisationsSeen(tx), await organisationsSeen(tx)],
      opening,
    );
    expect(seen).toEqual([[{ orgId }], [{ orgId }]]);
    const others = await muster.organisations.within(otherOrgId, organisationsSeen, opening);
    expect(others).toEqual([{ orgId: otherOrgId }]);
  });

  test("leaves nothing bound behind it, also when it fails", async () => {
    const failing = within(async (tx) => {
      void organisationsSeen(tx);
      void tx.run(sleep(0.05));
      throw new Error("no");
    }, opening);
    await expect(failing).rejects.toThrow("no");
    const clients = await Promise.all(
      Array.from({ length: muster.database.pool.totalCount }, () => muster.database.pool.connect()),
    );
    const seen = await Promise.all(
      clients.map(async (client) => {
        const { rows } = await client.query("select count(*)::int as seen from organisations");
        client.release();
        return rows[0].seen;
      }),
    );
    expect(seen).toEqual(seen.map(() => 0));
  });
});

test("a read writes nothing", async () => {
  await expect(
    within((tx) => tx.run(insertStatus(tx, "T read")), { isRead: true }),
  ).rejects.toMatchObject({ code: "25006" });
  await expect(
    within(async (tx) => tx.defer(insertStatus(tx, "T read")), { isRead: true }),
  ).rejects.toThrow("a read writes nothing");
  expect(await statuses()).toEqual([]);
});

describe("a failure", () => {
  test("that nobody looked at is none the less one: nothing is kept, and it is told", async () => {
    const work = within(async (tx) => {
      tx.defer(insertStatus(tx, "T lost"));
      await tx.run(statement(sql`select 1 / 0`)).catch(() => {});
    });
    await expect(work).rejects.toMatchObject({ code: "25P02" });
    expect(await statuses()).toEqual([]);
  });

  test("of a deferred write undoes all of them, and no action follows", async () => {
    const id = newId();
    const after = vi.fn<() => void>();
    const work = within(async (tx) => {
      tx.defer(insertStatus(tx, "T first", id));
      tx.defer(insertStatus(tx, "T again", id));
      tx.afterCommit(after);
    });
    await expect(work).rejects.toMatchObject({ code: "23505" });
    expect(await statuses()).toEqual([]);
    expect(after).not.toHaveBeenCalled();
  });

  test("of a database that has no room is told, with what is known: nothing was changed", async () => {
    const full = sql`do $$ begin raise disk_full; end $$`;
    const failing = within(async (tx) => {
      tx.defer(insertStatus(tx, "T lost"));
      tx.defer(statement(full));
    });
    await expect(failing).rejects.toThrow("Nothing was changed.");
    await expect(failing).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(await statuses()).toEqual([]);
  });

  test("drops what was asked for and not yet sent", async () => {
    const work = within(async (tx) => {
      const first = tx.run(sleep(0.1));
      await new Promise((resolve) => void setTimeout(resolve, 30));
      void tx.run(insertStatus(tx, "T too late"));
      void first;
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await statuses()).toEqual([]);
  });

  test("to put a value into words is one like any other", async () => {
    const never = new Date(Number.NaN);
    await expect(
      within((tx) => tx.run(statement(sql`select ${never}::timestamptz`))),
    ).rejects.toThrow(RangeError);
  });

  test("of the connection is told, and the next transaction has another", async () => {
    const gone = within(async (tx) => {
      await tx.run(statement(sql`set role none`));
      tx.defer(insertStatus(tx, "T gone"));
      await tx.run(statement(sql`select pg_terminate_backend(pg_backend_pid())`));
    });
    await expect(gone).rejects.toMatchObject({ cause: { code: "57P01" } });
    expect(await statuses()).toEqual([]);
  });
});

describe("runs again", () => {
  test.each([
    ["when asked to", async () => Promise.reject(new StartAgain("otherwise"))],
    [
      "after a serialization failure",
      (tx: Transaction) =>
        tx.executeSql("do $$ begin raise exception 'no' using errcode = '40001'; end $$"),
    ],
  ])("%s, and the first attempt left nothing", async (_name, fail) => {
    let attempt = 0;
    const done = await within(async (tx) => {
      attempt += 1;
      tx.defer(insertStatus(tx, `T ${attempt}`));
      if (attempt < 3) await fail(tx);
      return attempt;
    });
    expect(done).toBe(3);
    expect(await statuses()).toEqual(["T 3"]);
  });

  test("but not for ever", async () => {
    let attempts = 0;
    const work = within(async () => {
      attempts += 1;
      throw new StartAgain("otherwise");
    });
    await expect(work).rejects.toThrow("otherwise");
    expect(attempts).toBe(5);
  });
});

test("what is held is held before the first statement reads", async () => {
  const key = newId();
  const held = Promise.withResolvers<void>();
  const editing = within(
    async (tx) => {
      await tx.run(sleep(0));
      held.resolve();
      await tx.run(sleep(0.15));
      tx.defer(insertStatus(tx, "T edited"));
    },
    { hold: { key, mode: "exclusive" } },
  );
  await held.promise;
  const seen = await within(
    (tx) => tx.run(query.selectFrom("assetStatuses").select("name").where("name", "like", "T %")),
    { hold: { key, mode: "shared" } },
  );
  await editing;
  expect(seen).toEqual([{ name: "T edited" }]);
});
