import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Session } from "../support/api-client.ts";
import { killDatabase } from "../support/database-processes.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import {
  readMirror,
  requestScim,
  userSchema,
  type ScimConnection,
} from "../support/scim-client.ts";

let product: Product;
let dana: Session;
let connection: ScimConnection;

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
  connection = await product.connect(dana);
}, 180_000);
afterAll(async () => {
  await product?.stop();
  endProducts();
});

/** What a person's creation was answered, from the first time it was sent to the last. */
type Sent = { readonly userName: string; readonly answers: { status: number; detail: string }[] };

let refused = 0;

/** Creates somebody, and sends that again for as long as it is told to. */
const create = async (userName: string): Promise<Sent> => {
  const answers: Sent["answers"] = [];
  for (;;) {
    const { status, headers, body } = await requestScim(connection, {
      path: "/Users",
      method: "POST",
      body: { schemas: [userSchema], userName, active: true },
    });
    answers.push({ status, detail: String(body.detail) });
    if (status !== 503) return { userName, answers };
    refused += 1;
    expect(headers.get("retry-after")).toBe("5");
    await sleep(100);
  }
};

test("a database that is killed under a running server is 503 until it is back, and what it says is true", async () => {
  const stop = new AbortController();
  const sent: Sent[] = [];
  let begun = 0;
  const senders = Array.from({ length: 8 }, async () => {
    while (!stop.signal.aborted) sent.push(await create(`person${(begun += 1)}@contoso.test`));
  });
  const looks: number[] = [];
  const looking = (async () => {
    while (!stop.signal.aborted) looks.push((await dana.get("/tenants")).status);
  })();

  const goesOn = () => {
    const before = sent.length;
    return expect.poll(() => sent.length).toBeGreaterThan(before + 20);
  };
  for (let killed = 0; killed < 3; killed += 1) {
    await goesOn();
    const before = refused;
    await killDatabase(product.dataFolder);
    await expect.poll(() => refused).toBeGreaterThan(before);
  }
  await goesOn();
  stop.abort();
  await Promise.all([...senders, looking]);

  expect([200, 503]).toEqual(expect.arrayContaining([...new Set(looks)]));
  for (const { userName, answers } of sent) {
    // Who was there already when it was sent again is somebody of whom nobody knew.
    const isKnown = answers
      .slice(0, -1)
      .every(({ detail }) => detail.includes("Nothing was changed."));
    const expected = isKnown ? [201] : [201, 409];
    expect(expected, `${userName}: ${JSON.stringify(answers)}`).toContain(answers.at(-1)?.status);
  }
  const names = (await readMirror(connection, "Users")).map(({ userName }) => userName as string);
  expect(names.toSorted()).toEqual(sent.map(({ userName }) => userName).toSorted());
});
