import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quietLog } from "../../../test/support/log.ts";
import { endAll, holdDataFolder } from "../../../test/support/processes.ts";
import { joinDatabase } from "../open.ts";
import { readHolder } from "./holder.ts";
import { joinEmbedded } from "./join.ts";
import { directoryIn, startEmbedded } from "./launch.ts";

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "muster-join-"));
});
afterEach(async () => {
  endAll();
  while ((await readHolder(directoryIn(dataFolder))) !== undefined) await sleep(20);
  await rm(dataFolder, { recursive: true, force: true });
});

const answers = async (url: string | undefined): Promise<boolean> => {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
};

describe("a command", () => {
  it("works on the running Muster's server, and leaves it running", async () => {
    const muster = await holdDataFolder(dataFolder);
    const database = await joinDatabase({ dataFolder, databaseUrl: undefined, log: quietLog });
    expect(database.ownerUrl).toBe(muster.url);
    expect((await database.pool.query("select current_user as role")).rows).toEqual([
      { role: "muster_app" },
    ]);
    await database.close();
    expect(await answers(muster.url)).toBe(true);
    await muster.end("SIGTERM");
  });

  it("starts a server where none runs, and stops it at its end", async () => {
    const server = await joinEmbedded(dataFolder, quietLog);
    expect(await answers(server.url)).toBe(true);
    await server.stop();
    expect(await answers(server.url)).toBe(false);
  });

  it("waits for another command to end, rather than lose its server under its hands", async () => {
    const first = await joinEmbedded(dataFolder, quietLog);
    const second = joinEmbedded(dataFolder, quietLog);
    await sleep(300);
    await first.stop();
    const { url, stop } = await second;
    expect(url).not.toBe(first.url);
    expect(await answers(url)).toBe(true);
    await stop();
  });

  it("is waited for by a Muster that starts meanwhile", async () => {
    const command = await joinEmbedded(dataFolder, quietLog);
    const starting = startEmbedded({ dataFolder, purpose: "serve", log: quietLog });
    await sleep(300);
    await command.stop();
    const server = await starting;
    expect(await answers(server.url)).toBe(true);
    await server.stop();
  });

  it("joins a Muster that is still starting", async () => {
    const starting = holdDataFolder(dataFolder);
    while ((await readHolder(directoryIn(dataFolder))) === undefined) await sleep(1);
    const server = await joinEmbedded(dataFolder, quietLog);
    expect(await answers(server.url)).toBe(true);
    await server.stop();
    const muster = await starting;
    expect(server.url).toBe(muster.url);
    await muster.end("SIGTERM");
  });

  it("waits for the database that a new server, which is ready, does not have yet", async () => {
    const muster = await startEmbedded({ dataFolder, purpose: "serve", log: quietLog });
    const client = new Client(muster.url.replace("/muster?", "/postgres?"));
    await client.connect();
    await client.query("drop database muster");
    const joining = joinEmbedded(dataFolder, quietLog);
    const log = () => readFile(join(dataFolder, "postgres.log"), "utf8");
    await expect.poll(log, { timeout: 20_000 }).toContain('database "muster" does not exist');
    await client.query("create database muster");
    await client.end();
    const server = await joining;
    expect(server.url).toBe(muster.url);
    expect(await answers(server.url)).toBe(true);
    await muster.stop();
  });

  it("waits for a Muster to start its lost server again, rather than take its place", async () => {
    const muster = await startEmbedded({ dataFolder, purpose: "serve", log: quietLog });
    const lost = (await readHolder(directoryIn(dataFolder)))?.serverId as number;
    process.kill(lost, "SIGKILL");
    const server = await joinEmbedded(dataFolder, quietLog);
    expect(server.url).toBe(muster.url);
    expect(await answers(server.url)).toBe(true);
    await muster.stop();
  });
});
