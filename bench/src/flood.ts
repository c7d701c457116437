import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import type { Endpoint } from "./contenders/contender.ts";
import { connectAnother, muster, musterWithWorkers } from "./contenders/muster.ts";
import { openClient, type Ask } from "./load/client.ts";
import { watchForeignLoad } from "./measure/foreign-load.ts";
import { quantile } from "./measure/quantile.ts";
import { startPostgres } from "./postgres/start-postgres.ts";

/** How many requests of the flood are on their way at any time, and how fast the other connection asks. */
const flooding = 64;
const perSecond = 10;
const spanMs = 15_000;
/** Quiet and flood take turns, so that a noisy neighbour meets both. */
const rounds = 3;

const write = (): Ask => ({
  method: "POST",
  path: "/Users",
  body: {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: `${randomUUID()}@contoso.test`,
    displayName: "Ana Ito",
    active: true,
  },
});

/** Asks at an even pace, whatever the answers take. Gives what each took. */
const askEvenly = async (endpoint: Endpoint): Promise<number[]> => {
  const free = [openClient(endpoint)];
  const taken: Promise<number>[] = [];
  for (let count = 0; count < (spanMs / 1000) * perSecond; count += 1) {
    const client = free.pop() ?? openClient(endpoint);
    taken.push(
      client.send(write()).then(({ status, millis }) => {
        free.push(client);
        if (status !== 201) throw new Error(`The other connection was answered ${status}.`);
        return millis;
      }),
    );
    await sleep(1000 / perSecond);
  }
  const all = await Promise.all(taken);
  for (const client of free) client.close();
  return all;
};

/** Floods until told to stop. Gives how many requests were answered with each status. */
const flood = (endpoint: Endpoint): { stop(): Promise<Map<number, number>> } => {
  const statuses = new Map<number, number>();
  const over = new AbortController();
  const clients = Array.from({ length: flooding }, async () => {
    const client = openClient(endpoint);
    while (!over.signal.aborted) {
      const { status } = await client.send(write());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    client.close();
  });
  return {
    stop: async () => {
      over.abort();
      await Promise.all(clients);
      return statuses;
    },
  };
};

/**
 * Until it has been used for a while, PostgreSQL makes a new log file of 16 MB every second of a flood, and all commits wait
 * 50 ms for that; from then on it writes old ones anew.
 */
const warmUp = async (flooded: Endpoint, other: Endpoint): Promise<void> => {
  await askEvenly(other);
  const storm = flood(flooded);
  await sleep(spanMs);
  await storm.stop();
};

const describe = (taken: number[]): { p50: number; p99: number } => {
  const sorted = taken.toSorted((one, other) => one - other);
  return { p50: quantile(sorted, 0.5) ?? NaN, p99: quantile(sorted, 0.99) ?? NaN };
};

const contender = process.argv[2] === "2" ? musterWithWorkers : muster;
const folder = await mkdtemp(join(tmpdir(), "muster-flood-"));
const postgres = await startPostgres(folder);
const foreign = watchForeignLoad();
try {
  const databaseUrl = await postgres.createDatabase("flood");
  const running = await contender.start(databaseUrl);
  try {
    const other = await connectAnother(databaseUrl, running.url);
    const quiet: number[] = [];
    const flooded: number[] = [];
    const statuses = new Map<number, number>();
    await warmUp(running, other);
    for (let round = 0; round < rounds; round += 1) {
      await postgres.checkpoint();
      quiet.push(...(await askEvenly(other)));
      const storm = flood(running);
      await sleep(1000);
      flooded.push(...(await askEvenly(other)));
      for (const [status, count] of await storm.stop())
        statuses.set(status, (statuses.get(status) ?? 0) + count);
    }
    const [before, during] = [describe(quiet), describe(flooded)];
    console.log(
      `${contender.description}; ${flooding} at once on one connection, ${perSecond} a second on another`,
    );
    console.log(`quiet     p50 ${before.p50.toFixed(1)} ms  p99 ${before.p99.toFixed(1)} ms`);
    console.log(`flooded   p50 ${during.p50.toFixed(1)} ms  p99 ${during.p99.toFixed(1)} ms`);
    console.log(
      `ratio     p50 ${(during.p50 / before.p50).toFixed(2)}  p99 ${(during.p99 / before.p99).toFixed(2)}`,
    );
    console.log(
      `flood     ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(", ")}`,
    );
  } finally {
    await running.stop();
  }
} finally {
  console.log(`others kept ${foreign.stop().mean.toFixed(2)} cores busy`);
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
