import { SERVICE_PROVIDER_CONFIG_SCHEMA } from "../urns.ts";

/** A way to authenticate, as ServiceProviderConfig lists it (RFC 7643 §5). */
export interface AuthenticationScheme {
  readonly type: "oauth" | "oauth2" | "oauthbearertoken" | "httpbasic" | "httpdigest";
  readonly name: string;
  readonly description: string;
  readonly specUri?: string;
  readonly documentationUri?: string;
  readonly primary?: boolean;
}

/** What a service provider can do. What is absent is not supported. */
export interface Features {
  readonly patch?: boolean;
  readonly bulk?: { readonly maxOperations: number; readonly maxPayloadSize: number };
  readonly filter?: { readonly maxResults: number };
  readonly changePassword?: boolean;
  readonly sort?: boolean;
  readonly etag?: boolean;
  /** RFC 9865 §5. */
  readonly pagination?: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod?: "cursor" | "index";
    readonly defaultPageSize?: number;
    readonly maxPageSize?: number;
    readonly cursorTimeout?: number;
  };
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  readonly documentationUri?: string;
}

/** The answer to `GET /ServiceProviderConfig` (RFC 7643 §5). */
export function serviceProviderConfig(features: Features, baseUrl: string) {
  const { patch, bulk, filter, changePassword, sort, etag, pagination } = features;
  const { authenticationSchemes, documentationUri } = features;
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
    ...(documentationUri !== undefined && { documentationUri }),
    patch: { supported: patch ?? false },
    bulk: { supported: bulk !== undefined, maxOperations: 0, maxPayloadSize: 0, ...bulk },
    filter: { supported: filter !== undefined, maxResults: 0, ...filter },
    changePassword: { supported: changePassword ?? false },
    sort: { supported: sort ?? false },
    etag: { supported: etag ?? false },
    ...(pagination && { pagination }),
    authenticationSchemes,
    meta: {
      resourceType: "ServiceProviderConfig",
      location: `${baseUrl}/ServiceProviderConfig`,
    },
  } as const;
}
