import { afterAll, beforeAll, expect, test } from "vitest";
import { generateDirectory, type CycleOptions } from "../../../entra-emulator/src/index.ts";
import { listAll, type Answered, type Session } from "../support/api-client.ts";
import { awaitApplication, countMisdecided, roleIds } from "../support/application.ts";
import { databaseProcesses, killDatabase } from "../support/database-processes.ts";
import { createEntraTenant } from "../support/entra.ts";
import { mirroredSource, readSource } from "../support/mirror.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import { enterpriseSchema, readMirror, type ScimConnection } from "../support/scim-client.ts";

type Exchange = Parameters<NonNullable<CycleOptions["onExchange"]>>[0];

/** By this many acknowledged writes: among the people, among the managers, among the memberships. */
const moments = [
  { after: 200, alsoDatabase: false },
  { after: 700, alsoDatabase: true },
  { after: 1300, alsoDatabase: false },
];

let product: Product;
let dana: Session;
let connection: ScimConnection;

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
  connection = await product.connect(dana);
});

afterAll(async () => {
  await product?.stop();
  endProducts();
});

test("killed with -9 three times during an initial cycle, nothing acknowledged is lost", async () => {
  const directory = generateDirectory(500, 7);
  const entra = createEntraTenant(connection, directory, { giveUpAfter: 5 });
  const acknowledged: Exchange[] = [];

  for (const { after, alsoDatabase } of moments) {
    let killed: Promise<void> | undefined;
    const report = await entra.sync({
      onExchange: (exchange) => {
        if (!isAcknowledgedWrite(exchange)) return;
        acknowledged.push(exchange);
        if (acknowledged.length < after || killed !== undefined) return;
        killed = (async () => {
          if (alsoDatabase) await killDatabase(product.dataFolder);
          await product.kill();
        })();
      },
    });
    await killed;
    expect(report, `killed after ${after} writes`).toMatchObject({ outcome: "interrupted" });
    expect(acknowledged.length).toBeGreaterThanOrEqual(after);
    await expect.poll(() => databaseProcesses(product.dataFolder), { timeout: 15_000 }).toEqual([]);

    await product.restart();

    await expectAll(acknowledged);
  }

  const last = await entra.sync({
    onExchange: (exchange) => {
      if (isAcknowledgedWrite(exchange)) acknowledged.push(exchange);
    },
  });
  expect(last).toMatchObject({ kind: "initial", outcome: "completed", failures: [] });
  await expectAll(acknowledged);
  expect(await mirroredSource(connection)).toEqual(readSource(directory));
  expect(await entra.sync()).toMatchObject({ kind: "incremental", writes: 0, failures: [] });

  const accounts = (await listAll(dana, "/accounts")).filter(({ local }) => !local);
  expect(accounts).toHaveLength(directory.users.length);
  expect(await countMisdecided(dana, connection.id)).toBe(0);
});

test("killed while it decides everybody again, it goes on with that after the restart", async () => {
  const { body } = await dana.get(`/connections/${connection.id}/group-mappings`);
  const editor = (await roleIds(dana)).get("Editor") as string;
  const mappings = (body.items as Answered["body"][]).map(({ group }) => ({
    groupId: group.id as string,
    roleId: editor,
  }));
  const saved = await dana.put(`/connections/${connection.id}/group-mappings`, { mappings });
  const { id, total } = saved.body.application;
  const progress = async () => (await dana.get(`/role-applications/${id}`)).body;
  await expect.poll(async () => (await progress()).done, { interval: 1 }).toBeGreaterThan(0);
  await product.kill();

  await product.restart();

  expect(await progress()).toMatchObject({ state: "running" });
  expect(await awaitApplication(dana, id)).toMatchObject({ state: "done", total, done: total });
  expect(await countMisdecided(dana, connection.id)).toBe(0);
});

test("stopped in good order, it leaves no process behind", async () => {
  expect(await databaseProcesses(product.dataFolder)).not.toEqual([]);
  const { code } = await product.server().end("SIGTERM");
  expect(code).toBe(0);
  expect(await databaseProcesses(product.dataFolder)).toEqual([]);
  await product.restart();
});

const isAcknowledgedWrite = ({ call, answer }: Exchange): boolean =>
  call.verb !== "GET" && answer !== undefined && answer.status >= 200 && answer.status < 300;

/** Every write that was answered with 2xx is in the mirror and in the provisioning log. */
const expectAll = async (acknowledged: readonly Exchange[]): Promise<void> => {
  const users = new Map((await readMirror(connection, "Users")).map((user) => [user.id, user]));
  const groups = new Map(
    (await readMirror(connection, "Groups")).map((group) => [group.id, group]),
  );
  const missing = acknowledged.filter((exchange) => !isPresent(exchange, { users, groups }));
  expect(missing.map(({ call }) => `${call.verb} ${call.path}`)).toEqual([]);

  const logged = new Map<string, number>();
  for (const { method, path, status, resource } of await listAll(dana, "/provisioning-log"))
    if (method !== "GET" && status < 300) count(logged, keyOf(method, path, resource.id));
  const expected = new Map<string, number>();
  for (const { call, answer } of acknowledged)
    count(expected, keyOf(call.verb, call.path, createdId(answer?.text)));
  const unlogged = [...expected].filter(([key, times]) => (logged.get(key) ?? 0) < times);
  expect(unlogged).toEqual([]);
};

// oxlint-disable-next-line typescript/no-explicit-any
type Resources = ReadonlyMap<string, any>;

const isPresent = (
  { call, answer }: Exchange,
  { users, groups }: { users: Resources; groups: Resources },
): boolean => {
  const [, kind, id] = call.path.split("/");
  const resources = kind === "Users" ? users : groups;
  if (call.verb === "POST") {
    const found = resources.get(createdId(answer?.text) ?? "");
    const sent = call.body as Record<string, unknown>;
    const { userName, displayName, externalId, active } = sent;
    return Object.entries({ userName, displayName, externalId, active }).every(
      ([name, value]) => value === undefined || found?.[name] === value,
    );
  }
  const found = resources.get(id ?? "");
  return (call.body as Patch).Operations.every(({ path, value }) => {
    if (kind === "Groups")
      return [value].flat().every((one) => memberIds(found).has((one as { value: string }).value));
    if (path.endsWith(":manager")) return found?.[enterpriseSchema]?.manager?.value === idIn(value);
    return found !== undefined;
  });
};

type Patch = { Operations: readonly { path: string; value: unknown }[] };

const idIn = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? (value as { value?: unknown }).value : value;

const memberIds = (group: { members?: { value: string }[] } | undefined): Set<string> =>
  new Set((group?.members ?? []).map(({ value }) => value));

const createdId = (text: string | undefined): string | undefined =>
  text === undefined || text === "" ? undefined : (JSON.parse(text) as { id?: string }).id;

const keyOf = (method: string, path: string, id: string | undefined): string =>
  method === "POST" ? `POST ${path}/${id}` : `${method} ${path}`;

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
