import type { enterpriseUserAttributes } from "../schema/enterprise-user.ts";
import type { groupAttributes } from "../schema/group.ts";
import type { ValuesOf } from "../schema/static-type.ts";
import type { userAttributes } from "../schema/user.ts";
import type { ENTERPRISE_USER_SCHEMA } from "../urns.ts";

/** What the service provider says of a resource (RFC 7643 §3.1). */
export interface Meta {
  readonly resourceType: string;
  readonly created?: string;
  readonly lastModified?: string;
  readonly location?: string;
  readonly version?: string;
}

/** A resource as parsed and kept: canonical attribute names, values as sent. */
export interface Resource {
  schemas: string[];
  id?: string;
  externalId?: string;
  meta?: Meta;
  [attribute: string]: unknown;
}

/** What a parsed User is known to hold. */
export type User = Resource &
  ValuesOf<typeof userAttributes> & {
    [ENTERPRISE_USER_SCHEMA]?: ValuesOf<typeof enterpriseUserAttributes>;
  };

/** What a parsed Group is known to hold. */
export type Group = Resource & ValuesOf<typeof groupAttributes>;
