import { join } from "node:path";
import type { Contender, Running } from "../contenders/contender.ts";
import { openClient, type Ask, type Client } from "../load/client.ts";
import { idOf } from "../load/perform.ts";
import { startCountingProxy, type CountingProxy } from "../postgres/counting-proxy.ts";
import { asks } from "../traffic/asks.ts";
import { isOver, type Run } from "./run.ts";

export type CountStep = { readonly requests: number };

/**
 * Round trips, statements, rows and log bytes that each kind of request costs the database. It is counted on a server of
 * its own behind a proxy, so that counting slows nothing that is timed.
 */
export const countDatabaseWork = async (run: Run, step: CountStep): Promise<void> => {
  for (const contender of run.contenders) {
    if (isOver(run)) return;
    const proxy = await startCountingProxy(
      join(run.folder, `proxy-${contender.name}`),
      run.postgres.socketFolder,
    );
    const url = new URL(await run.postgres.createDatabase(`counted-${contender.name}`));
    url.searchParams.set("host", proxy.folder);
    let running: Running | undefined;
    try {
      running = await contender.start(url.href);
      await countAll(run, { contender, running, proxy }, step);
    } finally {
      await running?.stop();
      proxy.close();
    }
  }
};

type Counting = { contender: Contender; running: Running; proxy: CountingProxy };

const countAll = async (run: Run, counting: Counting, { requests }: CountStep): Promise<void> => {
  const opened = openClient(counting.running);
  const client = { ...opened, send: (ask: Ask) => sendWell(opened, ask) };
  const ids: string[] = [];
  const create = async (index: number) => {
    ids[index] = idOf(await client.send(asks.create(index)));
  };
  // The first of each kind prepare their statements and warm the caches.
  for (let index = 0; index < 100; index += 1) await create(index);
  const group = idOf(await client.send(asks.createGroup("Counted")));
  const kinds: Record<string, (at: number) => Promise<unknown>> = {
    "userName eq": (at) => client.send(asks.byUserName(at)),
    POST: (at) => create(100 + at),
    "GET by id": (at) => client.send(asks.read(ids[at]!)),
    PATCH: (at) => client.send(asks.change(ids[at]!, at, 1)),
    "PATCH active": (at) => client.send(asks.replace(ids[at]!, "active", "False")),
    "POST group": (at) => client.send(asks.createGroup(`Counted ${at}`)),
    "+1 member": (at) => client.send(asks.members(group, "Add", [ids[at]!])),
    "page of 100": () => client.send(asks.page(1)),
  };
  for (const [kind, deed] of Object.entries(kinds))
    await countKind(run, counting, { kind, requests, deed }).catch((refusal: Error) => {
      run.facts.push({
        contender: counting.contender.name,
        topic: "database work",
        people: 0,
        values: { kind, roundTrips: refusal.message.slice(0, 80) },
      });
    });
  await countHundred(run, counting, { client, ids });
  client.close();
};

/** @throws Error where a request is refused: what a refusal costs is not the question */
const sendWell = async (client: Client, ask: Ask) => {
  const answer = await client.send(ask);
  if (answer.status < 300) return answer;
  const said = answer.body.toString("utf8", 0, 300);
  throw new Error(`${ask.method} ${ask.path} was answered ${answer.status} ${said}`);
};

/** Adds of 100 members, each to a new group. */
const countHundred = async (
  run: Run,
  counting: Counting,
  { client, ids }: { client: Client; ids: readonly string[] },
): Promise<void> => {
  const times = 5;
  const groups: string[] = [];
  for (let at = 0; at <= times; at += 1)
    groups.push(idOf(await client.send(asks.createGroup(`Hundred ${at}`))));
  const add = (at: number) => client.send(asks.members(groups[at]!, "Add", ids.slice(0, 100)));
  await add(times);
  await countKind(run, counting, {
    kind: "+100 members",
    requests: times,
    deed: add,
    isWarm: true,
  });
};

type Kind = {
  readonly kind: string;
  readonly requests: number;
  readonly deed: (at: number) => Promise<unknown>;
  readonly isWarm?: boolean;
};

const settle = 300;

const countKind = async (
  { facts, postgres }: Run,
  { contender, proxy }: Counting,
  { kind, requests, deed, isWarm }: Kind,
): Promise<void> => {
  const first = isWarm ? 0 : 5;
  for (let at = 0; at < first; at += 1) await deed(at);
  // What a server does behind its answers belongs to the request, too.
  await pause();
  proxy.take();
  const before = await postgres.readLogPosition();
  for (let at = first; at < first + requests; at += 1) await deed(at);
  await pause();
  const after = await postgres.readLogPosition();
  const counted = Object.entries(proxy.take()).map(
    ([name, value]) => [name, Number((value / requests).toFixed(1))] as const,
  );
  const logBytes = Math.round((after - before) / requests);
  const values = { kind, ...Object.fromEntries(counted), logBytes };
  facts.push({ contender: contender.name, topic: "database work", people: 0, values });
};

const pause = () => new Promise<void>((resolve) => void setTimeout(resolve, settle));
