import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { startProduct, type Product } from "../demo/product.ts";

let product: Product | undefined;
afterEach(() => product?.stop());

test("the demo's server runs as npm start runs it", async () => {
  vi.stubEnv("PORT", "0");
  product = await startProduct();
  const manifest = await readFile(join(import.meta.dirname, "../../package.json"), "utf8");
  const { scripts } = JSON.parse(manifest) as { scripts: { start: string } };
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "ppid=,args="]);
  const children = stdout
    .split("\n")
    .filter((line) => line.trim().startsWith(`${process.pid} `))
    .map((line) => line.trim());
  expect(children.map((line) => line.endsWith(scripts.start.slice("node".length)))).toContain(true);
});
