import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateDirectory, type CycleOptions } from "../../../entra-emulator/src/index.ts";
import type { Session } from "../support/api-client.ts";
import { databaseProcesses } from "../support/database-processes.ts";
import { createEntraTenant } from "../support/entra.ts";
import { mirroredSource, readSource } from "../support/mirror.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import { readMirror, requestScim, type ScimConnection } from "../support/scim-client.ts";

type Exchange = Parameters<NonNullable<CycleOptions["onExchange"]>>[0];

let product: Product;
let dana: Session;
let connection: ScimConnection;

beforeAll(async () => {
  product = await startProduct({ env: { MUSTER_WORKERS: "2" } });
  dana = await product.signIn();
  connection = await product.connect(dana);
});
afterAll(async () => {
  await product?.stop();
  endProducts();
});

/** The worker processes of a primary process. */
const workersOf = async (primary: number): Promise<number[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-axo", "pid=,ppid=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const [, id, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === primary && command.includes("worker.ts") ? [Number(id)] : [];
  });
};

const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};

const workers = () => workersOf(product.server().id);

test("a worker killed with -9 in the middle of a cycle is replaced, and nothing acknowledged is lost", async () => {
  const before = await workers();
  expect(before).toHaveLength(2);
  const directory = generateDirectory(150, 11);
  const entra = createEntraTenant(connection, directory);
  const created: string[] = [];
  let isKilled = false;
  const onExchange = ({ call, answer }: Exchange) => {
    if (call.verb !== "POST" || answer?.status !== 201) return;
    created.push((JSON.parse(answer.text) as { id: string }).id);
    if (isKilled || created.length < 40) return;
    isKilled = true;
    process.kill(before[0] as number, "SIGKILL");
  };

  // A cycle that lost its connections with a worker is made up for by the next, as Entra does.
  const last = async () => (await entra.sync({ onExchange })).writes;
  await expect.poll(last, { timeout: 150_000, interval: 1 }).toBe(0);

  expect(isKilled).toBe(true);
  await expect.poll(async () => (await workers()).length, { timeout: 60_000 }).toBe(2);
  expect((await workers()).filter((id) => before.includes(id))).toEqual([before[1]]);
  const ids = new Set(
    (await Promise.all([readMirror(connection, "Users"), readMirror(connection, "Groups")]))
      .flat()
      .map(({ id }) => id as string),
  );
  expect(created.filter((id) => !ids.has(id))).toEqual([]);
  expect(await mirroredSource(connection)).toEqual(readSource(directory));
});

test("metrics are those of all workers, whichever answers", async () => {
  const pattern =
    /^http_request_duration_seconds_count\{.*route="\/scim\/v2\/:connection\/ServiceProviderConfig".*\} (\d+)$/m;
  const read = async () =>
    Number(pattern.exec(await (await fetch(`${product.url}/metrics`)).text())?.[1] ?? 0);
  const before = await read();
  await Promise.all(
    Array.from({ length: 20 }, () => requestScim(connection, { path: "/ServiceProviderConfig" })),
  );
  for (let count = 0; count < 4; count += 1) expect(await read()).toBe(before + 20);
});

test("a limit is one for all workers", async () => {
  const limit = { perSecond: 25, burst: 40 };
  await dana.put(`/connections/${connection.id}/request-limit`, { limit });
  const ask = async () =>
    (await requestScim(connection, { path: "/ServiceProviderConfig" })).status;
  await Promise.all(Array.from({ length: 4 }, ask));
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: 300 }, ask));
  const flowed = ((performance.now() - began) * limit.perSecond) / 1000;
  const passed = answers.filter((status) => status === 200).length;
  expect(new Set(answers)).toEqual(new Set([200, 429]));
  expect(passed).toBeLessThanOrEqual(Math.ceil(limit.burst + flowed));
  await dana.put(`/connections/${connection.id}/request-limit`, { limit: null });
});

test("killed itself, the primary leaves nothing behind that stands in the way of the next start", async () => {
  const left = await workers();
  await product.kill();
  await expect.poll(() => databaseProcesses(product.dataFolder), { timeout: 30_000 }).toEqual([]);
  await expect.poll(() => left.filter(isAlive), { timeout: 30_000 }).toEqual([]);
  await product.restart();
  expect(await workers()).toHaveLength(2);
  expect((await dana.get("/me")).status).toBe(200);
});

test("told to stop, all of them end in good order", async () => {
  const all = await workers();
  const { code } = await product.server().end("SIGTERM");
  expect(code).toBe(0);
  expect(all.filter(isAlive)).toEqual([]);
  expect(await databaseProcesses(product.dataFolder)).toEqual([]);
  await product.restart();
});

test.each(["0", "two", "65"])("MUSTER_WORKERS=%s is refused with a sentence", async (count) => {
  const { code, complaint } = await product.run("start", "--workers", count);
  expect(code).toBe(1);
  expect(complaint).toBe(
    `Muster cannot start. The number of workers (--workers or MUSTER_WORKERS) is "${count}": give a number from 1 to 64.\n`,
  );
});
