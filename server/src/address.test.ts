import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { noteAddress, readAddress } from "./address.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-address-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("the address is found while it is noted, and nothing is left of it", async () => {
  expect(await readAddress(folder)).toBeUndefined();
  const forget = await noteAddress(folder, "http://localhost:3000");
  expect(await readAddress(folder)).toBe("http://localhost:3000");
  expect(await readdir(folder)).toEqual(["address.json"]);
  await forget();
  expect(await readdir(folder)).toEqual([]);
  expect(await readAddress(folder)).toBeUndefined();
});

test("whoever reads while it is noted anew sees the old one whole", async () => {
  await noteAddress(folder, "http://localhost:3000");
  const reader = await open(join(folder, "address.json"));
  await noteAddress(folder, "http://localhost:4000");
  const seen = (await reader.readFile()).toString();
  await reader.close();
  expect(JSON.parse(seen)).toMatchObject({ url: "http://localhost:3000" });
  expect(await readAddress(folder)).toBe("http://localhost:4000");
});
