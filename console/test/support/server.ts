import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

export const administrator = { email: "dana@contoso.test", password: "correct horse battery" };

/** A running Muster with data of its own. */
export type Server = {
  url: string;
  setupLink: string | undefined;
  dataFolder: string;
  processId: number;
  stop: () => Promise<void>;
};

/** Starts the product as an operator does, on a free port and an empty data folder. */
export const startServer = async ({ withAdministrator = true } = {}): Promise<Server> => {
  const data = await mkdtemp(join(tmpdir(), "muster-browser-"));
  const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const child = spawn(process.execPath, scripts.start.split(" ").slice(1), {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...withoutSettings(),
      PORT: "0",
      LOG_LEVEL: "error",
      MUSTER_DATA: data,
      ...(withAdministrator && {
        MUSTER_ADMIN_EMAIL: administrator.email,
        MUSTER_ADMIN_PASSWORD: administrator.password,
      }),
    },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, "exit");
  const isReady = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const isDone = withAdministrator ? /ready at/ : /to make the first administrator/;
      if (isDone.test(said)) resolve();
    });
    void ended.then(() => reject(new Error(`Muster ended. ${said}`)));
  });
  await isReady;
  return {
    url: /ready at (\S+)/.exec(said)?.[1] ?? "",
    setupLink: /Open (\S+) to make/.exec(said)?.[1],
    dataFolder: data,
    processId: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
};

/** Nothing that would configure the server but what the test says. */
const withoutSettings = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(MUSTER_|NODE_|DATABASE_URL$|PORT$|HOST$)/.test(name),
    ),
  );
