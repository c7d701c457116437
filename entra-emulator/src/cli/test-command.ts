import type { Command } from "commander";
import { runTestConnection } from "../index.ts";
import { readConnection, readMapping, withConnection, withMapping } from "./options.ts";
import type { ConnectionFlags } from "./options.ts";
import type { Preset } from "../mapping/presets.ts";

type Flags = ConnectionFlags & {
  readonly preset: Preset;
  readonly mapping?: string;
  readonly json?: true;
};

/** `test`: Entra's Test Connection. */
export function addTestCommand(program: Command): void {
  withMapping(withConnection(program.command("test")))
    .description(
      "Test Connection: ask for a user and a group that do not exist; an empty list is success",
    )
    .option("--json", "print the result as JSON")
    .action(async (flags: Flags) => {
      const result = await runTestConnection(readConnection(flags), await readMapping(flags));
      if (flags.json === true) console.log(JSON.stringify(result, null, 2));
      else {
        for (const { kind, status, problem } of result.probes) {
          console.log(
            `${problem === undefined ? "✓" : "✗"} ${kind}s  ${status ?? "no answer"}${problem === undefined ? "" : `\n  ${problem}`}`,
          );
        }
        console.log(
          result.isSuccessful
            ? "The supplied credentials are authorized to enable provisioning."
            : "Test Connection failed.",
        );
      }
      process.exitCode = result.isSuccessful ? 0 : 2;
    });
}
