import { mkdir, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { isAlive } from "./holder.ts";
import { chooseRunAs, programOf, spawnAs, type RunAs } from "./run-as.ts";

/** The only database role of the embedded server; who may reach its socket is decided by folder permissions. */
export const superuser = "muster";

/**
 * Makes the data directory when there is none yet, all or nothing: it is built beside its place and renamed.
 * Gives how to run the server on it.
 * @throws Error with a sentence when the directory belongs to another major version.
 */
export const prepareCluster = async (
  binaries: Binaries,
  directory: string,
  { durable }: { durable: boolean },
): Promise<RunAs> => {
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const major = await readMajor(directory);
  if (major === undefined) return createCluster(binaries, directory, durable);
  if (major !== binaries.major)
    throw new Error(
      `${directory} was made by PostgreSQL ${major}, and this Muster brings PostgreSQL ${binaries.major}. ` +
        "Start the Muster that made it, or set MUSTER_DATA to another folder.",
    );
  return chooseRunAs(binaries, directory);
};

const readMajor = async (directory: string): Promise<number | undefined> => {
  const text = await readFile(join(directory, "PG_VERSION"), "utf8").catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : Number.parseInt(text, 10);
};

const createCluster = async (binaries: Binaries, directory: string, durable: boolean) => {
  await removeAbandoned(directory);
  const scratch = await mkdtemp(`${directory}.new-${process.pid}-`);
  try {
    const runAs = await chooseRunAs(binaries, scratch);
    await initialise(runAs, scratch, durable);
    await rename(scratch, directory);
    await syncFolder(dirname(directory));
    return runAs;
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    // Somebody else was first, and theirs is as good.
    if (["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return chooseRunAs(binaries, directory);
    throw error;
  }
};

/** Removes what a process that was killed while it made a data directory has left. */
const removeAbandoned = async (directory: string): Promise<void> => {
  const parent = dirname(directory);
  for (const name of await readdir(parent)) {
    const pid = new RegExp(`^${basename(directory)}\\.new-(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
};

const initialise = async (runAs: RunAs, directory: string, durable: boolean): Promise<void> => {
  const command = [
    programOf(runAs, "initdb"),
    "-D",
    runAs.dataPath(directory),
    `--username=${superuser}`,
    "--auth-local=trust",
    "--auth-host=reject",
    "--encoding=UTF8",
    ...localeFlags(runAs.binaries.major),
    ...(durable ? [] : ["--no-sync"]),
  ];
  const child = spawnAs(runAs, command, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0)
    throw new Error(`PostgreSQL could not make its data directory ${directory}: ${output.trim()}`);
};

// The order of text must not depend on the host. PostgreSQL 17 brought a locale of its own.
const localeFlags = (major: number): string[] => {
  const host = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
  return major >= 17
    ? ["--locale-provider=builtin", `--locale=${host}`, "--builtin-locale=C.UTF-8"]
    : [`--locale=${host}`];
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
