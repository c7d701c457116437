import { isIP } from "node:net";
import { resolve } from "node:path";

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  /** Public base URL, without a trailing slash. */
  readonly url: string;
  readonly logLevel: string;
  /** How many processes answer requests. */
  readonly workers: number;
  /** The proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Hosts of issuers in one's own network, whose keys may be fetched from a private address. */
  readonly privateIssuers: readonly string[];
  /** Who has it may read the metrics; without one, this machine only. */
  readonly metricsToken: string | undefined;
  readonly admin: { readonly email: string; readonly password: string } | undefined;
};

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

/**
 * Every environment variable Muster reads, parsed once.
 * @throws Error with a sentence for the operator where a value cannot be used.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const port = Number(env["PORT"] || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is "${env["PORT"]}": give a number from 0 to 65535.`);
  const logLevel = env["LOG_LEVEL"] || "info";
  if (!logLevels.includes(logLevel))
    throw new Error(`LOG_LEVEL is "${logLevel}": give one of ${logLevels.join(", ")}.`);
  const host = env["HOST"] || "127.0.0.1";
  return {
    port,
    host,
    dataFolder: resolve(env["MUSTER_DATA"] || "data"),
    databaseUrl: env["DATABASE_URL"] || undefined,
    url: publicUrl(env["MUSTER_URL"], port),
    logLevel,
    workers: workerCount(env["MUSTER_WORKERS"]),
    trustedProxies: trustedProxies(env["MUSTER_TRUST_PROXY"]),
    privateIssuers: privateIssuers(env["MUSTER_PRIVATE_ISSUERS"]),
    metricsToken: env["MUSTER_METRICS_TOKEN"] || undefined,
    admin: firstAdministrator(env["MUSTER_ADMIN_EMAIL"], env["MUSTER_ADMIN_PASSWORD"]),
  };
};

const publicUrl = (given: string | undefined, port: number): string => {
  if (!given) return `http://localhost:${port}`;
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new Error(
      `MUSTER_URL is "${given}": give the address people use, such as https://muster.example.com.`,
    );
  return given.replace(/\/+$/, "");
};

const workerCount = (given: string | undefined): number => {
  const workers = Number(given || 1);
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    throw new Error(
      `The number of workers (--workers or MUSTER_WORKERS) is "${given}": give a number from 1 to 64.`,
    );
  return workers;
};

/** Addresses and networks, or the names that stand for some. */
const trustedProxies = (given: string | undefined): string[] => {
  if (!given) return ["loopback"];
  if (given === "none") return [];
  const proxies = given.split(",").map((one) => one.trim());
  const unclear = proxies.find((one) => !isProxy(one));
  if (unclear !== undefined)
    throw new Error(
      `MUSTER_TRUST_PROXY has "${unclear}": give the addresses of your proxies, such as 10.0.0.5 or 10.0.0.0/8 ` +
        "(several with commas between), loopback, linklocal, uniquelocal, or none.",
    );
  return proxies;
};

const isProxy = (text: string): boolean => {
  if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
  const [, address = text, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  return isIP(address) !== 0 && Number(bits ?? 0) <= (isIP(address) === 4 ? 32 : 128);
};

/** Host names or addresses, with a port where it is not the usual one. */
const privateIssuers = (given: string | undefined): string[] =>
  (given ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean)
    .map((host) => {
      const url = `https://${host}`;
      if (URL.canParse(url) && new URL(url).host === host.toLowerCase()) return host.toLowerCase();
      throw new Error(
        `MUSTER_PRIVATE_ISSUERS has "${host}": give hosts, such as login.corp.example or 10.0.0.7:8443 (several with commas between).`,
      );
    });

const firstAdministrator = (email: string | undefined, password: string | undefined) => {
  if (!email && !password) return undefined;
  if (!email || !password)
    throw new Error("Give MUSTER_ADMIN_EMAIL and MUSTER_ADMIN_PASSWORD together, or neither.");
  return { email, password };
};
