import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quietLog } from "../../../test/support/log.ts";
import { endAll, holdDataFolder } from "../../../test/support/processes.ts";
import { openDatabase } from "../open.ts";
import { isAlive } from "./holder.ts";
import { startEmbedded } from "./launch.ts";

const serverIdOf = async (dataFolder: string): Promise<number> =>
  Number.parseInt(await readFile(join(dataFolder, "postgres/postmaster.pid"), "utf8"), 10);

const query = async (url: string | undefined, statement: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

const untilGone = (id: number): Promise<void> =>
  expect.poll(() => isAlive(id), { timeout: 20_000 }).toBe(false);

const socketFolders = async (id: number): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`muster-${id}-`));

const serve = (dataFolder: string) =>
  startEmbedded({ dataFolder, purpose: "serve", log: quietLog });

const parentOf = async (id: string): Promise<number | undefined> => {
  const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
};

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "muster-data-"));
});
afterEach(async () => {
  endAll();
  const id = await serverIdOf(dataFolder).catch(() => undefined);
  if (id !== undefined) await untilGone(id);
  await rm(dataFolder, { recursive: true, force: true });
});

describe("after kill -9", () => {
  it("of Muster, its server stops, and the next start finds every acknowledged row", async () => {
    const muster = await holdDataFolder(dataFolder);
    const id = await serverIdOf(dataFolder);
    await query(muster.url, "create table kept (n int primary key)");
    let acknowledged = 0;
    const writing = (async () => {
      const client = new Client({ connectionString: muster.url as string });
      client.on("error", () => {});
      await client.connect();
      for (;;) {
        await client.query("insert into kept values ($1)", [acknowledged + 1]);
        acknowledged += 1;
      }
    })().catch(() => {});
    await expect.poll(() => acknowledged, { timeout: 10_000 }).toBeGreaterThan(10);
    await muster.end("SIGKILL");
    await writing;
    await untilGone(id);
    await expect.poll(() => socketFolders(muster.id)).toEqual([]);

    const next = await holdDataFolder(dataFolder);
    expect(next.complaint).toBe("");
    expect(acknowledged).toBeGreaterThan(0);
    const [found] = (await query(
      next.url,
      "select count(*)::int as n, max(n) as last from kept",
    )) as [{ n: number; last: number }];
    expect(found.n).toBeGreaterThanOrEqual(acknowledged);
    expect(found.last).toBe(found.n);
    await next.end("SIGTERM");
  });

  it("the next start at once waits for the old server to stop", async () => {
    const muster = await holdDataFolder(dataFolder);
    await muster.end("SIGKILL");
    const next = await holdDataFolder(dataFolder);
    expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await next.end("SIGTERM");
  });

  it("of Muster and of the supervisor, the next start stops the orphaned server", async () => {
    const muster = await holdDataFolder(dataFolder);
    const orphan = await serverIdOf(dataFolder);
    const supervisor = await parentOf(String(orphan));
    for (const id of await readdir("/proc"))
      if (Number(id) !== orphan && (await parentOf(id)) === supervisor)
        process.kill(Number(id), "SIGKILL");
    process.kill(supervisor as number, "SIGKILL");
    await muster.end("SIGKILL");
    await sleep(500);
    expect(isAlive(orphan)).toBe(true);
    const next = await holdDataFolder(dataFolder);
    expect(next.complaint).toBe("");
    expect(isAlive(orphan)).toBe(false);
    await next.end("SIGTERM");
  });

  it("of the server, Muster starts it again, and its pool goes on", async () => {
    const database = await openDatabase({ dataFolder, databaseUrl: undefined, log: quietLog });
    process.kill(await serverIdOf(dataFolder), "SIGKILL");
    const select = () =>
      database.pool.query("select 1 as one").then(
        ({ rows }) => rows,
        () => [],
      );
    await sleep(50);
    await expect.poll(select, { timeout: 10_000 }).toEqual([{ one: 1 }]);
    await database.close();
    expect(await socketFolders(process.pid)).toEqual([]);
  });
});

