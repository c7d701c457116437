import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip as gzipWithCallback } from "node:zlib";

/**
 * Builds the console into dist/, if its sources are not those of the last build. Several may run at once and a server may
 * be reading: each builds into a folder of its own and moves files in one by one, the first page last. Names carry the
 * hash of their content, so racers move the same files.
 */
const folder = import.meta.dirname;
const compress = promisify(brotliCompress);
const gzip = promisify(gzipWithCallback);
const dist = join(folder, "dist");
const stamp = join(dist, ".built-from");
const sources = ["src", "public", "index.html", "vite.config.ts", "package.json", "build.ts"];

const filesIn = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
};

const listSources = async (): Promise<string[]> => {
  const lists = await Promise.all(
    sources.map(async (name) =>
      name.includes(".") ? [join(folder, name)] : filesIn(join(folder, name)),
    ),
  );
  return [...lists.flat(), join(folder, "..", "package-lock.json")].filter(
    (path) => !/\.test\.tsx?$/.test(path),
  );
};

const digestSources = async (): Promise<string> => {
  const digest = createHash("sha256");
  for (const path of await listSources())
    digest
      .update(relative(folder, path))
      .update("\0")
      .update(await readFile(path))
      .update("\0");
  return digest.digest("hex");
};

/** Each text beside itself as .br and .gz, so that a server may send it without compressing it again and again. */
const compressIn = async (from: string): Promise<void> => {
  for (const path of await filesIn(from)) {
    if (!/\.(js|css|svg)$/.test(path)) continue;
    const text = await readFile(path);
    if (text.length < 1024) continue;
    await writeFile(`${path}.br`, await compress(text));
    await writeFile(`${path}.gz`, await gzip(text, { level: 9 }));
  }
};

const moveIn = async (from: string): Promise<void> => {
  const built = (await filesIn(from)).map((path) => relative(from, path));
  const isFirstPage = (name: string) => name === "index.html";
  for (const name of [...built.filter((one) => !isFirstPage(one)), ...built.filter(isFirstPage)]) {
    await mkdir(dirname(join(dist, name)), { recursive: true });
    await rename(join(from, name), join(dist, name));
  }
  const kept = new Set(built);
  for (const path of await filesIn(join(dist, "assets")))
    if (!kept.has(relative(dist, path))) await rm(path, { force: true });
};

const wanted = await digestSources();
const found = await readFile(stamp, "utf8").catch(() => undefined);
if (found !== wanted) {
  const started = performance.now();
  const own = join(dist, `.building-${process.pid}`);
  try {
    // Only now: loading it takes longer than finding that there is nothing to do.
    const { build } = await import("vite");
    await build({
      configFile: join(folder, "vite.config.ts"),
      logLevel: "warn",
      build: { outDir: own, emptyOutDir: true },
    });
    await compressIn(own);
    await moveIn(own);
    await writeFile(stamp, wanted);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  console.log(`Built the console in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
