import type { Census } from "./census.ts";
import type { Sightings } from "./sightings.ts";

type Named = { readonly id: string; readonly name: string };

/** People or groups of a kind: how many, and a few of them by name. */
export type NamedSome = { readonly count: number; readonly examples: readonly Named[] };

/** A change that arrives again and again though it changes nothing. */
export type Resent = {
  readonly resourceType: "User" | "Group";
  readonly name: string;
  readonly times: number;
  readonly paths: readonly string[];
  readonly entryId: string;
  readonly isRefused: boolean;
};

/** Everything that checks read. Gathered in `read-facts.ts` by a fixed number of queries, each answered from an index. */
export type Facts = {
  readonly now: Date;
  readonly firstRequestAt: Date | null;
  readonly lastRequestAt: Date | null;
  readonly testConnectionAt: Date | null;
  readonly lastRefusedAt: Date | null;
  readonly lastRefusedReason: string | null;
  /** The last of the tokens and client secrets that Entra could still use, by their end; null for one that never ends. */
  readonly credentialsEndAt: Date | null | undefined;
  readonly firstUser: Named | null;
  readonly firstGroup: Named | null;
  /** Undefined until the mirror was first counted. */
  readonly census: Census | undefined;
  readonly withoutMail: NamedSome;
  readonly guests: NamedSome;
  readonly sightings: Sightings;
  /** How long a cycle takes from start to start, as seen; Entra's 40 minutes until it is known. */
  readonly rhythmMs: number;
  readonly mappedGroups: number;
  /** Rules that ask for an attribute instead of a group. */
  readonly attributeRules: number;
  /** Whom no rule takes waits in the lobby; else they have the default access role. */
  readonly hasLobby: boolean;
  readonly unmappedGroups: readonly Named[];
  readonly resent: { readonly count: number; readonly examples: readonly Resent[] };
  /** Requests that were refused in the last day, counted up to 1,000. */
  readonly refusals: { readonly count: number; readonly lastId: string | null };
};
