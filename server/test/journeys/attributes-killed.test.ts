import { afterAll, beforeAll, expect, test } from "vitest";
import { listAll, type Session } from "../support/api-client.ts";
import { databaseProcesses, killDatabase } from "../support/database-processes.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import {
  readMirror,
  requestScim,
  userSchema,
  type ScimConnection,
} from "../support/scim-client.ts";

const people = 2400;
const floors = 8;
const urn = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";

let product: Product;
let dana: Session;
let connection: ScimConnection;

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
  connection = await product.connect(dana);
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
  for (let at = 0; at < people; at += 400) {
    const Operations = Array.from({ length: 400 }, (_, index) => ({
      method: "POST",
      path: "/Users",
      bulkId: String(at + index),
      data: {
        schemas: [userSchema, urn],
        userName: `p${at + index}@contoso.test`,
        // As Entra sends numbers.
        [urn]: { floor: String((at + index) % floors) },
      },
    }));
    const body = { schemas, Operations };
    const answer = await requestScim(connection, { path: "/Bulk", method: "POST", body });
    const failed = answer.body.Operations.find(
      ({ status }: { status: string }) => status !== "201",
    );
    if (failed !== undefined) throw new Error(JSON.stringify(failed));
  }
}, 180_000);

afterAll(async () => {
  await product?.stop();
  endProducts();
});

const path = () => `/connections/${connection.id}/attributes`;
const reading = async () => (await dana.get(path())).body.reading;
const on = async (floor: string | number): Promise<number> => {
  const filter = `${urn}:floor eq ${JSON.stringify(floor)}`;
  const { body } = await requestScim(connection, {
    path: `/Users?count=0&filter=${encodeURIComponent(filter)}`,
  });
  return body.totalResults;
};

test("killed twice while everybody is read by a new definition, it goes on and reads nobody twice", async () => {
  const defined = await dana.post(path(), { urn, name: "floor", type: "integer" });
  expect(defined.status).toBe(201);
  let done = 0;
  for (const alsoDatabase of [false, true]) {
    await expect
      .poll(async () => (await reading()).done, { interval: 1, timeout: 60_000 })
      .toBeGreaterThan(done);
    if (alsoDatabase) await killDatabase(product.dataFolder);
    await product.kill();
    await expect.poll(() => databaseProcesses(product.dataFolder), { timeout: 15_000 }).toEqual([]);
    await product.restart();
    const kept = await reading();
    expect(kept.state, "killed on the way").toBe("running");
    expect(kept.done).toBeGreaterThan(done);
    done = kept.done;
  }

  await expect
    .poll(reading, { timeout: 120_000 })
    .toMatchObject({ state: "done", done: people, total: people, changed: people });
  const users = await readMirror(connection, "Users");
  expect(users).toHaveLength(people);
  for (const { userName, [urn]: extension, meta } of users) {
    const [, index] = /^p(\d+)@/.exec(userName) ?? [];
    expect(extension, userName).toEqual({ floor: Number(index) % floors });
    // Once when they came, once when they were read.
    expect(meta.version, userName).toBe('W/"2"');
  }
  for (let floor = 0; floor < floors; floor += 1) expect(await on(floor)).toBe(people / floors);

  const changes = await listAll(dana, "/ledger?action=user.changed");
  const read = changes.filter(({ sentence }) => sentence.endsWith("read by its definition"));
  expect(new Set(read.map(({ subject }) => subject.id)).size).toBe(people);
  expect(read).toHaveLength(people);

  // What was found is found on the list of Sub Accounts as well.
  const [{ id }] = (await dana.get("/accounts/attributes")).body.items;
  const { body } = await dana.get(`/accounts?attributeId=${id}&attributeValue=3&limit=1`);
  expect(body.total).toBe(people / floors);
});
