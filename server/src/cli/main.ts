import { Command } from "commander";
import serverPackage from "../../package.json" with { type: "json" };
import { start } from "../main.ts";
import { createAdministrator } from "./admin.ts";
import { createConnection } from "./connection.ts";
import { verify } from "./ledger.ts";
import { describeApi } from "./openapi.ts";

const muster = new Command("muster")
  .description("IT asset management whose people come from the directory")
  .version(serverPackage.version)
  .showHelpAfterError("Run with --help to see what can be said.");

muster
  .command("start")
  .description("start the server")
  .option("--workers <count>", "so many processes answer requests; else MUSTER_WORKERS, else one")
  .action(start);

const admin = muster.command("admin").description("administrators");
admin
  .command("create")
  .description("make an Administrator who can sign in, also while the server runs")
  .requiredOption("--email <address>", "to sign in with")
  .requiredOption("--password <password>", "at least 12 characters; - reads it from standard input")
  .option("--org <name>", "the organisation, made if there is none of that name")
  .action(createAdministrator);

const connection = muster.command("connection").description("SCIM connections");
connection
  .command("create")
  .description("make a SCIM connection with its first token, also while the server runs")
  .requiredOption("--name <name>", "such as: Microsoft Entra ID")
  .option("--tenant <tenant>", "name or id of the tenant; else the super tenant")
  .option("--org <name>", "the organisation; needed where there are several")
  .option("--json", "print endpoint, token and connection as JSON")
  .action(createConnection);

const ledger = muster.command("ledger").description("the record of every change");
ledger
  .command("verify")
  .description(
    "prove that nothing sealed was altered, removed or put in, also while the server runs",
  )
  .option("--org <name>", "the organisation; needed where there are several")
  .option("--seal <hash>", "a seal's hash noted before, which must still be there")
  .option("--json", "print the result as JSON")
  .action(verify);

muster
  .command("openapi")
  .description("print the API's description (OpenAPI 3.1)")
  .action(async () => {
    process.stdout.write(await describeApi());
  });

try {
  await muster.parseAsync();
} catch (error) {
  const { title, message } = error as Error & { title?: string };
  console.error(title === undefined ? message : `${title}. ${message}`);
  process.exitCode = 1;
}
