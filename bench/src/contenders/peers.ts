import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Contender, ContenderName, Limits } from "./contender.ts";
import { runProgram } from "./run-program.ts";

const folder = fileURLToPath(new URL("../../peers/", import.meta.url));

/** A SCIM server of others, run by a program in `bench/peers`, which prints its address and token. */
const peer = (name: ContenderName, description: string, limits: Limits): Contender => ({
  name,
  description,
  limits,
  start: async (databaseUrl) => {
    const environment = { DATABASE_URL: databaseUrl };
    const running = await runProgram({
      file: `${folder}${name}.js`,
      environment,
      ready: /ready at (\S+) (\S+)/,
    });
    return { ...running, url: running.match[1] as string, token: running.match[2] as string };
  },
});

export const peers: readonly Contender[] = [
  peer("scimmy", "SCIMMY 1.3.5 with its Express routers, JSONB documents and indexed keys", {
    people: 10_000,
    members: 5000,
  }),
  peer("polis", "Ory Polis (@boxyhq/saml-jackson 26.2.0) behind Express", {
    people: 10_000,
    members: 5000,
  }),
  peer("better-auth", "better-auth and @better-auth/scim 1.7.5", { people: 10_000, members: 1000 }),
];

/**
 * Installs the peers when they are not there as their lock file says.
 * @throws Error when npm cannot
 */
export const installPeers = async (): Promise<void> => {
  const installed = `${folder}node_modules/.package-lock.json`;
  const locked = `${folder}package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs) return;
  console.log("Installing the peers (bench/peers) …");
  await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--prefix", folder]);
};
