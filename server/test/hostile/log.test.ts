import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../support/app.ts";
import { createTestConnection } from "../support/scim.ts";

type Connection = Awaited<ReturnType<typeof createTestConnection>>;

let muster: TestApp;
let entra: Connection;

beforeAll(async () => {
  muster = await createTestApp();
  entra = await createTestConnection(muster);
});
afterAll(() => muster.close());

type Entry = { id: string; path: string; summary: string };

const listLog = async (search: string): Promise<Entry[]> => {
  const { body } = await muster
    .as(muster.administrator)
    .get(`/provisioning-log?limit=200&search=${encodeURIComponent(search)}`);
  return body.items;
};

const search = (filter: string) => entra.send("POST", "/Users/.search", { filter });

test("no request talks its way out of the log, nor takes others along", async () => {
  const emoji = "😀".repeat(1500);
  const hostile = [
    search(`userName eq "witness ${emoji}"`),
    search(`userName eq "witnesS ${emoji.slice(1)}"`),
    search(`userName eq "witness  ${emoji}"`),
    search("witness\0"),
    search('witness eq "\\ud800"'),
    search('witness eq "a\r\n{\\"level\\":60}"'),
    entra.send("GET", "/Users/witness%00"),
    entra.send("GET", "/Users/witness%0d%0aSet-Cookie:a=b"),
    entra.send("GET", "/Users?filter=witness%00"),
    search('userName eq "witness of the rest"'),
  ];
  for (const { status } of await Promise.all(hostile)) expect(status).toBeLessThan(500);
  await expect.poll(async () => (await listLog("")).length).toBe(hostile.length);
});

test("a batch of any size is written whole", async () => {
  const count = 300;
  const reads = Array.from({ length: count }, (_, at) =>
    entra.send("GET", `/Users?filter=${encodeURIComponent(`userName eq "batch ${at}"`)}`),
  );
  await Promise.all(reads);
  const countEntries = async () =>
    (await muster.as(muster.administrator).get("/provisioning-log?search=batch")).body.total;
  await expect.poll(countEntries, { timeout: 10_000 }).toBe(count);
});

test("a password is in no entry, no history and no answer", async () => {
  const id = await entra.createUser("secret@contoso.test", { password: "S3cret-1" });
  await entra.patch(`/Users/${id}`, { op: "replace", path: "password", value: "S3cret-2" });
  await entra.send("GET", `/Users?filter=${encodeURIComponent('password eq "S3cret-3"')}`);
  const read = await entra.send("GET", `/Users/${id}?attributes=password,userName`);
  expect(JSON.stringify(read.body)).not.toMatch(/S3cret/);
  const me = muster.as(muster.administrator);
  await expect.poll(async () => (await listLog("filter=")).length).toBeGreaterThan(0);
  const { items } = (await me.get("/provisioning-log?limit=200")).body as { items: Entry[] };
  for (const entry of items) {
    const { body } = await me.get(`/provisioning-log/${entry.id}`);
    expect(JSON.stringify(body)).not.toMatch(/S3cret/);
  }
});
