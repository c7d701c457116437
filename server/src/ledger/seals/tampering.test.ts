import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record, sealLedger, verifyLedger } from "#ledger";
import { newId } from "#tenancy";
import {
  createTestRegister,
  testCause,
  type TestRegister,
} from "../../../test/support/register.ts";

let register: TestRegister;
let owner: Client;

beforeAll(async () => {
  register = await createTestRegister();
  owner = new Client({ connectionString: register.database.ownerUrl });
  await owner.connect();
  for (const name of ["One", "Two", "Sealed"]) {
    await write(5, name);
    await seal();
  }
});
afterAll(async () => {
  await owner.end();
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

describe("tampering is caught", () => {
  let orgId: string;
  beforeAll(() => {
    ({ orgId } = register);
  });

  /** Does something as a superuser, looks what is found, and takes it back. */
  const tamper = async (statement: string, noted?: string): Promise<readonly string[]> => {
    const tables = ["ledger", "ledger_seals"];
    for (const table of tables)
      await owner.query(`create temp table kept_${table} as select * from ${table}`);
    try {
      const { rowCount } = await owner.query(statement, [orgId]);
      expect(rowCount).toBeGreaterThan(0);
      return (await verify(noted)).findings;
    } finally {
      for (const table of tables) {
        await owner.query(`delete from ${table}`);
        await owner.query(`insert into ${table} select * from kept_${table}`);
        await owner.query(`drop table kept_${table}`);
      }
      expect((await verify()).findings).toEqual([]);
    }
  };

  const oneEntry =
    "(select id from ledger where org_id = $1 and sentence like 'Sealed 3%' order by id desc limit 1)";

  test.each([
    ["at", "at + interval '1 microsecond'"],
    ["tenant_id", "null"],
    ["action", "'thing.left'"],
    ["sentence", "'Nothing happened'"],
    ["subject_kind", "'other'"],
    ["subject_id", "gen_random_uuid()"],
    ["subject_name", "'Somebody else'"],
    ["actor_id", "gen_random_uuid()"],
    ["actor_name", "'Somebody else'"],
    ["cause_kind", "'system'"],
    ["cause_id", "gen_random_uuid()"],
    ["cause_sentence", "''"],
    ["before", `'{"size": 3, "big": "12345678901234567891"}'`],
    ["after", "null"],
  ])("a changed %s", async (column, value) => {
    const findings = await tamper(
      `update ledger set ${column} = ${value} where org_id = $1 and id = ${oneEntry}`,
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^Entry \S+ of seal \d+ was altered/);
  });

  test("a number that only a double would take for the same", async () => {
    await write(1, "Precise");
    await owner.query(
      `update ledger set after = '{"n": 12345678901234567890}' where org_id = $1 and sentence like 'Precise%'`,
      [orgId],
    );
    await seal();
    expect(
      await tamper(
        `update ledger set after = '{"n": 12345678901234567891}' where org_id = $1 and sentence like 'Precise%'`,
      ),
    ).toHaveLength(1);
  });

  test("an entry under another id", async () => {
    expect(
      await tamper(
        `update ledger set id = gen_random_uuid() where org_id = $1 and id = ${oneEntry}`,
      ),
    ).toEqual([expect.stringMatching(/was removed/), expect.stringMatching(/was put into/)]);
  });

  test("entries whose places were exchanged", async () => {
    const findings = await tamper(`
      with two as (select id, transaction_id from ledger where org_id = $1 order by transaction_id desc, id desc limit 1),
        other as (select id, transaction_id from ledger where org_id = $1 order by transaction_id, id limit 1)
      update ledger l set transaction_id = case when l.id = two.id then other.transaction_id else two.transaction_id end
      from two, other where l.org_id = $1 and l.id in (two.id, other.id)`);
    expect(findings.length).toBeGreaterThanOrEqual(2);
  });

  test("a removed entry", async () => {
    expect(await tamper(`delete from ledger where org_id = $1 and id = ${oneEntry}`)).toEqual([
      expect.stringMatching(/^Entry \S+ of seal \d+ was removed/),
    ]);
  });

  test("an entry that was put in, even with the time and transaction of others", async () => {
    expect(
      await tamper(`
        insert into ledger select org_id, '00000000-0000-7000-8000-000000000000', at, tenant_id, action, sentence,
          subject_kind, subject_id, subject_name, actor_id, actor_name, cause_kind, cause_id, cause_sentence, before, after,
          transaction_id
        from ledger where org_id = $1 and id = ${oneEntry}`),
    ).toEqual([expect.stringMatching(/was put into what seal \d+ is over/)]);
  });

  test("an entry put before everything", async () => {
    expect(
      await tamper(`
        insert into ledger select org_id, gen_random_uuid(), at, tenant_id, action, sentence, subject_kind, subject_id,
          subject_name, actor_id, actor_name, cause_kind, cause_id, cause_sentence, before, after, 1
        from ledger where org_id = $1 and id = ${oneEntry}`),
    ).toHaveLength(1);
  });

  test.each([
    ["first_transaction", "first_transaction - 1"],
    ["first_id", "gen_random_uuid()"],
    ["last_transaction", "last_transaction + 1"],
    ["last_id", "gen_random_uuid()"],
    ["entries", "entries + 1"],
    ["members", "set_byte(members, 20, get_byte(members, 20) # 1)"],
    ["members", "substring(members from 2)"],
    ["previous", "sha256('x')"],
    ["hash", "sha256('x')"],
    ["sealed_at", "sealed_at + interval '1 millisecond'"],
  ])("a seal with another %s (%s)", async (column, value) => {
    const findings = await tamper(
      `update ledger_seals set ${column} = ${value} where org_id = $1 and number = 2`,
    );
    expect(findings.length).toBeGreaterThanOrEqual(1);
    expect(findings.join(" ")).toMatch(/Seal [23] (was altered|does not follow)/);
  });

  test("search words that hide an entry", async () => {
    expect(
      await tamper(
        "update ledger_seals set words = ts_delete(words, 'sealed') where org_id = $1 and 'sealed' = any(tsvector_to_array(words))",
      ),
    ).toContainEqual(expect.stringMatching(/search words/));
  });

  test("a removed seal in the middle", async () => {
    expect(await tamper("delete from ledger_seals where org_id = $1 and number = 2")).toEqual([
      "Seal 2 was removed.",
    ]);
  });

  test("removed seals at the end, with the hash that was noted", async () => {
    const { head } = await verify();
    const cut = `delete from ledger_seals where org_id = $1
      and number > (select max(number) - 2 from ledger_seals where org_id = $1)`;
    expect(await tamper(cut, head!)).toEqual([expect.stringMatching(/^No seal has the hash/)]);
  });

  test("history written anew with seals that are in order, with the hash that was noted", async () => {
    const { head } = await verify();
    await owner.query("begin");
    await owner.query("create temp table kept_l as select * from ledger");
    await owner.query("create temp table kept_s as select * from ledger_seals");
    await owner.query("commit");
    try {
      await owner.query("update ledger set actor_name = 'Nobody' where org_id = $1", [orgId]);
      await owner.query("delete from ledger_seals where org_id = $1", [orgId]);
      await seal();
      expect((await verify()).findings).toEqual([]);
      expect((await verify(head!)).findings).toEqual([
        expect.stringMatching(/^No seal has the hash/),
      ]);
    } finally {
      await owner.query("delete from ledger; insert into ledger select * from kept_l");
      await owner.query("delete from ledger_seals; insert into ledger_seals select * from kept_s");
      await owner.query("drop table kept_l, kept_s");
    }
  });

  test("not even the product's own role can alter or remove an entry or a seal", async () => {
    for (const table of ["ledger", "ledger_seals"])
      for (const deed of [`delete from ${table}`, `update ${table} set org_id = org_id`])
        await expect(register.within((tx) => tx.executeSql(deed))).rejects.toThrow(/permission/);
  });
});
