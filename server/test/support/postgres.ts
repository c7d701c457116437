import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { shippedMajor, startEmbedded } from "../../src/database/embedded/index.ts";
import { migrate } from "../../src/database/migrate.ts";
import { prepareRole } from "../../src/database/roles.ts";
import { createCopy, dropCopy, urlOfCopy } from "./copies.ts";
import { quietLog } from "./log.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's server, as its owner, and the migrated database that each test's is a copy of. */
    postgres: { readonly url: string; readonly template: string };
  }
}

/**
 * One server for the whole run: the embedded one, version 15 of it with MUSTER_TEST_POSTGRES=15,
 * or the server at TEST_DATABASE_URL.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startServer();
  const template = `muster_template_${process.pid}`;
  try {
    await createCopy(server.url, template, "template0");
    await migrate(urlOfCopy(server.url, template));
    await prepareRole(urlOfCopy(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("postgres", { url: server.url, template });
  return async () => {
    await dropCopy(server.url, template);
    await server.stop();
  };
};

const startServer = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const given = process.env["TEST_DATABASE_URL"];
  if (given) return { url: given, stop: async () => {} };
  const dataFolder = await mkdtemp(join(tmpdir(), "muster-test-"));
  const server = await startEmbedded({
    dataFolder,
    purpose: "serve",
    log: quietLog,
    durable: false,
    major: Number(process.env["MUSTER_TEST_POSTGRES"] || shippedMajor),
    maxConnections: 200,
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
};
