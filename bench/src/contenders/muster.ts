import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Contender, Endpoint } from "./contender.ts";
import { runProgram } from "./run-program.ts";

const manifest = fileURLToPath(new URL("../../../package.json", import.meta.url));
const server = fileURLToPath(new URL("../../../server/src/main.ts", import.meta.url));
const command = fileURLToPath(new URL("../../../server/bin/muster.js", import.meta.url));

const createConnection = async (
  environment: Record<string, string>,
  address: string,
  name: string,
): Promise<Endpoint> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [command, "connection", "create", "--name", name, "--json"],
    { env: { PATH: process.env["PATH"], ...environment, MUSTER_URL: address } },
  );
  const { endpoint, token } = JSON.parse(stdout) as { endpoint: string; token: string };
  return { url: endpoint, token };
};

/** Makes a second connection at a running Muster. */
export const connectAnother = (databaseUrl: string, endpoint: string): Promise<Endpoint> =>
  createConnection({ DATABASE_URL: databaseUrl }, new URL(endpoint).origin, "Another");

const start =
  (workers: number): Contender["start"] =>
  async (databaseUrl) => {
    const environment = {
      DATABASE_URL: databaseUrl,
      MUSTER_WORKERS: String(workers),
      PORT: "0",
      MUSTER_ADMIN_EMAIL: "bench@example.com",
      MUSTER_ADMIN_PASSWORD: "a password of the benchmark",
    };
    const running = await runProgram({
      file: server,
      environment,
      ready: /ready at (\S+)/,
      flags: startFlags(),
      folder: dirname(manifest),
    });
    const address = running.match[1] as string;
    return { ...running, ...(await createConnection(environment, address, "Bench")) };
  };

/** What `npm start` tells Node, in the folder of the manifest. */
const startFlags = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(manifest, "utf8")) as { scripts: { start: string } };
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
};

/** The product as it is shipped: row-level security, validation, decision, ledger and provisioning log all on. */
export const muster: Contender = {
  name: "muster",
  description: "the product, every safeguard on",
  start: start(1),
};

export const musterWithWorkers: Contender = {
  name: "muster-2",
  description: "the same with --workers 2",
  start: start(2),
};
