import type { Dialect } from "./patch.ts";

export type TenantUrl = {
  /** Without a trailing slash, query or fragment. */
  readonly base: string;
  /** The dialect the URL's flag asks for; undefined without a flag. */
  readonly dialect: Dialect | undefined;
};

/** Thrown when the Tenant URL is no http(s) address. */
export class TenantUrlError extends Error {
  override readonly name = "TenantUrlError";
}

/**
 * Reads a Tenant URL as an administrator pastes it: with or without a trailing slash, with or without
 * `?aadOptscim062020` (compliant) or `?AzureAdScimPatch2017` (legacy), which are client flags (§1.3).
 * Throws TenantUrlError.
 */
export function readTenantUrl(text: string): TenantUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TenantUrlError(`"${text}" is not an http or https address.`);
  }
  const flags = new Set([...url.searchParams.keys()].map((key) => key.toLowerCase()));
  const dialect =
    flags.has("aadoptscim062020") || flags.has("azureadscimpatch062020")
      ? "compliant"
      : flags.has("azureadscimpatch2017")
        ? "legacy"
        : undefined;
  return { base: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, dialect };
}
