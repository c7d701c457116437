import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Server } from "./server.ts";

const root = join(import.meta.dirname, "../../..");

/** Starts a program that works on the database of a running Muster. */
const start = (program: string, args: readonly string[]) => {
  const child = spawn(process.execPath, [`server/test/journeys/mapping-edit/${program}`, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const isOver = once(child, "close");
  const end = async (): Promise<void> => {
    const [code] = await isOver;
    if (code !== 0) throw new Error(`${program} ended with code ${code}. ${complaint}`);
  };
  return { child, ended: end() };
};

type Place = { server: Server; connectionId: string };

/** Puts so many people, all of them members of the group, into the mirror. */
export const fillMirror = (
  { server, connectionId }: Place,
  { groupId, people }: { groupId: string; people: number },
): Promise<void> =>
  start("fill.ts", [server.dataFolder, connectionId, groupId, String(people)]).ended;

/** At one moment: how many the latest edit has decided about, and how many people have what. */
export type Sample = { decided: number; people: Record<string, number> };

/** Looks at what people have, again and again, until it is told to stop. */
export const watchDecisions = async ({ server, connectionId }: Place) => {
  const { child, ended } = start("watch.ts", [server.dataFolder, connectionId]);
  const samples: Sample[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => samples.push(JSON.parse(line) as Sample));
  await Promise.race([once(lines, "line"), ended]);
  return {
    stop: async (): Promise<readonly Sample[]> => {
      // One more, so that the last is of a moment after the call.
      await Promise.race([once(lines, "line"), ended]);
      await Promise.race([once(lines, "line"), ended]);
      child.kill("SIGTERM");
      await ended;
      return samples;
    },
  };
};

/** The most that the server has held in memory, in MB (Linux). */
export const memoryOf = async ({ processId }: Server): Promise<number> => {
  if (process.platform !== "linux") return Number.NaN;
  const status = await readFile(`/proc/${processId}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
};
