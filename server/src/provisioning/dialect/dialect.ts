import {
  groupResourceType,
  userResourceType,
  type PatchOptions,
  type ResourceType,
} from "@muster/scim";
import { defaultQuirks, patchOptionsFor, type EnabledQuirks } from "../entra-quirks.ts";

/** How a connection speaks SCIM: the attributes that its resources have, and the liberties that its client may take. */
export type Dialect = {
  readonly user: ResourceType;
  readonly group: ResourceType;
  readonly quirks: EnabledQuirks;
  readonly patch: PatchOptions;
};

/** A connection and what it speaks. */
export type Spoken = { readonly connection: { readonly id: string }; readonly dialect: Dialect };

/** What a connection speaks until somebody defines or switches something. */
export const commonDialect: Dialect = {
  user: userResourceType,
  group: groupResourceType,
  quirks: defaultQuirks,
  patch: patchOptionsFor(defaultQuirks),
};
