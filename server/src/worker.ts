import { once } from "node:events";
import type { Config } from "#config";
import { attachDatabase } from "#database";
import { composeModules, type Edge } from "./app.ts";
import { createLogger } from "./logger.ts";
import { createClosing, listen } from "./serve.ts";
import { isOurs, type ToPrimary, type ToWorker } from "./worker-messages.ts";

/** A process that answers requests for the primary, which has the database and the jobs (serve-with-workers.ts). */
const work = async (): Promise<void> => {
  const closing = createClosing();
  // Ctrl-C in a terminal goes to all; the primary says when to stop, or is gone.
  process.on("SIGINT", () => {});
  const told = Promise.race([once(process, "SIGTERM"), once(process, "disconnect")]);
  try {
    const beginning = heard("begin");
    say({ kind: "awake" });
    const begin = await Promise.race([beginning, told]);
    if (!("config" in begin)) process.exit(0);
    const { config, ownerUrl } = begin;
    const logger = createLogger(config.logLevel);
    const database = await attachDatabase(ownerUrl, logger);
    closing.push(database.close);
    const modules = composeModules({ database, url: config.url, logger, sendsJobsOnly: true });
    await modules.jobs.start();
    closing.push(() => modules.jobs.stop());
    await listen(modules, { config, logger, closing, edge: edgeOf(config) });
    say({ kind: "ready" });
    await told;
    await closing.stop();
    process.exit(0);
  } catch (error) {
    say({ kind: "failed", message: (error as Error).message });
    await closing.stop().catch(() => {});
    process.exit(1);
  }
};

const say = (message: ToPrimary): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

type Heard<Kind extends ToWorker["kind"]> = Extract<ToWorker, { kind: Kind }>;

/** Acts on every message of a kind. */
const onHeard = <Kind extends ToWorker["kind"]>(
  kind: Kind,
  act: (message: Heard<Kind>) => void,
): void => {
  process.on("message", (message: unknown) => {
    if (isOurs(message) && message.kind === kind) act(message as Heard<Kind>);
  });
};

const heard = <Kind extends ToWorker["kind"]>(kind: Kind): Promise<Heard<Kind>> =>
  new Promise((resolve) => {
    onHeard(kind, resolve);
  });

let questions = 0;
const waiting = new Map<number, (text: string) => void>();
onHeard("metrics", ({ id, text }) => {
  waiting.get(id)?.(text);
  waiting.delete(id);
});

/** What a worker has instead of being alone. */
const edgeOf = ({ workers }: Config): Edge => ({
  gatherMetrics: () =>
    new Promise((resolve) => {
      questions += 1;
      waiting.set(questions, resolve);
      say({ kind: "metrics", id: questions });
    }),
  neighbours: {
    processes: workers,
    tell: (lanes) => say({ kind: "lanes", lanes }),
    hear: (listener) => onHeard("lanes", ({ lanes }) => listener(lanes)),
  },
});

await work();