describe("a data folder", () => {
  it("is refused to a second Muster, which names the first", async () => {
    const first = await serve(dataFolder);
    const second = await holdDataFolder(dataFolder);
    expect(second.complaint).toBe(
      `Muster is already running on this data folder (process ${process.pid}). ` +
        "Stop it, or set MUSTER_DATA to another folder.",
    );
    expect(await query(first.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it("is given to one of two Musters that start at once on nothing", async () => {
    const both = await Promise.all([holdDataFolder(dataFolder), holdDataFolder(dataFolder)]);
    const [winner, ...others] = both.filter(({ url }) => url !== undefined);
    const loser = both.find(({ url }) => url === undefined);
    expect(others).toEqual([]);
    expect(loser?.complaint).toContain(
      `already running on this data folder (process ${winner?.id})`,
    );
    await winner?.end("SIGTERM");
  });

  it("may have a long path with spaces and umlauts", async () => {
    const folder = join(dataFolder, "Büro für Geräte", "x".repeat(200));
    const server = await serve(folder);
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it("does not care for a left-over postmaster.pid whose id is another process's by now", async () => {
    await (await serve(dataFolder)).stop();
    const left = [
      process.pid,
      "/proc/self/cwd",
      0,
      5432,
      "/tmp/muster-1-1-serve-abcdef",
      "",
      0,
      "ready",
    ];
    await writeFile(join(dataFolder, "postgres/postmaster.pid"), left.join("\n"));
    const server = await serve(dataFolder);
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it("is waited for while a server that we cannot see, in another container, still has it", async () => {
    await (await serve(dataFolder)).stop();
    const lock = join(dataFolder, "postgres.lock");
    const other = spawn("/bin/sh", ["-c", 'exec flock "$0" sh -c "echo held; read _"', lock]);
    await once(other.stdout, "data");
    const serving = serve(dataFolder);
    // It opens its log for every attempt: the third is made soon after two were refused.
    const log = join(dataFolder, "postgres.log");
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await rm(log, { force: true });
      await expect.poll(() => existsSync(log), { interval: 5, timeout: 8000 }).toBe(true);
    }
    other.stdin.end();
    const server = await serving;
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it("is rid of a data directory that was never finished", async () => {
    await mkdir(join(dataFolder, "postgres.new-4194305-abcdef/base"), { recursive: true });
    await (await serve(dataFolder)).stop();
    expect((await readdir(dataFolder)).sort()).toEqual([
      "postgres",
      "postgres.lock",
      "postgres.log",
    ]);
  });

  it("of another PostgreSQL is refused with a sentence", async () => {
    await mkdir(join(dataFolder, "postgres"));
    await writeFile(join(dataFolder, "postgres/PG_VERSION"), "14\n");
    await expect(serve(dataFolder)).rejects.toThrow(
      "was made by PostgreSQL 14, and this Muster brings PostgreSQL 18.",
    );
  });

  it("is nobody else's to read", async () => {
    const folder = join(dataFolder, "new");
    await (await serve(folder)).stop();
    for (const name of ["", "postgres", "postgres.log"])
      expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
  });
});

describe("the server", () => {
  it("is durable, and quiet about people's data", async () => {
    const server = await serve(dataFolder);
    const rows = await query(
      server.url,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
         'listen_addresses', 'max_connections', 'TimeZone') order by name collate "C"`,
    );
    await query(server.url, "select 'Ana Pereira'::int").catch(() => {});
    await server.stop();
    expect(rows).toEqual([
      { name: "TimeZone", setting: "UTC" },
      { name: "fsync", setting: "on" },
      { name: "full_page_writes", setting: "on" },
      { name: "listen_addresses", setting: "" },
      { name: "max_connections", setting: "50" },
      { name: "synchronous_commit", setting: "on" },
    ]);
    expect(await readFile(join(dataFolder, "postgres.log"), "utf8")).not.toContain("select 'Ana");
  });

  it("orders and folds text alike on every host", async () => {
    const server = await serve(dataFolder);
    const [row] = await query(
      server.url,
      "select lower('ÄÖ') as folded, 'Z' < 'a' as bytewise, current_setting('server_encoding') as encoding",
    );
    expect(row).toEqual({ folded: "äö", bytewise: true, encoding: "UTF8" });
    await server.stop();
  });

  it("that cannot start says why", async () => {
    await (await serve(dataFolder)).stop();
    await writeFile(join(dataFolder, "postgres/postgresql.conf"), "no_such_setting = 1\n");
    await expect(serve(dataFolder)).rejects.toThrow("unrecognized configuration parameter");
  });
});
