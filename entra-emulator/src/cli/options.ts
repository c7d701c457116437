import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { Connection } from "../engine/cycle.ts";
import { loadMappingTable } from "../mapping/load.ts";
import type { MappingTable } from "../mapping/model.ts";
import { presets } from "../mapping/presets.ts";
import type { Preset } from "../mapping/presets.ts";

export type ConnectionFlags = {
  readonly url: string;
  readonly token?: string;
  readonly timeout: number;
};

/** Adds the options every command has. */
export function withConnection(command: Command): Command {
  return command
    .requiredOption(
      "--url <tenant url>",
      "the target's SCIM base, as pasted into Entra; ?aadOptscim062020 switches the dialect",
    )
    .option(
      "--token <secret>",
      "the secret token (or the environment variable SCIM_TOKEN, which other users cannot see)",
    )
    .option("--timeout <seconds>", "how long to wait for one answer", readCount, 60);
}

/** Adds the choice of the mapping table. */
export function withMapping(command: Command): Command {
  return command
    .option(
      "--preset <name>",
      "the shipped mapping: mail → userName, upn (userPrincipalName → userName) as Entra ships it, or recommended (mail → userName, objectId → externalId)",
      readPreset,
      "mail",
    )
    .option(
      "--mapping <file>",
      "a mapping table of your own (JSON, see the README); overrides --preset",
    );
}

/** Gives the connection the options describe. Throws when there is no token. */
export function readConnection({ url, token, timeout }: ConnectionFlags): Connection {
  const secret = token ?? process.env["SCIM_TOKEN"];
  if (secret === undefined)
    throw new InvalidArgumentError("give --token, or SCIM_TOKEN in the environment.");
  return { url, token: secret, timeoutMilliseconds: timeout * 1000 };
}

/** Gives the mapping table the options name. Throws MappingError. */
export async function readMapping(flags: {
  readonly preset: Preset;
  readonly mapping?: string;
}): Promise<MappingTable> {
  return flags.mapping === undefined ? presets[flags.preset] : loadMappingTable(flags.mapping);
}

/** Reads a whole number from 1 up. Throws InvalidArgumentError. */
export function readCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number from 1 up is needed.");
}

/** Reads a whole number from 0 up. Throws InvalidArgumentError. */
export function readNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number is needed.");
}

/** Reads a moment: ISO 8601, or days from now as `+31d`. Throws InvalidArgumentError. */
export function readMoment(text: string): number {
  const days = /^\+(\d+)d$/.exec(text)?.[1];
  const moment = days === undefined ? Date.parse(text) : Date.now() + Number(days) * 86_400_000;
  if (Number.isNaN(moment))
    throw new InvalidArgumentError("give a date such as 2027-01-31 or +31d.");
  return moment;
}

/** Gives a parser that takes one of the choices. */
export function readChoice<Choice extends string>(
  ...choices: readonly Choice[]
): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((one) => one === text);
    if (choice === undefined) throw new InvalidArgumentError(`choose ${choices.join(" or ")}.`);
    return choice;
  };
}

const readPreset = readChoice<Preset>("mail", "upn", "recommended");
