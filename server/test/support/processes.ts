import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A process that opened a data folder's database (`url`), or that ended instead, saying why (`complaint`). */
export type Holding = {
  readonly id: number;
  readonly url: string | undefined;
  readonly complaint: string;
  /** Sends a signal and waits for the end of the process, not of what it started. */
  end(signal: NodeJS.Signals): Promise<void>;
};

type How = {
  readonly prefix?: readonly string[];
  readonly checkout?: string;
  readonly env?: NodeJS.ProcessEnv;
};

const checkoutRoot = join(import.meta.dirname, "../../..");
const script = "server/test/support/hold-embedded.ts";
const started = new Set<ChildProcess>();

/** Starts a process that opens the database of a data folder, and waits until it has, or has ended. */
export const holdDataFolder = async (
  dataFolder: string,
  { prefix = [], checkout = checkoutRoot, env = {} }: How = {},
): Promise<Holding> => {
  const node = checkout === checkoutRoot ? process.execPath : join(checkout, "node");
  const command = [...prefix, node, join(checkout, script), dataFolder];
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: checkout,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "", ...env },
  });
  started.add(child);
  const closed = once(child, "close").then(() => started.delete(child));
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  let output = "";
  const url = await new Promise<string | undefined>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("\n")) resolve(output.trim());
    });
    void closed.then(() => resolve(undefined));
  });
  return {
    id: child.pid as number,
    url,
    complaint: complaint.trim(),
    end: async (signal) => {
      child.kill(signal);
      await closed;
    },
  };
};

/** Ends what a failed test has left. */
export const endAll = (): void => {
  for (const child of started) child.kill("SIGKILL");
};
