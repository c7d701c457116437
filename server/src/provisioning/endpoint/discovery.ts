import {
  resourceTypesDocument,
  schemasDocument,
  scimErrors,
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
        "An access token from /oauth2/token, for a client secret of the connection, or for an assertion of an identity that it lets in (RFC 7523); both are set up in the same place.",
    },
  ],
};

const documents = {
  ServiceProviderConfig: ({ base }: Call): object => serviceProviderConfig(features, base),
  ResourceTypes: ({ base, dialect }: Call) =>
    resourceTypesDocument([dialect.user, dialect.group], base),
  Schemas: ({ base, dialect }: Call) => schemasDocument([dialect.user, dialect.group], base),
};

/** GET /ServiceProviderConfig, /ResourceTypes, /Schemas. A filter is refused, so that nobody takes it for applied (RFC 7644 §4). */
export const describeEndpoint =
  (document: keyof typeof documents) =>
  async (
    _tx: unknown,
    call: Call,
    { query }: { query: Record<string, unknown> },
  ): Promise<Answer> => {
    if (query["filter"] !== undefined)
      throw scimErrors.forbidden(`/${document} is answered whole. Ask again without a filter.`);
    return {
      status: 200,
      body: documents[document](call),
      outcome: "read",
      summary: `Read ${document}`,
    };
  };

/** GET /ResourceTypes/{id}, /Schemas/{id}: one of the list, by its id in any letter case. */
export const describeOne =
  (document: "ResourceTypes" | "Schemas") =>
  async (_tx: unknown, call: Call, { params }: { params: { id: string } }): Promise<Answer> => {
    const Resources: readonly { readonly id: string }[] = documents[document](call).Resources;
    const one = Resources.find(({ id }) => id.toLowerCase() === params.id.toLowerCase());
    if (one === undefined)
      throw scimErrors.notFound(`There is no ${params.id}. /${document} lists what there is.`);
    return { status: 200, body: one, outcome: "read", summary: `Read ${document}/${one.id}` };
  };
