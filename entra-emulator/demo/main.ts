import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { showProgress } from "../src/cli/progress.ts";
import { describeReport } from "../src/cli/summary.ts";
import {
  createState,
  loadDirectory,
  presets,
  runCycle,
  tellChapter,
  type CycleReport,
  type Directory,
  type JobState,
} from "../src/index.ts";
import { setUp, type Api } from "./api.ts";
import { startProduct, type Product } from "./product.ts";
import { findDifferences, listAccounts, mapGroups } from "./role-assignments.ts";
import { registerSampleAssets } from "./sample-assets.ts";

const secondsBetweenCycles = 60;
/** A whole turn of the story: somebody moves, joins, leaves and returns. */
const chaptersInOneTurn = 4;
const storySeed = 1;

type Connection = { readonly id: string; readonly endpoint: string; readonly token: string };
type Demo = {
  readonly api: Api;
  readonly connection: Connection;
  directory: Directory;
  readonly state: JobState;
};

/**
 * The main job, seen: a throw-away Muster, an emulated Entra tenant that provisions it over HTTP, and a cycle each
 * minute in which people join, move and leave. With --once, without a watcher: ends with 0 only if all is as it should.
 */
const run = async (): Promise<number> => {
  const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
  const administrator = {
    name: "Dana Reyes",
    email: "dana@contoso.test",
    password: `demo-${randomBytes(9).toString("base64url")}`,
  };
  console.log("Starting a throw-away Muster …");
  const product = await startProduct();
  const interrupted = stopOnInterrupt(product);
  try {
    const api = await setUp(product, "Contoso", administrator);
    const demo = await provisionEverybody(api);
    let problems = await tellProblems(demo);
    if (!values.once) {
      console.log(`
  Look at     ${product.url}
  Sign in as  ${administrator.email}
  Password    ${administrator.password}

An Entra cycle runs every minute; watch Sub Accounts, Recoveries and the Provisioning log. Ctrl-C ends the demo and
leaves nothing behind.
`);
      while (!interrupted.signal.aborted) {
        await sleep(secondsBetweenCycles * 1000, undefined, { signal: interrupted.signal }).catch(
          () => {},
        );
        if (!interrupted.signal.aborted) await goOn(demo, demo.state.chapters);
      }
      return 0;
    }
    for (let chapter = 0; chapter < chaptersInOneTurn; chapter += 1) {
      await goOn(demo, chapter);
      problems = [...problems, ...(await tellProblems(demo))];
    }
    const recoveries = await api.get<{ total: number }>("/recoveries");
    if (recoveries.total === 0) problems.push("A leaver who held items has no recovery.");
    console.log(problems.length === 0 ? "Everybody arrived as they should." : problems.join("\n"));
    return problems.length === 0 ? 0 : 1;
  } finally {
    await product.stop();
  }
};

const provisionEverybody = async (api: Api): Promise<Demo> => {
  const connection = await api.post<Connection>("/connections", { name: "Microsoft Entra ID" });
  const demo: Demo = { api, connection, directory: await loadDirectory(), state: createState() };
  console.log("Entra runs its initial cycle …");
  report(await cycle(demo));
  console.log(
    `Mapped three groups to access roles: ${await mapGroups(api, connection.id)} people changed role.`,
  );
  const people = (await listAccounts(api)).filter(({ status }) => status === "active");
  const { registered, checkedOut } = await registerSampleAssets(api, people);
  console.log(`Registered ${registered} assets, ${checkedOut} of them checked out.`);
  return demo;
};

/** One more chapter of the story, and the cycle that carries it over. */
const goOn = async (demo: Demo, chapter: number): Promise<void> => {
  const { directory, events } = tellChapter(demo.directory, storySeed, chapter);
  demo.directory = directory;
  demo.state.chapters = chapter + 1;
  for (const { sentence } of events) console.log(`${new Date().toLocaleTimeString()}  ${sentence}`);
  report(await cycle(demo));
};

const cycle = async ({ connection, directory, state }: Demo): Promise<CycleReport> => {
  const progress = showProgress(process.stderr.isTTY);
  const { endpoint: url, token } = connection;
  const finished = await runCycle({
    connection: { url, token },
    directory,
    state,
    mapping: presets.recommended,
    onProgress: progress.advance,
  });
  progress.stop();
  return finished;
};

const report = (finished: CycleReport): void =>
  console.log(describeReport(finished).replaceAll(/^/gm, "          "));

const tellProblems = async (demo: Demo): Promise<string[]> =>
  findDifferences(demo.directory, await listAccounts(demo.api));

const stopOnInterrupt = (product: Product): AbortController => {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (interrupted.signal.aborted) void product.stop().finally(() => process.exit(1));
      interrupted.abort();
    });
  return interrupted;
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
