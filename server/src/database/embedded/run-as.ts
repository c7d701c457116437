import { spawn } from "node:child_process";
import { chmod, lchown, lstat, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyBinaries, linkLibraries, type Binaries } from "./binaries.ts";

/**
 * How to run PostgreSQL, which refuses to run as root: a command to put before it, or another user's id.
 * `dataPath` is how the server names the data directory, which is also its working directory.
 */
export type RunAs = {
  readonly binaries: Binaries;
  readonly prefix: readonly string[];
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  readonly dataPath: (directory: string) => string;
};

type Way = Pick<RunAs, "prefix" | "user"> & { readonly copyTo?: string };

/**
 * Finds a way to run the server on `directory` that works on this machine, by trying it.
 * @throws Error with a sentence for the operator when none works.
 */
export const chooseRunAs = async (binaries: Binaries, directory: string): Promise<RunAs> => {
  const linked = await linkLibraries(binaries.folder);
  const isRoot = process.getuid?.() === 0;
  const ways = isRoot ? await waysAsRoot(directory) : waysAsOrdinaryUser(directory);
  const reasons: string[] = [];
  for (const way of ways) {
    if (way.copyTo === undefined && !linked) continue;
    const runAs: RunAs = {
      binaries: way.copyTo === undefined ? binaries : await copyBinaries(binaries, way.copyTo),
      prefix: way.prefix,
      user: way.user,
      // An unprivileged server may not enter root's home, but it may stand in a folder inside it.
      dataPath: isRoot && process.platform === "linux" ? () => "/proc/self/cwd" : (path) => path,
    };
    await claim(directory, runAs);
    const failure = await attempt(runAs, directory);
    if (failure === undefined) return runAs;
    reasons.push(failure);
  }
  throw new Error(
    `The embedded PostgreSQL cannot be run here (${[...new Set(reasons)].join("; ")}). ` +
      "Start Muster as an ordinary user, or set DATABASE_URL to a PostgreSQL server.",
  );
};

const waysAsOrdinaryUser = (directory: string): Way[] => [
  { prefix: [], user: undefined },
  { prefix: [], user: undefined, copyTo: join(directory, "..") },
];

// First as nobody in a user namespace, where the files stay root's; where those are refused, really as nobody.
const waysAsRoot = async (directory: string): Promise<Way[]> => {
  const user = await findNobody();
  if (user === undefined) return [];
  const { uid, gid } = user;
  const prefix = ["unshare", "--user", `--map-user=${uid}`, `--map-group=${gid}`, "--"];
  return [
    { prefix, user: undefined },
    { prefix: [], user },
    { prefix, user: undefined, copyTo: join(directory, "..") },
    { prefix: [], user, copyTo: join(directory, "..") },
    { prefix: [], user, copyTo: tmpdir() },
  ];
};

// The server must find its user by name (`could not look up effective user ID` otherwise).
const findNobody = async () => {
  const lines = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n");
  const fields = lines.find((line) => line.startsWith("nobody:"))?.split(":");
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return uid > 0 && gid > 0 ? { uid, gid } : undefined;
};

/** Gives the data directory, and all in it, to the user who will run the server. Only root can, and only root needs to. */
const claim = async (directory: string, { user }: RunAs): Promise<void> => {
  await chmod(directory, 0o700);
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = user ?? { uid: 0, gid: 0 };
  if ((await lstat(directory)).uid === uid) return;
  const entries = await readdir(directory, { recursive: true });
  for (const entry of ["", ...entries]) await lchown(join(directory, entry), uid, gid);
};

const attempt = (runAs: RunAs, directory: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const test = [
      "/bin/sh",
      "-c",
      'test -w . && exec "$0" --version',
      programOf(runAs, "postgres"),
    ];
    const child = spawnAs(runAs, test, { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) =>
      resolve(code === 0 ? undefined : complaint.trim() || `it ended with code ${code}`),
    );
  });

export const programOf = ({ binaries }: RunAs, program: "postgres" | "initdb"): string =>
  join(binaries.folder, "bin", program);

/** Spawns a command as the user `runAs` names. */
export const spawnAs = (
  { prefix, user }: RunAs,
  command: readonly string[],
  options: { cwd: string; stdio: ["ignore", "ignore" | "pipe", "pipe"] },
) => {
  const [program, ...rest] = [...prefix, ...command] as [string, ...string[]];
  return spawn(program, rest, { ...options, ...user, env: serverEnvironment() });
};

/** What of our environment the server may see: none of the PG* settings of whoever started Muster. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  TMPDIR: process.env["TMPDIR"],
  LC_ALL: process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8",
});
