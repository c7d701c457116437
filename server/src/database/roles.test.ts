import { Client } from "pg";
import { afterAll, beforeEach, describe, expect, inject, it } from "vitest";
import { createCopy, dropCopy, urlOfCopy } from "../../test/support/copies.ts";
import { quietLog } from "../../test/support/log.ts";
import { migrate } from "./migrate.ts";
import { openPool } from "./open.ts";

const name = `muster_roles_${process.pid}`;
const { url: serverUrl } = inject("postgres");
const superuserUrl = urlOfCopy(serverUrl, name);

const asSuperuser = async (...statements: string[]): Promise<void> => {
  const client = new Client(superuserUrl);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

/** The URL of a role that owns the database, as DATABASE_URL would name it. */
const ownedBy = async (role: string, attributes: string): Promise<string> => {
  const password = "only for this test";
  await asSuperuser(
    `drop role if exists ${role}`,
    `create role ${role} login password '${password}' ${attributes}`,
    `alter database ${name} owner to ${role}`,
    `alter schema public owner to ${role}`,
  );
  const url = new URL(superuserUrl);
  url.username = role;
  url.password = password;
  return url.href;
};

const roles = {
  plain: "muster_test_plain",
  creator: "muster_test_creator",
  bypass: "muster_test_bypass",
};

beforeEach(async () => {
  await dropCopy(serverUrl, name);
  await createCopy(serverUrl, name, "template0");
});
afterAll(async () => {
  await dropCopy(serverUrl, name);
  await createCopy(serverUrl, name, "template0");
  await asSuperuser(...Object.values(roles).map((role) => `drop role if exists ${role}`));
  await dropCopy(serverUrl, name);
});

const open = async (url: string): Promise<string> => {
  await migrate(url);
  const { pool, close } = await openPool(url, quietLog);
  try {
    return (await pool.query("select current_user as role")).rows[0].role;
  } finally {
    await close();
  }
};

describe("the role of the pool", () => {
  it("is muster_app for a superuser", async () => {
    expect(await open(superuserUrl)).toBe("muster_app");
  });

  it("is the URL's own role where that can neither make roles nor bypass security", async () => {
    expect(await open(await ownedBy(roles.plain, ""))).toBe(roles.plain);
  });

  it("is muster_app for a role that bypasses security and was made a member", async () => {
    const url = await ownedBy(roles.bypass, "bypassrls");
    await asSuperuser(`grant muster_app to ${roles.bypass}`);
    expect(await open(url)).toBe("muster_app");
  });

  it("is refused, with the SQL to run, to a role that bypasses security and is no member", async () => {
    const opening = open(await ownedBy(roles.bypass, "bypassrls"));
    await expect(opening).rejects.toThrow(`run: grant muster_app to "${roles.bypass}";`);
  });

  it("is refused where a table's own owner is not held by its policy", async () => {
    const url = await ownedBy(roles.plain, "");
    await migrate(url);
    await asSuperuser("alter table tenants no force row level security");
    await expect(open(url)).rejects.toThrow(
      `Row-level security does not hold for ${roles.plain} on its own tables: tenants.`,
    );
  });

  it("may add to the ledger, and change or delete nothing in it", async () => {
    await migrate(superuserUrl);
    const { pool, close } = await openPool(superuserUrl, quietLog);
    try {
      await expect(pool.query("delete from ledger")).rejects.toThrow("permission denied");
      await expect(pool.query("update ledger set sentence = ''")).rejects.toThrow(
        "permission denied",
      );
    } finally {
      await close();
    }
  });

  it("is one that several nodes can prepare at once", async () => {
    await migrate(superuserUrl);
    const roles = await Promise.all([1, 2, 3, 4].map(() => open(superuserUrl)));
    expect(new Set(roles)).toEqual(new Set(["muster_app"]));
  });
});
