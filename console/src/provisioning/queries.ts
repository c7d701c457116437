import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type {
  Arrivals,
  AttributeMapping,
  ClientSecrets,
  Connection,
  FederatedCredential,
  GroupMapping,
  RequestLimits,
  RoleApplication,
  Token,
} from "../api/contract.ts";

export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: async ({ signal }) =>
    (await get<{ items: Connection[] }>("/connections", { signal })).items,
});

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id],
    queryFn: ({ signal }) => get<Connection>(`/connections/${id}`, { signal }),
  });

export const tokensQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "tokens"],
    queryFn: async ({ signal }) =>
      (await get<{ items: Token[] }>(`/connections/${connectionId}/tokens`, { signal })).items,
  });

export const clientSecretsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "client-secrets"],
    queryFn: ({ signal }) =>
      get<ClientSecrets>(`/connections/${connectionId}/client-secrets`, { signal }),
  });

export const federatedCredentialsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "federated-credentials"],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: FederatedCredential[] }>(
          `/connections/${connectionId}/federated-credentials`,
          { signal },
        )
      ).items,
  });

/** How often it was told to slow down is worth another look. */
export const requestLimitQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "request-limit"],
    queryFn: ({ signal }) =>
      get<RequestLimits>(`/connections/${connectionId}/request-limit`, { signal }),
    refetchInterval: 10_000,
  });

/** Read again every two seconds while it is looked at. */
export const arrivalsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "arrivals"],
    queryFn: ({ signal }) => get<Arrivals>(`/connections/${connectionId}/arrivals`, { signal }),
    refetchInterval: 2000,
  });

/** What Entra should map; nothing changes it but attributes of the connection's own. */
export const attributeMappingQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "attribute-mapping"],
    queryFn: ({ signal }) =>
      get<AttributeMapping>(`/connections/${connectionId}/attribute-mapping`, { signal }),
  });

export type Mappings = { items: GroupMapping[]; application: RoleApplication | null };

export const mappingsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connections", connectionId, "group-mappings"],
    queryFn: ({ signal }) =>
      get<Mappings>(`/connections/${connectionId}/group-mappings`, { signal }),
    refetchInterval: 10_000,
  });

/** Followed until it has ended. */
export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ["role-applications", id],
    queryFn: ({ signal }) => get<RoleApplication>(`/role-applications/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.finishedAt !== null ? false : 500),
  });
