import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

type Noted = { readonly process: number; readonly url: string };

const fileIn = (dataFolder: string): string => join(dataFolder, "address.json");

/**
 * Notes in the data folder where a Muster is to be found, for commands that are run meanwhile, who see what was noted before or
 * all of this. Gives how to take it back.
 */
export const noteAddress = async (
  dataFolder: string,
  url: string,
): Promise<() => Promise<void>> => {
  const noted: Noted = { process: process.pid, url };
  const draft = `${fileIn(dataFolder)}.${noted.process}`;
  await writeFile(draft, JSON.stringify(noted));
  await rename(draft, fileIn(dataFolder));
  return () => rm(fileIn(dataFolder), { force: true });
};

/** The address of the Muster that runs on a data folder; undefined where none does. */
export const readAddress = async (dataFolder: string): Promise<string | undefined> => {
  const text = await readFile(fileIn(dataFolder), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const noted = JSON.parse(text) as Noted;
  return isAlive(noted.process) ? noted.url : undefined;
};

const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // There is one, of somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};
