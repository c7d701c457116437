import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { readConfig, type Config } from "#config";
import { noteAddress } from "./address.ts";
import { explainListen } from "./explain-listen.ts";
import { createLogger } from "./logger.ts";
import { serveWithWorkers } from "./serve-with-workers.ts";
import { serve } from "./serve.ts";

/**
 * Starts Muster and stops it on SIGTERM or SIGINT. A start that fails says why in a sentence and exits with 1.
 * @param workers how many processes answer requests; else MUSTER_WORKERS says
 */
export const start = async ({ workers }: { workers?: string } = {}): Promise<void> => {
  const told = signalled();
  try {
    const said = { ...process.env, ...(workers !== undefined && { MUSTER_WORKERS: workers }) };
    const config = await choosePort(readConfig(said));
    const logger = createLogger(config.logLevel);
    const { setupLink, stop } = await (config.workers > 1
      ? serveWithWorkers(config, logger)
      : serve(config, logger));
    const forget = await noteAddressOf(config);
    console.log(`Muster is ready at ${config.url}`);
    if (setupLink !== undefined) console.log(`Open ${setupLink} to make the first administrator`);
    await told;
    await forget();
    await stop();
    process.exit(0);
  } catch (error) {
    console.error(`Muster cannot start. ${(error as Error).message}`);
    process.exit(1);
  }
};

/** Commands on the same data folder find it; on a database server they are told MUSTER_URL. */
const noteAddressOf = ({ databaseUrl, dataFolder, url }: Config): Promise<() => Promise<void>> =>
  databaseUrl === undefined ? noteAddress(dataFolder, url) : Promise.resolve(async () => {});

/** Waits to be told to stop, which may be before it has started; a second signal ends the process at once. */
const signalled = async (): Promise<void> => {
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(1));
};

/** Port 0 means any free one: which one must be known before it can be part of the addresses that Muster gives out. */
const choosePort = async (config: Config): Promise<Config> => {
  if (config.port !== 0) return config;
  const probe = createServer().listen(0, config.host);
  await once(probe, "listening").catch((error: NodeJS.ErrnoException) => {
    throw new Error(explainListen(error, config));
  });
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return { ...config, port, url: config.url.replace(/:0$/, `:${port}`) };
};

if (import.meta.main)
  try {
    await start(parseArgs({ options: { workers: { type: "string" } } }).values);
  } catch (error) {
    console.error(`Muster cannot start. ${(error as Error).message}. It takes --workers N.`);
    process.exitCode = 1;
  }
