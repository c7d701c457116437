import cluster from "node:cluster";
import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from "prom-client";
import { HttpError } from "./errors.ts";
import { guardMetrics } from "./guard-metrics.ts";
import type { HttpServer } from "./server.ts";

/** What of the database is looked at: pg's pool has this shape. */
type Pool = {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  query(text: string): Promise<unknown>;
};

/** Where modules count and measure what an operator may want to know. */
export type Metrics = {
  /** Gives what counts one more, by the value of the label. */
  counter(name: string, help: string, label: string): (value: string) => void;
  /** Is read whenever somebody asks. */
  gauge(name: string, help: string, read: () => number): void;
};

const patience = 2000;

type Reading = {
  /** Who has it may read the metrics; without one, this machine only. */
  readonly token?: string | undefined;
  /** Reads them; those of this process unless told otherwise. */
  readonly gather?: () => Promise<string>;
};

/** Health for whoever starts and watches the process, and metrics for Prometheus. */
export const observe = (app: HttpServer, pool: Pool, reading: Reading = {}): Metrics => {
  registerHealth(app, pool);
  return registerMetrics(app, pool, reading);
};

const hide = { schema: { hide: true } };

const registerHealth = (app: HttpServer, pool: Pool): void => {
  app.get("/health/live", hide, () => ({ status: "live" }));
  app.get("/health/ready", hide, async () => {
    const answer = await Promise.race([
      pool.query("select 1").catch((error: Error) => error),
      new Promise<Error>((resolve) => {
        setTimeout(() => resolve(new Error("it does not answer")), patience).unref();
      }),
    ]);
    if (answer instanceof Error)
      throw new HttpError(503, "Not ready", `The database cannot be used: ${answer.message}.`);
    return { status: "ready" };
  });
};

const registerMetrics = (app: HttpServer, pool: Pool, { token, gather }: Reading): Metrics => {
  const register = new Registry();
  if (cluster.isWorker) answerPrimary(register);
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Duration of HTTP requests by route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  gauge(register, "database_connections", "Open database connections", () => pool.totalCount);
  gauge(register, "database_connections_idle", "Idle database connections", () => pool.idleCount);
  gauge(register, "database_waiting", "Transactions waiting for one", () => pool.waitingCount);

  app.addHook("onResponse", (request, reply, done) => {
    const { method, routeOptions } = request;
    // The pattern, not the address: ids would make a series each.
    const labels = { method, route: routeOptions.url ?? "none", status: reply.statusCode };
    durations.observe(labels, reply.elapsedTime / 1000);
    done();
  });
  app.get("/metrics", hide, async (request, reply) => {
    guardMetrics(request, token);
    return reply.type(register.contentType).send(await (gather ?? (() => register.metrics()))());
  });
  return {
    counter: (name, help, label) => {
      const made = new Counter({ name, help, labelNames: [label], registers: [register] });
      return (value) => made.inc({ [label]: value });
    },
    gauge: (name, help, read) => gauge(register, name, help, read),
  };
};

/** The primary process asks its workers for their metrics, and adds them up. */
const answerPrimary = (
  register: Registry,
): AggregatorRegistry<"text/plain; version=0.0.4; charset=utf-8"> => {
  AggregatorRegistry.setRegistries(register);
  // It listens to the primary from when it is made.
  return new AggregatorRegistry();
};

const gauge = (register: Registry, name: string, help: string, read: () => number): void => {
  const made: Gauge = new Gauge({
    name,
    help,
    registers: [register],
    collect: () => {
      made.set(read());
    },
  });
};
