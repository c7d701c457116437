import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { requestApi, signInAt } from "../support/api-client.ts";
import { databaseProcesses } from "../support/database-processes.ts";
import {
  administrator,
  endProducts,
  launchServer,
  runCommand,
  startServerProcess,
  type Ended,
  type ServerProcess,
} from "../support/product.ts";
import { requestScim } from "../support/scim-client.ts";

const named = {
  MUSTER_ADMIN_EMAIL: administrator.email,
  MUSTER_ADMIN_PASSWORD: administrator.password,
};

let dataFolder: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "muster-commands-"));
});

afterAll(() => endProducts());

const start = async (env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> =>
  startServerProcess({ dataFolder }, { env });

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  runCommand({ dataFolder }, args, env);

const stop = async (server: ServerProcess): Promise<void> => {
  expect(await server.end("SIGTERM")).toMatchObject({ code: 0, complaint: "" });
};

const removeFolder = () =>
  onTestFinished(async () => {
    expect(await databaseProcesses(dataFolder)).toEqual([]);
    await rm(dataFolder, { recursive: true, force: true });
  });

describe("commands on a folder where no server runs", () => {
  test("make the organisation, its administrator and a connection, and a server started later has them", async () => {
    removeFolder();
    const early = await run(["connection", "create", "--name=Entra", "--json"]);
    expect(early).toMatchObject({ code: 1, output: "" });
    expect(early.complaint).toContain("muster admin create");
    expect(existsSync(join(dataFolder, "postgres"))).toBe(false);

    const { email, password } = administrator;
    const args = ["admin", "create", `--email=${email}`, `--password=${password}`];
    expect(await run([...args, "--org=Contoso"])).toEqual({
      code: 0,
      output: `${email} can sign in to Contoso as Administrator.\n`,
      complaint: "",
    });
    const again = await run([...args, "--org=Contoso"]);
    expect(again).toMatchObject({ code: 1, output: "" });
    expect(again.complaint).toContain("can sign in already");

    const url = "https://muster.example.com";
    const created = await run(["connection", "create", "--name=Entra", "--json"], {
      MUSTER_URL: url,
    });
    expect(created).toMatchObject({ code: 0, complaint: "" });
    const made = JSON.parse(created.output);
    expect(Object.keys(made)).toEqual(["endpoint", "token", "connection"]);
    expect(made.endpoint).toBe(`${url}/scim/v2/${made.connection}`);

    const server = await start();
    const session = await signInAt(server.url, administrator);
    expect((await session.get("/me")).body.organisation.name).toBe("Contoso");
    const endpoint = `${server.url}/scim/v2/${made.connection}`;
    const answer = await requestScim({ endpoint, token: made.token }, { path: "/Users" });
    expect(answer).toMatchObject({ status: 200, body: { totalResults: 0 } });
    await stop(server);
  });

  test("two at once wait for each other", async () => {
    removeFolder();
    const { password } = administrator;
    const results = await Promise.all(
      ["ana", "ben"].map((name) =>
        run(["admin", "create", `--email=${name}@contoso.test`, `--password=${password}`]),
      ),
    );
    expect(results.map(({ code, complaint }) => ({ code, complaint }))).toEqual([
      { code: 0, complaint: "" },
      { code: 0, complaint: "" },
    ]);
    const server = await start();
    for (const name of ["ana", "ben"])
      await signInAt(server.url, { email: `${name}@contoso.test`, password });
    await stop(server);
  });
});

test("commands while the server runs: their people sign in, their connection takes people", async () => {
  removeFolder();
  const server = await start(named);
  const bystander = { email: "ops@contoso.test", password: administrator.password };

  const made = await run([
    "admin",
    "create",
    `--email=${bystander.email}`,
    `--password=${bystander.password}`,
  ]);
  // Nobody says where the server is: it has noted that itself.
  const connected = await run(["connection", "create", "--name=Entra", "--json"]);

  expect(made).toMatchObject({ code: 0, complaint: "" });
  const session = await signInAt(server.url, bystander);
  const connection = JSON.parse(connected.output);
  expect((await requestScim(connection, { path: "/Users" })).status).toBe(200);
  const { body } = await session.get("/connections");
  expect(body.items).toMatchObject([{ id: connection.connection, endpoint: connection.endpoint }]);
  await stop(server);
});

test("the one-time link makes the first administrator once", async () => {
  removeFolder();
  const server = await start();
  await expect.poll(server.said).toMatch(/^Open \S+ to make the first administrator$/m);
  const link = new URL(/^Open (\S+)/m.exec(server.said())?.[1] as string);
  expect(link.origin).toBe(server.url);
  const token = link.searchParams.get("token") as string;
  const get = async () =>
    (await requestApi(server.url, { method: "GET", path: `/setup?token=${token}` })).body;
  expect(await get()).toEqual({ needed: true, valid: true });

  const body = { token, organisation: "Contoso", name: "Dana Reyes", ...administrator };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      requestApi(server.url, { method: "POST", path: "/setup", body }),
    ),
  );

  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    200, 409, 409, 409, 409,
  ]);
  expect(await get()).toEqual({ needed: false, valid: false });
  expect((await (await signInAt(server.url, administrator)).get("/accounts")).body.total).toBe(1);
  await stop(server);

  const next = await start();
  expect(next.said()).not.toContain("/setup?token=");
  await stop(next);
});

test("MUSTER_ADMIN_EMAIL at every start makes one administrator, and keeps the password changed since", async () => {
  removeFolder();
  const first = await start(named);
  expect(first.said()).not.toContain("/setup?token=");
  const session = await signInAt(first.url, administrator);
  const changed = { ...administrator, password: "a-long-and-quiet-river" };
  const { status } = await session.post("/me/password", {
    current: administrator.password,
    next: changed.password,
  });
  expect(status).toBe(204);
  await stop(first);

  const second = await start(named);

  await expect(signInAt(second.url, administrator)).rejects.toThrow("401");
  const again = await signInAt(second.url, changed);
  expect((await again.get("/accounts")).body.total).toBe(1);
  await stop(second);
});

describe("told to stop by SIGTERM", () => {
  test("as soon as it is ready, it stops in good order", async () => {
    removeFolder();
    const server = await start();
    await stop(server);
  });

  test("while it starts, it stops in good order and leaves no database running", async () => {
    removeFolder();
    const server = launchServer({ dataFolder }, { env: named });
    const ended = server.ready.catch(() => "it ended before");
    const pidFile = join(dataFolder, "postgres", "postmaster.pid");
    await expect.poll(() => existsSync(pidFile), { interval: 5, timeout: 20_000 }).toBe(true);
    expect(server.said()).toBe("");

    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, complaint: "" });

    await ended;
    expect(await databaseProcesses(dataFolder)).toEqual([]);
  });
});
