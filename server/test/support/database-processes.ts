import { execFile } from "node:child_process";
import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Ids of all processes of PostgreSQL that stand in a product's data folder. */
export const databaseProcesses = async (dataFolder: string): Promise<number[]> => {
  const directory = await realpath(join(dataFolder, "postgres")).catch(() => undefined);
  if (directory === undefined) return [];
  if (process.platform !== "linux") {
    const { stdout } = await run("ps", ["-axo", "pid=,command="]);
    return stdout
      .split("\n")
      .filter((line) => line.includes(directory))
      .map((line) => Number.parseInt(line, 10));
  }
  const ids = (await readdir("/proc")).map(Number).filter(Number.isInteger);
  const places = await Promise.all(
    ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => undefined)),
  );
  return ids.filter((_, index) => places[index] === directory);
};

/** kill -9 of the database server itself, as a machine that is out of memory does it. */
export const killDatabase = async (dataFolder: string): Promise<void> => {
  const text = await readFile(join(dataFolder, "postgres", "postmaster.pid"), "utf8");
  process.kill(Number.parseInt(text, 10), "SIGKILL");
};
