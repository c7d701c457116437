import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  endProducts,
  runCommand,
  startServerProcess,
  type ServerProcess,
} from "../test/support/product.ts";

const email = "dana@contoso.test";
const password = "correct horse, 12 staples";

let dataFolder: string;
let server: ServerProcess;
const run = (...args: string[]) => runCommand({ dataFolder }, args, { MUSTER_URL: server.url });

const post = (path: string, body: object) =>
  fetch(`${server.url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify(body),
  });

const setupLinkIn = (output: string) =>
  /^Open (\S+\/setup\?token=\S+) to make the first administrator$/m.exec(output)?.[1];

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "muster-main-"));
  server = await startServerProcess({ dataFolder });
});
afterAll(async () => {
  endProducts();
  await rm(dataFolder, { recursive: true, force: true });
});

test("a product under test runs as npm start runs it", async () => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
  const { stdout } = await promisify(execFile)("ps", ["-o", "args=", "-p", String(server.id)]);
  expect(scripts.start).toMatch(/^node --.* server\/src\/main\.ts$/);
  expect(stdout.trim().endsWith(scripts.start.slice("node".length))).toBe(true);
});

describe("the first start", () => {
  test("prints where it is and the link to make the first administrator; a restart prints another", async () => {
    await expect.poll(() => setupLinkIn(server.said())).toBeDefined();
    const first = new URL(setupLinkIn(server.said()) ?? "");
    expect(first.origin).toBe(server.url);
    await server.end("SIGTERM");
    server = await startServerProcess({ dataFolder });
    await expect.poll(() => setupLinkIn(server.said())).toBeDefined();
    const second = new URL(setupLinkIn(server.said()) ?? "");
    const completed = async (link: URL) => {
      const token = link.searchParams.get("token");
      const setup = { token, organisation: "Contoso", name: "Dana Reyes", email, password };
      return (await post("/setup", setup)).status;
    };
    expect(await completed(first)).toBe(403);
    expect(await completed(second)).toBe(200);
  });
});

describe("commands, while the server runs", () => {
  test("muster admin create makes somebody who can sign in", async () => {
    const ops = { email: "ops@contoso.test", password };
    const made = await run("admin", "create", "--email", ops.email, "--password", ops.password);
    expect(made).toEqual({
      code: 0,
      output: "ops@contoso.test can sign in to Contoso as Administrator.\n",
      complaint: "",
    });
    expect((await post("/sign-in", ops)).status).toBe(200);
  });

  test("muster connection create --json gives what scripts paste into Entra", async () => {
    const { code, output } = await run("connection", "create", "--name", "Entra", "--json");
    expect(code).toBe(0);
    const { endpoint, token } = JSON.parse(output);
    expect(endpoint).toContain(`${server.url}/scim/v2/`);
    const answer = await fetch(`${endpoint}/Users`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  });

  const refusals = [
    {
      args: ["admin", "create", "--email", email, "--password", password],
      sentence: "dana@contoso.test can sign in already.",
    },
    {
      args: ["admin", "create", "--email", "a@b.test", "--password", "short"],
      sentence: "at least 12 characters",
    },
    {
      args: ["admin", "create", "--email", "a@b.test", "--password", "-"],
      sentence: "at least 12 characters",
    },
    {
      args: ["admin", "create", "--email", "a@b.test"],
      sentence: "required option '--password <password>' not specified",
    },
    {
      args: ["connection", "create", "--name", "Other", "--org", "Fabrikam"],
      sentence: 'There is no organisation "Fabrikam". There are: Contoso.',
    },
    { args: ["dance"], sentence: "unknown command 'dance'" },
  ];
  test.each(refusals)("muster $args: $sentence", async ({ args, sentence }) => {
    const { code, output, complaint } = await run(...args);
    expect(code).toBe(1);
    expect(output).toBe("");
    expect(complaint).toContain(sentence);
    expect(complaint).not.toMatch(/^ +at /m);
  });
});

describe("a start that fails says why in a sentence", () => {
  const elsewhere = () => mkdtemp(join(tmpdir(), "muster-main-"));
  const startsWith = async (env: NodeJS.ProcessEnv, folder?: string) => {
    const place = { dataFolder: folder ?? (await elsewhere()) };
    const { code, output, complaint } = await runCommand(place, ["start"], env);
    if (folder === undefined) await rm(place.dataFolder, { recursive: true });
    return { code, output, complaint };
  };

  test("the port is in use", async () => {
    const { port } = new URL(server.url);
    expect(await startsWith({ PORT: port })).toEqual({
      code: 1,
      output: "",
      complaint: `Muster cannot start. Port ${port} is in use by another program. Stop that, or choose another port with PORT.\n`,
    });
  });

  const mistakes = [
    { env: { PORT: "many" }, sentence: 'PORT is "many"' },
    {
      env: { HOST: "192.0.2.1" },
      sentence: 'HOST is "192.0.2.1", which is no address of this machine.',
    },
    {
      env: { MUSTER_ADMIN_EMAIL: "a@b.test", MUSTER_ADMIN_PASSWORD: "short" },
      sentence: "at least 12 characters",
    },
    {
      env: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
      sentence: "Muster cannot start.",
    },
  ];
  test.each(mistakes)("$env", async ({ env, sentence }) => {
    const { code, output, complaint } = await startsWith({ PORT: "0", ...env });
    expect(code).toBe(1);
    expect(output).toBe("");
    expect(complaint).toContain(sentence);
    expect(complaint).not.toMatch(/^ +at /m);
  });

  test("another Muster has the data folder", async () => {
    const { code, complaint } = await startsWith({ PORT: "0" }, dataFolder);
    expect(code).toBe(1);
    expect(complaint).toMatch(
      /^Muster cannot start\. Muster is already running on this data folder/,
    );
  });
});

describe("told to stop", () => {
  test("it finishes the request that runs, accepts no other, and ends in good order", async () => {
    const body = JSON.stringify({ email, password });
    const running = httpRequest(`${server.url}/api/v1/sign-in`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": body.length,
        origin: server.url,
      },
    });
    running.write(body.slice(0, 10));
    // The request has arrived once a later one, on another connection, has been answered.
    await post("/sign-in", { email, password });
    const ended = server.end("SIGTERM");
    await expect
      .poll(() =>
        fetch(`${server.url}/health/live`).then(
          () => "open",
          () => "closed",
        ),
      )
      .toBe("closed");
    running.end(body.slice(10));
    const [answer] = (await once(running, "response")) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.connection).toBe("close");
    expect(JSON.parse(await text(answer))).toMatchObject({ account: { email } });
    expect(await ended).toMatchObject({ code: 0, complaint: "" });
  });
});
