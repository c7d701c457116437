import { readFile } from "node:fs/promises";
import { generateDirectory, type CycleReport } from "../../../../entra-emulator/src/index.ts";
import { createEntraTenant } from "../../support/entra.ts";
import { startProduct } from "../../support/product.ts";
import { requestScim } from "../../support/scim-client.ts";

/** What an administrator pastes behind the endpoint chooses how Entra speaks. */
export const dialects = { legacy: "", compliant: "?aadOptscim062020" } as const;
export type Dialect = keyof typeof dialects;

export type Crowd = {
  readonly dialect: Dialect;
  readonly initial: CycleReport;
  readonly second: CycleReport;
  /** A cycle that knows nothing, as after "Restart provisioning": everything is looked at again. */
  readonly afresh: CycleReport;
  /** How many people and groups there are afterwards, for SCIM. */
  readonly people: number;
  readonly groups: number;
  readonly expected: { readonly people: number; readonly groups: number };
  /** The most that the server held in memory, in MB (Linux). */
  readonly memory: number;
};

type Wanted = {
  readonly people: number;
  readonly dialect: Dialect;
  readonly membersPerPatch?: number;
  readonly onProgress?: (phase: string, done: number, total: number) => void;
};

/** An emulated Entra tenant provisions a made-up organisation to a product of its own, and then has nothing to do. */
export const runCrowd = async ({
  people,
  dialect,
  membersPerPatch = 1,
  onProgress = () => {},
}: Wanted): Promise<Crowd> => {
  const product = await startProduct();
  try {
    const connection = await product.connect(await product.signIn(), dialect);
    const directory = generateDirectory(people);
    const pasted = { ...connection, endpoint: connection.endpoint + dialects[dialect] };
    const options = { concurrency: 5, membersPerPatch, onProgress };
    const entra = createEntraTenant(pasted, directory, options);
    const initial = await entra.sync();
    const second = await entra.sync();
    const afresh = await createEntraTenant(pasted, directory, options).sync();
    const count = async (kind: "Users" | "Groups"): Promise<number> =>
      (await requestScim(connection, { path: `/${kind}?count=0` })).body.totalResults;
    return {
      dialect,
      initial,
      second,
      afresh,
      people: await count("Users"),
      groups: await count("Groups"),
      expected: { people: directory.users.length, groups: directory.groups.length },
      memory: await memoryOf(product.server().id),
    };
  } finally {
    await product.stop();
  }
};

/** What is wrong with a journey, as sentences; nothing, if all went as it should. */
export const faultsOf = ({
  initial,
  second,
  afresh,
  people,
  groups,
  expected,
}: Crowd): string[] => [
  ...[initial, second, afresh]
    .filter(({ outcome }) => outcome !== "completed")
    .map(({ kind, outcome, reason }) => `the ${kind} cycle was ${outcome}: ${reason}`),
  ...[initial, second, afresh].flatMap(({ failures }) =>
    failures.slice(0, 3).map(({ identity, code, detail }) => `${identity}: ${code} ${detail}`),
  ),
  ...(second.writes === 0 ? [] : [`the second cycle wrote ${second.writes} times`]),
  ...(afresh.writes === 0 ? [] : [`a cycle that knew nothing wrote ${afresh.writes} times`]),
  ...(people === expected.people ? [] : [`there are ${people} people, not ${expected.people}`]),
  ...(groups === expected.groups ? [] : [`there are ${groups} groups, not ${expected.groups}`]),
];

const memoryOf = async (id: number): Promise<number> => {
  if (process.platform !== "linux") return Number.NaN;
  const status = await readFile(`/proc/${id}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
};
