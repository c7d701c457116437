import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSetupLink } from "#access";
import type { Config } from "#config";
import type { FastifyBaseLogger } from "fastify";
import { AggregatorRegistry } from "prom-client";
import { createClosing, openModules, type Serving } from "./serve.ts";
import { isOurs, type ToPrimary, type ToWorker } from "./worker-messages.ts";

/** A worker that lives so long was not ill from the start: the next one that dies is replaced at once again. */
const healthyMs = 30_000;
const longestPauseMs = 5000;
/** A worker has ten seconds for what runs, and a few to say goodbye to the database. */
const patienceMs = 15_000;

/**
 * Serves with several processes on one port. This one has the database, the jobs and the set-up link, and watches the
 * workers, which answer the requests: one that dies is replaced.
 * @throws Error with a sentence for the operator; what was opened is closed again
 */
export const serveWithWorkers = async (
  config: Config,
  logger: FastifyBaseLogger,
): Promise<Serving> => {
  const closing = createClosing();
  try {
    const modules = await openModules(config, logger, closing);
    const workers = startWorkers(config, modules.database.ownerUrl, logger);
    closing.push(workers.stop);
    await workers.ready;
    return { setupLink: await createSetupLink(modules.access), stop: closing.stop };
  } catch (error) {
    await closing.stop();
    throw error;
  }
};

const startWorkers = (config: Config, ownerUrl: string, logger: FastifyBaseLogger) => {
  cluster.setupPrimary({ exec: join(import.meta.dirname, "worker.ts"), args: [] });
  const metrics = new AggregatorRegistry();
  const lanes = new Map<Worker, readonly string[]>();
  let isStopping = false;
  let deaths = 0;

  const say = (worker: Worker, message: ToWorker): void => {
    // It may be gone meanwhile.
    if (worker.isConnected()) worker.send(message, () => {});
  };

  const spreadLanes = (): void => {
    for (const worker of lanes.keys()) {
      const others = [...lanes].filter(([other]) => other !== worker);
      say(worker, { kind: "lanes", lanes: [...new Set(others.flatMap(([, own]) => own))] });
    }
  };

  const hear = (worker: Worker, message: ToPrimary): void => {
    if (message.kind === "lanes") {
      lanes.set(worker, message.lanes);
      spreadLanes();
    } else if (message.kind === "metrics")
      void metrics.clusterMetrics().then(
        (text) => say(worker, { kind: "metrics", id: message.id, text }),
        (error: unknown) => {
          logger.warn({ err: error }, "The metrics of the workers could not be gathered.");
          say(worker, { kind: "metrics", id: message.id, text: "" });
        },
      );
  };

  /** Gives when the worker serves; fails if it ends instead. */
  const start = async (): Promise<void> => {
    const worker = cluster.fork();
    const began = performance.now();
    lanes.set(worker, []);
    let sentence = "A worker process ended at its start.";
    const ready = Promise.withResolvers<void>();
    worker.on("message", (message: unknown) => {
      if (!isOurs(message)) return;
      const said = message as ToPrimary;
      if (said.kind === "failed") sentence = said.message;
      else if (said.kind === "awake") say(worker, { kind: "begin", config, ownerUrl });
      else if (said.kind === "ready") {
        sentence = "Look for what it logged last.";
        ready.resolve();
      } else hear(worker, said);
    });
    worker.on("error", (error) => logger.warn({ err: error }, "A worker cannot be spoken to."));
    worker.once("exit", (code, signal) => {
      lanes.delete(worker);
      ready.reject(new Error(sentence));
      spreadLanes();
      if (!isStopping && isServing) void replace({ worker, code, signal, began, sentence });
    });
    await ready.promise;
  };

  type Death = {
    readonly worker: Worker;
    readonly code: number | null;
    readonly signal: string | null;
    readonly began: number;
    readonly sentence: string;
  };

  const replace = async ({ worker, code, signal, began, sentence }: Death): Promise<void> => {
    deaths = performance.now() - began > healthyMs ? 0 : deaths + 1;
    const pauseMs = deaths === 0 ? 0 : Math.min(longestPauseMs, 100 * 2 ** (deaths - 1));
    logger.error(
      { process: worker.process.pid, code, signal, pauseMs },
      `A worker process ended by itself and is replaced. ${sentence}`,
    );
    await sleep(pauseMs);
    // Another death brings another replacement.
    if (!isStopping) await start().catch(() => {});
  };

  let isServing = false;
  const startAll = async (): Promise<void> => {
    await Promise.all(Array.from({ length: config.workers }, start));
    isServing = true;
  };
  const ready = startAll();
  // Looked at by whoever waits for it; a failure before that is none of ours.
  ready.catch(() => {});

  const stop = async (): Promise<void> => {
    isStopping = true;
    await Promise.all(
      [...lanes.keys()].map(async (worker) => {
        const ended = once(worker, "exit");
        worker.process.kill("SIGTERM");
        const impatience = setTimeout(() => worker.process.kill("SIGKILL"), patienceMs);
        await ended;
        clearTimeout(impatience);
      }),
    );
  };
  return { ready, stop };
};
