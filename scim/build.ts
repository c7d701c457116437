import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = import.meta.dirname;

/**
 * Makes the package that npm gets: JavaScript with declarations, because Node strips types from its own files only and
 * never below node_modules.
 * @param target an empty or missing folder, to be packed or published as it is then
 */
export const buildPackage = (target: string): void => {
  rmSync(target, { recursive: true, force: true });
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(dirname(compiler), "bin/tsc"),
      "-p",
      join(folder, "tsconfig.build.json"),
      "--outDir",
      target,
    ],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stdout);
  const {
    private: _private,
    exports: _exports,
    ...described
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
  const entry = { types: "./index.d.ts", default: "./index.js" };
  const manifest = { ...described, exports: entry, sideEffects: false, engines: { node: ">=20" } };
  writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(folder, "README.md"), join(target, "README.md"));
  copyFileSync(join(folder, "../LICENSE"), join(target, "LICENSE"));
};

if (import.meta.main) buildPackage(join(folder, "dist"));
