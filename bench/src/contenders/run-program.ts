import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const patience = 60_000;

type Program = {
  readonly file: string;
  readonly environment: Record<string, string>;
  readonly ready: RegExp;
  /** What Node is told. */
  readonly flags?: readonly string[];
  /** The folder it starts in; ours unless told otherwise. */
  readonly folder?: string;
};

/**
 * Starts a Node program and waits for a line of its output that matches.
 * @throws Error with what it complained of, when it ends or stays silent instead
 */
export const runProgram = async ({
  file,
  environment,
  ready,
  flags = [],
  folder,
}: Program): Promise<{ process: ChildProcess; match: RegExpExecArray; stop(): Promise<void> }> => {
  const child = spawn(process.execPath, [...flags, ...nodeFlags(), file], {
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...(folder !== undefined && { cwd: folder }),
    // Ctrl-C is for us: we stop the servers when what they have under way is done.
    detached: true,
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4000);
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(timer);
  };
  const answered = new Promise<RegExpExecArray>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = ready.exec(line);
      if (match !== null) resolve(match);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${file} ended with ${code}: ${complaint}`)));
  });
  const match = await Promise.race([answered, sleep(patience, undefined, { ref: false })]);
  if (match === undefined) {
    await stop();
    throw new Error(`${file} was not ready within a minute: ${complaint}`);
  }
  return { process: child, match, stop };
};

/** BENCH_PROFILE names a folder for a CPU profile of every contender. */
const nodeFlags = (): string[] => {
  const folder = process.env["BENCH_PROFILE"];
  return folder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${folder}`];
};
