import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Contender } from "./contender.ts";
import { runProgram } from "./run-program.ts";

const server = fileURLToPath(new URL("../../../server/src/main.ts", import.meta.url));
const command = fileURLToPath(new URL("../../../server/bin/muster.js", import.meta.url));

/** The product as it is shipped: row-level security, validation, decision, ledger and provisioning log all on. */
export const muster: Contender = {
  name: "muster",
  description: "the product, every safeguard on",
  start: async (databaseUrl) => {
    const environment = {
      DATABASE_URL: databaseUrl,
      PORT: "0",
      MUSTER_ADMIN_EMAIL: "bench@example.com",
      MUSTER_ADMIN_PASSWORD: "a password of the benchmark",
    };
    const running = await runProgram(server, environment, /ready at (\S+)/);
    const address = running.match[1] as string;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [command, "connection", "create", "--name", "Bench", "--json"],
      { env: { PATH: process.env["PATH"], ...environment, MUSTER_URL: address } },
    );
    const { endpoint, token } = JSON.parse(stdout) as { endpoint: string; token: string };
    return { ...running, url: endpoint, token };
  },
};
