import { fileURLToPath } from "node:url";
import type { Contender } from "./contender.ts";
import { runProgram } from "./run-program.ts";

const program = fileURLToPath(new URL("./floor-program.ts", import.meta.url));

/** The least a durable server can do for the same traffic: what the machine allows, not what SCIM asks. */
export const floor: Contender = {
  name: "floor",
  description: "Fastify + pg, no validation, no tenants, no ledger",
  start: async (databaseUrl) => {
    const running = await runProgram({
      file: program,
      environment: { DATABASE_URL: databaseUrl },
      ready: /ready at (\S+)/,
    });
    return { ...running, url: running.match[1] as string, token: "none" };
  },
};
