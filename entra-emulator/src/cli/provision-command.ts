import type { Command } from "commander";
import { loadDirectory, provisionOnDemand } from "../index.ts";
import { readChoice, readConnection, readMapping, withConnection, withMapping } from "./options.ts";
import type { ConnectionFlags } from "./options.ts";
import type { Preset } from "../mapping/presets.ts";
import type { ScopeMode } from "../scope/assignment.ts";

type Flags = ConnectionFlags & {
  readonly preset: Preset;
  readonly mapping?: string;
  readonly subject: string;
  readonly member?: readonly string[];
  readonly directory?: string;
  readonly scope: ScopeMode;
};

/** `provision`: on-demand provisioning of one user or group. */
export function addProvisionCommand(program: Command): void {
  withMapping(withConnection(program.command("provision")))
    .description(
      "Provision on demand: one user, or one group with up to five members, as a five-step trace in JSON",
    )
    .requiredOption(
      "--subject <name>",
      "a user or group: object id, user principal name, mail or display name",
    )
    .option(
      "--member <name...>",
      "for a group: which members to bring along (default: the first five)",
    )
    .option(
      "--directory <file>",
      "a directory in Microsoft Graph's shapes (default: the sample organisation)",
    )
    .option(
      "--scope <mode>",
      "all, or assigned: only who is in the directory's appRoleAssignedTo",
      readChoice<ScopeMode>("all", "assigned"),
      "all",
    )
    .action(async (flags: Flags) => {
      const trace = await provisionOnDemand({
        connection: readConnection(flags),
        directory: await loadDirectory(flags.directory),
        mapping: await readMapping(flags),
        scope: flags.scope,
        subject: flags.subject,
        ...(flags.member === undefined ? {} : { members: flags.member }),
      });
      console.log(JSON.stringify(trace, null, 2));
      process.exitCode = trace.action === "Failure" ? 1 : 0;
    });
}
