import {
  groupResourceType,
  userResourceType,
  type PatchOptions,
  type ResourceType,
} from "@muster/scim";
import { patchOptionsFor, quirks, type EnabledQuirks } from "../entra-quirks.ts";
import { extendType, type Definition } from "./definition.ts";
import { switchesOn, type SwitchKey } from "./switches.ts";

/** How a connection speaks SCIM: the attributes that its resources have, and the liberties that its client may take. */
export type Dialect = {
  readonly user: ResourceType;
  readonly group: ResourceType;
  readonly on: ReadonlySet<SwitchKey>;
  readonly quirks: EnabledQuirks;
  readonly patch: PatchOptions;
};

/** A connection and what it speaks. */
export type Spoken = { readonly connection: { readonly id: string }; readonly dialect: Dialect };

/** What an administrator settled for a connection. */
export type Settled = {
  /** The switches that are not as they are by default. */
  readonly switched: readonly string[];
  readonly definitions: readonly Definition[];
};

export const composeDialect = ({ switched, definitions }: Settled): Dialect => {
  const on = switchesOn(switched);
  const enabled: EnabledQuirks = new Set(quirks.map(({ key }) => key).filter((key) => on.has(key)));
  return {
    user: definitions.length === 0 ? userResourceType : extendType(userResourceType, definitions),
    group: groupResourceType,
    on,
    quirks: enabled,
    patch: patchOptionsFor(enabled),
  };
};

/** What a connection speaks until somebody settles something. */
export const commonDialect: Dialect = composeDialect({ switched: [], definitions: [] });
