import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createState, loadState, saveState, StateFileError } from "./job-state.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "entra-emulator-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a state file that is not there yet is a new job, and what is saved is loaded", async () => {
  const file = join(folder, "state.json");
  expect(await loadState(file)).toEqual(createState());
  const state = { ...createState(), cycles: 3, users: { a: { targetId: "t1" } } };
  await saveState(file, state);
  expect(await loadState(file)).toEqual(state);
});

test("whoever reads while it is written sees a whole state, old or new", async () => {
  const file = join(folder, "state.json");
  const users = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `source-${index}`,
      { targetId: `target-${index}` },
    ]),
  );
  await saveState(file, { ...createState(), users });
  const rounds = Array.from({ length: 25 }, (_, cycles) => cycles);
  const write = async (): Promise<void> => {
    for (const cycles of rounds) await saveState(file, { ...createState(), users, cycles });
  };
  const read = async (): Promise<void> => {
    for (const _round of rounds)
      expect(Object.keys((await loadState(file)).users)).toHaveLength(5000);
  };
  await Promise.all([write(), read(), read()]);
});

test.each(["", "{", "7", '{"version":2}'])("%j is not a state file", async (text) => {
  const file = join(folder, "state.json");
  await writeFile(file, text);
  await expect(loadState(file)).rejects.toThrow(StateFileError);
});
