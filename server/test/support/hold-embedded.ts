import { openDatabase } from "../../src/database/open.ts";

/** A Muster reduced to its database: opens the data folder, says where, and holds it until it is ended. */
const [dataFolder] = process.argv.slice(2) as [string];
const log = {
  info: () => {},
  warn: () => {},
  error: (_: object, message: string) => process.stderr.write(`${message}\n`),
};
try {
  const database = await openDatabase({ dataFolder, databaseUrl: undefined, log });
  process.stdout.write(`${database.ownerUrl}\n`);
  process.once("SIGTERM", () => void database.close().then(() => process.exit(0)));
  setInterval(() => {}, 1000);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
