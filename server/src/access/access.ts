import type { Organisations } from "#tenancy";
import type { Pool } from "pg";
import type { AccountDirectory } from "./account-directory.ts";
import type { Places } from "./role-scope.ts";
import type { DeclaredNoun, Permission } from "./permissions.ts";

/** What this module works with; made by app.ts. */
export type Access = {
  /** For the tables that belong to no organisation. */
  readonly pool: Pool;
  readonly organisations: Organisations;
  readonly accounts: AccountDirectory;
  /** Every permission that the modules declare. */
  readonly permissions: readonly Permission[];
  /** The same by noun, in words. */
  readonly nouns: readonly DeclaredNoun[];
  readonly places: Places;
  /** Public base URL, without a trailing slash. */
  readonly url: string;
};
