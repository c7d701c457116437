import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { Connection } from "../engine/cycle.ts";
import { loadMappingTable } from "../mapping/load.ts";
import type { MappingTable } from "../mapping/model.ts";
import { presets } from "../mapping/presets.ts";
import type { Preset } from "../mapping/presets.ts";
import { credentialLocations } from "../scim/access-tokens.ts";
import type { CredentialLocation } from "../scim/access-tokens.ts";
import type { Credentials } from "../scim/client.ts";

export type ConnectionFlags = {
  readonly url: string;
  readonly token?: string;
  readonly tokenEndpoint?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly sendCredentials: CredentialLocation;
  readonly tokenScope?: string;
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
    .option(
      "--token-endpoint <url>",
      "sign in by OAuth client credentials instead of --token: where access tokens are given",
    )
    .option("--client-id <id>", "the OAuth client")
    .option(
      "--client-secret <secret>",
      "its secret (or the environment variable SCIM_CLIENT_SECRET)",
    )
    .option(
      "--send-credentials <where>",
      "how the client's id and secret are sent: header (basic), body, or both",
      readChoice(...credentialLocations),
      "header",
    )
    .option("--token-scope <scope>", "the scope to ask an access token for")
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

/** Gives the connection the options describe. Throws when they say nothing to sign in with, or two things. */
export function readConnection(flags: ConnectionFlags): Connection {
  const { url, timeout } = flags;
  return { url, timeoutMilliseconds: timeout * 1000, ...readCredentials(flags) };
}

function readCredentials(flags: ConnectionFlags): Credentials {
  const { token, tokenEndpoint, clientId, sendCredentials, tokenScope } = flags;
  if (tokenEndpoint === undefined && clientId === undefined) {
    const pasted = token ?? process.env["SCIM_TOKEN"];
    if (pasted === undefined)
      throw new InvalidArgumentError(
        "give --token, or SCIM_TOKEN in the environment; or --token-endpoint, --client-id and --client-secret.",
      );
    return { token: pasted };
  }
  const clientSecret = flags.clientSecret ?? process.env["SCIM_CLIENT_SECRET"];
  if (tokenEndpoint === undefined || clientId === undefined || clientSecret === undefined)
    throw new InvalidArgumentError(
      "an OAuth client needs --token-endpoint, --client-id and --client-secret (or SCIM_CLIENT_SECRET in the environment).",
    );
  if (token !== undefined)
    throw new InvalidArgumentError("give --token or an OAuth client, not both.");
  if (!/^https?:/.test(tokenEndpoint) || !URL.canParse(tokenEndpoint))
    throw new InvalidArgumentError(`"${tokenEndpoint}" is not an http or https address.`);
  const scope = tokenScope === undefined ? {} : { scope: tokenScope };
  return {
    client: { tokenEndpoint, clientId, clientSecret, sentIn: sendCredentials, ...scope },
  };
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
