import { resolve } from "node:path";

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  /** Public base URL, without a trailing slash. */
  readonly url: string;
  readonly logLevel: string;
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

const firstAdministrator = (email: string | undefined, password: string | undefined) => {
  if (!email && !password) return undefined;
  if (!email || !password)
    throw new Error("Give MUSTER_ADMIN_EMAIL and MUSTER_ADMIN_PASSWORD together, or neither.");
  return { email, password };
};
