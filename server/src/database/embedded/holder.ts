import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, readlink, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * What a Muster process starts the embedded server for: to serve, for as long as it runs,
 * or for a command, which ends soon.
 */
export type Purpose = "serve" | "command";

/** The server that runs on a data directory, and the Muster process that started it. */
export type Holder = {
  readonly serverId: number;
  readonly socketFolder: string;
  readonly isReady: boolean;
  readonly owner: { readonly id: number; readonly purpose: Purpose; readonly isAlive: boolean };
};

/**
 * The name of the server's socket folder says who started the server, so that one file, postmaster.pid,
 * which PostgreSQL writes and removes itself, answers every question about it.
 */
export const socketFolderPrefix = (purpose: Purpose): string =>
  `muster-${process.pid}-${startOf(process.pid)}-${purpose}-`;

/** Reads postmaster.pid. Gives undefined when there is none, or none of ours, or not yet a whole one. */
export const readHolder = async (directory: string): Promise<Holder | undefined> => {
  const text = await readFile(join(directory, "postmaster.pid"), "utf8").catch(() => "");
  const [serverId, , , , socketFolder, , , status] = text.split("\n");
  if (serverId === undefined || socketFolder === undefined) return undefined;
  const name = /^muster-(\d+)-(\d+)-(serve|command)-/.exec(basename(socketFolder));
  if (name === null) return undefined;
  const id = Number(name[1]);
  return {
    serverId: Number(serverId),
    socketFolder,
    isReady: status?.trim() === "ready",
    owner: {
      id,
      purpose: name[3] as Purpose,
      isAlive: isAlive(id) && startOf(id) === name[2],
    },
  };
};

/** Whether process `id` really is a server on this directory, and not a newer process with a reused id. */
export const isServerOn = async (id: number, directory: string): Promise<boolean> => {
  if (!isAlive(id)) return false;
  if (process.platform !== "linux") {
    const { stdout } = await run("ps", ["-o", "command=", "-p", String(id)]).catch(() => ({
      stdout: "",
    }));
    return stdout.includes(directory);
  }
  const standsIn = await readlink(`/proc/${id}/cwd`).catch(() => undefined);
  return standsIn === (await realpath(directory));
};

export const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return readStat(id).state !== "Z";
};

const startOf = (id: number): string => readStat(id).start;

// proc_pid_stat(5): field 3 is the state, Z for a dead process that its parent has not noticed; field 22 is the start in
// clock ticks since boot, which a process with a reused id does not share.
const readStat = (id: number): { state: string; start: string } => {
  let fields: string[] = [];
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, "utf8");
      fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    } catch {
      // Gone meanwhile, or not ours to read.
    }
  }
  return { state: fields[0] ?? "", start: fields[19] ?? "0" };
};
