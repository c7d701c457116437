import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const repository = join(import.meta.dirname, "../..");

/** A throw-away Muster: its address, the token of its set-up link, and how to end it and its data. */
export type Product = {
  readonly url: string;
  readonly setupToken: string;
  readonly stop: () => Promise<void>;
};

/**
 * Starts a Muster of its own process on a temporary data folder: on port 3000 where that is free, else on any.
 * @throws Error with what the server said when it does not start
 */
export const startProduct = async (): Promise<Product> => {
  const dataFolder = await mkdtemp(join(tmpdir(), "muster-demo-"));
  const server = spawn(process.execPath, await startArguments(), {
    cwd: repository,
    env: {
      ...process.env,
      MUSTER_DATA: dataFolder,
      MUSTER_ADMIN_EMAIL: "",
      MUSTER_ADMIN_PASSWORD: "",
      PORT: process.env["PORT"] ?? ((await isTaken(3000)) ? "0" : "3000"),
      LOG_LEVEL: "error",
      DATABASE_URL: "",
    },
    stdio: ["ignore", "pipe", "pipe"],
    // Its own group: Ctrl-C reaches the demo, which then stops it in order.
    detached: true,
  });
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const exited = once(server, "exit");
      server.kill("SIGTERM");
      await exited;
    }
    await rm(dataFolder, { recursive: true, force: true });
  };
  const said: string[] = [];
  server.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  for await (const line of createInterface(server.stdout)) {
    const link = /^Open (\S+)\/setup\?token=(\S+)/.exec(line);
    if (link?.[1] !== undefined && link[2] !== undefined) {
      server.stdout.resume();
      return { url: link[1], setupToken: link[2], stop };
    }
  }
  await stop();
  throw new Error(`The server did not start. ${said.join("").trim()}`);
};

/** What `npm start` gives to Node, so that what is seen is what an operator has. */
const startArguments = async (): Promise<string[]> => {
  const manifest = await readFile(join(repository, "package.json"), "utf8");
  const { scripts } = JSON.parse(manifest) as { scripts: { start: string } };
  return scripts.start.split(" ").slice(1);
};

const isTaken = async (port: number): Promise<boolean> => {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};
