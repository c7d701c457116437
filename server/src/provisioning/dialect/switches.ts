import { quirks } from "../entra-quirks.ts";

interface Switch {
  readonly key: string;
  readonly group: "unknown" | "quirks";
  /** As an administrator reads it. */
  readonly title: string;
  /** What happens when it is on, and when it is off, in a sentence or two. */
  readonly does: string;
  readonly neededBy: string;
  readonly source: string;
  /** Whether a new connection has it on. */
  readonly default: boolean;
}

/** What becomes of attributes that no schema of the connection has. */
const unknown = [
  {
    key: "ignoreUnknownAttributes",
    group: "unknown",
    title: "Unknown attributes are ignored",
    does: "What a schema does not have is left out, and listed as ignored in the provisioning log. Off, such a request is refused.",
    neededBy: "Entra, when a mapping row names an attribute of its own",
    source: "RFC 7644 §3.3; R75",
    default: true,
  },
  {
    key: "ignoreUnknownPaths",
    group: "unknown",
    title: "Unknown PATCH paths are ignored",
    does: "A change of an attribute that does not exist is left out, and listed as ignored in the provisioning log. Off, it is refused as invalidPath.",
    neededBy: "Clients that give up on a person at the first refusal",
    source: "RFC 7644 §3.5.2; R32, R40",
    default: false,
  },
  {
    key: "keepUnknownExtensions",
    group: "unknown",
    title: "Attributes of unknown extensions are kept",
    does: "They are stored and returned as sent, and offered for definition under Attributes. Off, such a request is refused.",
    neededBy: "Entra, which sends again in every cycle what does not come back",
    source: "RFC 7643 §3.3; R68",
    default: true,
  },
] as const satisfies readonly Switch[];

/** Everything that an administrator can turn on and off for a connection. */
export const switches = [
  ...unknown,
  ...quirks.map((quirk) => ({ ...quirk, group: "quirks" as const })),
] satisfies readonly Switch[];

export type SwitchKey = (typeof switches)[number]["key"];

/** The switches that are on, given those that are not as they are by default. What is no longer a switch is skipped. */
export const switchesOn = (switched: readonly string[]): ReadonlySet<SwitchKey> => {
  const others = new Set(switched);
  return new Set(
    switches.flatMap((each) => (each.default === others.has(each.key) ? [] : [each.key])),
  );
};
