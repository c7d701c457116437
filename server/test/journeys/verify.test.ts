import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record, sealLedger } from "#ledger";
import { asOrgId, createOrganisations, createSubscriptions, newId, type OrgId } from "#tenancy";
import { startEmbedded, type EmbeddedServer } from "../../src/database/embedded/index.ts";
import { openPool } from "../../src/database/open.ts";
import { quietLog } from "../support/log.ts";
import { administrator, endProducts, runCommand, type Ended } from "../support/product.ts";
import { testCause } from "../support/register.ts";

let folder: string;
let server: EmbeddedServer;
let pool: Awaited<ReturnType<typeof openPool>>;
let owner: Client;
let orgId: OrgId;
/** The hash that an auditor noted when all was sealed. */
let noted: string;

const run = (...args: string[]): Promise<Ended> =>
  runCommand({ dataFolder: folder, databaseUrl: server.url }, args);
const verify = (...args: string[]): Promise<Ended> => run("ledger", "verify", ...args);

const organisations = () => createOrganisations(pool.pool, createSubscriptions());
const write = (name: string) =>
  organisations().within(orgId, async (tx) =>
    record(
      tx,
      testCause,
      [1, 2, 3].map((number) => ({
        action: "thing.changed",
        sentence: `${name} ${number}`,
        subject: { kind: "thing", id: newId(), name },
      })),
    ),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-verify-"));
  server = await startEmbedded({ dataFolder: folder, purpose: "serve", log: quietLog });
  const { email, password } = administrator;
  const made = await run("admin", "create", `--email=${email}`, `--password=${password}`);
  if (made.code !== 0) throw new Error(made.complaint);
  pool = await openPool(server.url, quietLog);
  owner = new Client({ connectionString: server.url });
  await owner.connect();
  const { rows } = await owner.query("select org_id from organisations");
  orgId = asOrgId(rows[0].org_id);
  for (const name of ["First", "Second", "Third"]) {
    await write(name);
    await sealLedger(organisations(), orgId);
  }
  noted = JSON.parse((await verify("--json")).output).head;
  await write("Young");
});

afterAll(async () => {
  await owner?.end();
  await pool?.close();
  await server?.stop();
  endProducts();
  await rm(folder, { recursive: true, force: true });
});

/** What somebody who owns the database does; then what `muster ledger verify` says of it; then all is as it was. */
const after = async (deeds: readonly string[], work: () => Promise<void>): Promise<void> => {
  const tables = ["ledger", "ledger_seals"];
  for (const table of tables)
    await owner.query(`create table kept_${table} as select * from ${table}`);
  try {
    for (const deed of deeds) {
      if (deed === "seal") expect(await sealLedger(organisations(), orgId)).toBeGreaterThan(0);
      else expect((await owner.query(deed)).rowCount, deed).toBeGreaterThan(0);
    }
    await work();
  } finally {
    for (const table of tables) {
      await owner.query(`delete from ${table}`);
      await owner.query(`insert into ${table} select * from kept_${table}`);
      await owner.query(`drop table kept_${table}`);
    }
  }
};

const inserted = (like: string): string => `
  insert into ledger select org_id, '00000000-0000-7000-8000-000000000000', at, tenant_id, action, 'Put in', subject_kind,
    subject_id, subject_name, actor_id, actor_name, cause_kind, cause_id, cause_sentence, before, after, transaction_id
  from ledger where sentence = '${like}'`;
const lastSeal = "number = (select max(number) from ledger_seals)";
const cutEnd = `delete from ledger_seals where ${lastSeal}`;

test("as it was sealed: 0, with the hash to be noted, and what is not proven yet", async () => {
  const { code, output, complaint } = await verify();
  expect({ code, complaint }).toEqual({ code: 0, complaint: "" });
  expect(output).toMatch(/all as they were sealed\. 3 entries are not sealed yet, the oldest of /);
  expect(output).toContain(`Last seal: ${noted}`);
  expect(await verify(`--seal=${noted}`)).toMatchObject({ code: 0 });
});

describe("told without anything noted", () => {
  test.each([
    [
      "an altered entry",
      "update ledger set actor_name = 'Nobody' where sentence = 'Second 2'",
      /was altered/,
    ],
    ["a removed entry", "delete from ledger where sentence = 'Second 2'", /was removed/],
    ["an inserted entry", inserted("Second 2"), /was put into what seal \d+ is over/],
    [
      "an entry of the last seal",
      "update ledger set sentence = 'x' where sentence = 'Third 3'",
      /was altered/,
    ],
    [
      "an altered seal",
      "update ledger_seals set sealed_at = now() where number = 2",
      /Seal 2 was altered/,
    ],
    [
      "an altered last seal",
      `update ledger_seals set entries = 2 where ${lastSeal}`,
      /was altered/,
    ],
    [
      "a removed seal in between",
      "delete from ledger_seals where number = 2",
      /Seal 2 was removed/,
    ],
    ["a removed first seal", "delete from ledger_seals where number = 1", /Seal 1 was removed/],
    [
      "a seal made again over altered entries",
      `update ledger_seals set members = overlay(members placing '\\x00' from 20) where number = 2`,
      /Seal 2 was altered/,
    ],
  ])("%s: 1", (_what, deed, said) =>
    after([deed], async () => {
      const { code, output } = await verify();
      expect(code, output).toBe(1);
      expect(output).toMatch(said);
      expect(output).toContain("the ledger is not what was sealed");
      const { code: alsoJson, output: json } = await verify("--json");
      expect(alsoJson).toBe(1);
      expect(JSON.parse(json).findings.join()).toMatch(said);
    }),
  );
});

describe("told only by a hash that was noted where the owner of the database cannot write", () => {
  test.each([
    ["the last seal removed", [cutEnd]],
    [
      "the last seal removed with what it was over",
      [cutEnd, "delete from ledger where sentence like 'Third%'"],
    ],
    [
      "the end altered, and sealed anew",
      [cutEnd, "update ledger set actor_name = 'Nobody' where sentence = 'Third 1'", "seal"],
    ],
    [
      "everything altered, and sealed anew from the beginning",
      ["update ledger set actor_name = 'Nobody'", "delete from ledger_seals", "seal"],
    ],
  ])("%s: 0 alone, 1 with --seal", (_what, deeds) =>
    after(deeds, async () => {
      expect(await verify()).toMatchObject({ code: 0 });
      const { code, output } = await verify(`--seal=${noted}`);
      expect(code).toBe(1);
      expect(output).toContain(`No seal has the hash ${noted}`);
    }),
  );

  test("a removed last seal leaves entries that have long waited to be sealed, and that is said", () =>
    after([cutEnd], async () => {
      const { output } = await verify();
      expect(output).toMatch(/6 entries are not sealed yet, the oldest of \d{4}-/);
    }));
});

describe("not told at all: what no seal was over yet", () => {
  test.each([
    ["altered", "update ledger set sentence = 'Nothing' where sentence = 'Young 2'"],
    ["removed", "delete from ledger where sentence = 'Young 2'"],
    ["inserted", inserted("Young 2")],
  ])("%s: 0, also with --seal", (_what, deed) =>
    after([deed], async () => {
      expect(await verify()).toMatchObject({ code: 0 });
      expect(await verify(`--seal=${noted}`)).toMatchObject({ code: 0 });
    }),
  );

  test("nor by what is sealed over it afterwards, which is true of the altered", () =>
    after(
      ["update ledger set sentence = 'Nothing' where sentence = 'Young 2'", "seal"],
      async () => {
        expect(await verify(`--seal=${noted}`)).toMatchObject({ code: 0 });
      },
    ));
});
