import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signInAt, type Session } from "./api-client.ts";
import type { ScimConnection } from "./scim-client.ts";

export const administrator = { email: "admin@contoso.test", password: "correct-horse-battery" };

const root = join(import.meta.dirname, "../../..");
const started = new Set<ChildProcess>();

/** How a process of Muster ended, and what it said. */
export type Ended = {
  readonly code: number | null;
  readonly output: string;
  readonly complaint: string;
};

type Command = { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv };

const spawnMuster = ({ args, env }: Command) => {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited(), ...env },
  });
  started.add(child);
  let output = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = once(child, "close").then((): Ended => {
    started.delete(child);
    return { code: child.exitCode, output, complaint };
  });
  return { child, ended, said: () => output, complained: () => complaint };
};

/** Nothing that would configure the product under test but what the test says. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(MUSTER_|VITEST|NODE_|DATABASE_URL|PORT$|HOST$|LOG_LEVEL)/.test(name),
    ),
  );

type Place = { readonly dataFolder: string; readonly databaseUrl?: string | undefined };

const settingsOf = ({ dataFolder, databaseUrl }: Place): NodeJS.ProcessEnv => ({
  LOG_LEVEL: "warn",
  MUSTER_DATA: dataFolder,
  ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
});

/** Runs a `muster` command to its end. */
export const runCommand = (
  place: Place,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> =>
  spawnMuster({
    args: ["server/bin/muster.js", ...args],
    env: { ...settingsOf(place), ...env },
  }).ended;

export type ServerProcess = {
  readonly id: number;
  readonly url: string;
  /** What stands on its standard output. */
  readonly said: () => string;
  /** Its log. */
  readonly complained: () => string;
  /** Sends a signal and waits for the end of the process. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>;
};

type Start = { readonly port?: number; readonly env?: NodeJS.ProcessEnv };

/** What `npm start` gives to Node, so that what is measured here is what an operator has. */
const startArguments = (): string[] => {
  const text = readFileSync(join(root, "package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { scripts: { start: string } };
  return scripts.start.split(" ").slice(1);
};

/** A server that has only just been started; `ready` fails with all it said if it ends instead. */
export const launchServer = (
  place: Place,
  { port = 0, env = {} }: Start = {},
): Omit<ServerProcess, "url"> & { readonly ready: Promise<string> } => {
  const { child, ended, said, complained } = spawnMuster({
    args: startArguments(),
    env: {
      ...settingsOf(place),
      PORT: String(port),
      MUSTER_URL: `http://127.0.0.1:${port}`,
      ...env,
    },
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", () => {
      const line = /^Muster is ready at (\S+)$/m.exec(said());
      if (line?.[1] !== undefined) resolve(line[1]);
    });
    void ended.then(({ code, output, complaint }) =>
      reject(new Error(`Muster ended with code ${code}. ${output}${complaint}`)),
    );
  });
  return {
    id: child.pid as number,
    ready,
    said,
    complained,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};

/**
 * Starts a server on a folder and waits until it is ready.
 * @param start port 0 is any free one
 * @throws Error with all it said, if it ends instead
 */
export const startServerProcess = async (place: Place, start?: Start): Promise<ServerProcess> => {
  const { ready, ...server } = launchServer(place, start);
  return { ...server, url: await ready };
};

/** The running product with its first administrator. */
export type Product = {
  readonly dataFolder: string;
  readonly url: string;
  readonly server: () => ServerProcess;
  /** Signs in over HTTP; the first administrator unless told whom. */
  readonly signIn: (who?: { email: string; password: string }) => Promise<Session>;
  /** Makes a SCIM connection as an administrator does. */
  readonly connect: (session: Session, name?: string) => Promise<ScimConnection>;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  /** kill -9, of the server process alone. */
  readonly kill: () => Promise<void>;
  /** Starts again on the same folder and port. */
  readonly restart: () => Promise<void>;
  /** Ends in good order, or fails, and removes the data folder. */
  readonly stop: () => Promise<void>;
};

/** Starts the product as a user does: its own process, its own data folder, a free port, real HTTP. */
export const startProduct = async ({
  env = {},
  databaseUrl,
}: { env?: NodeJS.ProcessEnv; databaseUrl?: string } = {}): Promise<Product> => {
  const place: Place = {
    dataFolder: await mkdtemp(join(tmpdir(), "muster-journey-")),
    databaseUrl,
  };
  const withAdministrator = {
    MUSTER_ADMIN_EMAIL: administrator.email,
    MUSTER_ADMIN_PASSWORD: administrator.password,
    ...env,
  };
  let server = await startServerProcess(place, { env: withAdministrator });
  const { url } = server;
  return {
    dataFolder: place.dataFolder,
    url,
    server: () => server,
    signIn: (who = administrator) => signInAt(url, who),
    connect: async (session, name = "Microsoft Entra ID") => {
      const { status, body } = await session.post("/connections", { name });
      if (status !== 201) throw new Error(`No connection: ${JSON.stringify(body)}`);
      const { id, endpoint, token } = body as { id: string; endpoint: string; token: string };
      return { id, endpoint, token };
    },
    run: (...args) => runCommand(place, args, { MUSTER_URL: url }),
    kill: async () => {
      await server.end("SIGKILL");
    },
    restart: async () => {
      server = await startServerProcess(place, {
        port: Number(new URL(url).port),
        env: { ...withAdministrator, MUSTER_URL: url },
      });
    },
    stop: async () => {
      const { code, complaint } = await server.end("SIGTERM");
      await rm(place.dataFolder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`Muster did not stop in good order: ${code} ${complaint}`);
    },
  };
};

/** Ends what a failed test has left. */
export const endProducts = (): void => {
  for (const child of started) child.kill("SIGKILL");
};
