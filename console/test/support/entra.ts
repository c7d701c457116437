import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** Runs a command of the Entra emulator to its end: the identity provider, as a process of its own. */
export const runEntra = async (command: "test" | "sync", args: readonly string[]) => {
  const child = spawn(process.execPath, ["entra-emulator/src/cli/main.ts", command, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
};
