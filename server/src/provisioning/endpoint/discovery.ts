import {
  resourceTypesDocument,
  schemasDocument,
  serviceProviderConfig,
  type Features,
} from "@muster/scim";
import type { Answer, Call } from "./call.ts";
import { limits } from "./limits.ts";
import { pageSize } from "./page-size.ts";

/** What the endpoint can do; the truth (RFC 7643 §5). */
const features: Features = {
  patch: true,
  bulk: { maxOperations: limits.bulkOperations, maxPayloadSize: limits.bodyBytes },
  filter: { maxResults: pageSize.most },
  sort: true,
  etag: true,
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: "index",
    defaultPageSize: pageSize.default,
    maxPageSize: pageSize.most,
  },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Bearer token",
      description:
        "A token of the connection, made in Muster under Settings › Integrations › SCIM.",
      primary: true,
    },
    {
      type: "oauth2",
      name: "OAuth 2.0 client credentials",
      description:
        "An access token from /oauth2/token, for a client secret of the connection made in the same place.",
    },
  ],
};

const documents = {
  ServiceProviderConfig: ({ base }: Call): object => serviceProviderConfig(features, base),
  ResourceTypes: ({ base, dialect }: Call): object =>
    resourceTypesDocument([dialect.user, dialect.group], base),
  Schemas: ({ base, dialect }: Call): object =>
    schemasDocument([dialect.user, dialect.group], base),
};

/** GET /ServiceProviderConfig, /ResourceTypes, /Schemas. */
export const describeEndpoint =
  (document: keyof typeof documents) =>
  async (_tx: unknown, call: Call): Promise<Answer> => ({
    status: 200,
    body: documents[document](call),
    outcome: "read",
    summary: `Read ${document}`,
  });
