import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPackage } from "../build.ts";

const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scim-package-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("packed and installed elsewhere, without a registry, it does in plain Node what its README says", async () => {
  const built = join(folder, "built");
  buildPackage(built);
  const { stdout } = await run("npm", ["pack", built, "--json", "--pack-destination", folder], {
    cwd: folder,
  });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  const paths = packed!.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(["LICENSE", "README.md", "index.d.ts", "index.js", "package.json"]),
  );
  expect(paths.filter((path) => /\.test\.|(?<!\.d)\.ts$|\.json$/.test(path))).toEqual([
    "package.json",
  ]);

  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await run(
    "npm",
    [
      "install",
      "--offline",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      `./${packed!.filename}`,
    ],
    { cwd: folder },
  );
  const readme = await readFile(join(folder, "node_modules/@muster/scim/README.md"), "utf8");
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  await writeFile(join(folder, "example.mjs"), code);
  const example = await run(process.execPath, ["example.mjs"], { cwd: folder });
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
  expect(example.stdout.trimEnd().split("\n")).toEqual(promised);

  // Whoever writes TypeScript gets the types, and a mistake is seen.
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  const options = "--noEmit --strict --lib es2024,dom --module nodenext --target es2024".split(" ");
  const compile = async (file: string, text: string) => {
    await writeFile(join(folder, file), text);
    const args = [join(dirname(compiler), "bin/tsc"), ...options, file];
    return (await run(process.execPath, args, { cwd: folder })).stdout;
  };
  expect(await compile("right.mts", code)).toBe("");
  const wrong = code.replace('parseFilter("userName eq"', "parseFilter(5");
  await expect(compile("wrong.mts", wrong)).rejects.toMatchObject({
    stdout: expect.stringMatching(/wrong\.mts.*'number' is not assignable/),
  });
}, 120_000);
