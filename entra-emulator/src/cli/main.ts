import { Command, CommanderError } from "commander";
import { addProvisionCommand } from "./provision-command.ts";
import { addSyncCommand } from "./sync-command.ts";
import { addTestCommand } from "./test-command.ts";
import { addValidateCommand } from "./validate-command.ts";

const program = new Command("entra-emulator")
  .description(
    `Microsoft Entra ID's provisioning service as a program: a SCIM 2.0 client that behaves on the wire as Entra does.

Point it at a SCIM endpoint before you have an Entra tenant, or to reproduce what a tenant does to it.`,
  )
  .showHelpAfterError("(--help explains)")
  .showSuggestionAfterError()
  .addHelpText(
    "after",
    `
Examples:
  $ entra-emulator test --url https://host/scim/v2/acme --token T
  $ entra-emulator sync --url … --token T                        61 people and 9 groups of the sample organisation
  $ entra-emulator sync --url … --token T --state acme.json      the second run is an incremental cycle
  $ entra-emulator sync --url … --token T --cycles 20 --every 60 --story
  $ entra-emulator sync --url … --token T --generate 10000 --seed 7
  $ entra-emulator sync --url … --token T --fail-on-write        exit 3 unless the target is up to date already
  $ entra-emulator provision --url … --token T --subject "Ana Ito"
  $ entra-emulator validate --url … --token T

Exit codes:
  0  everything went as it should
  1  something failed: an object, a check, or the target went away
  2  the command line or a file cannot be used, or Test Connection failed
  3  sync --fail-on-write: nothing failed, but a write was needed`,
  );

addTestCommand(program);
addSyncCommand(program);
addProvisionCommand(program);
addValidateCommand(program);
program.exitOverride();
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  // Commander has told its own errors already; --help is one of exit code 0.
  if (error instanceof CommanderError && error.code !== "commander.invalidArgument") {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}
