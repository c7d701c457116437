import type { APIRequestContext } from "@playwright/test";
import type { Server } from "./server.ts";

type Named = { id: string; name: string };
type Endpoint = { endpoint: string; token: string };

/** What a test needs to be there before it starts, made through the API as the administrator. */
export const makers = (api: APIRequestContext, server: Server) => {
  const headers = { origin: server.url };
  const post = async <Answer>(path: string, data: object): Promise<Answer> => {
    const answer = await api.post(`/api/v1${path}`, { data, headers });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  return {
    person: async (name: string, role = "Loanee"): Promise<Named> => {
      const { items } = (await (await api.get("/api/v1/roles")).json()) as { items: Named[] };
      const roleId = items.find((one) => one.name === role)?.id;
      const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".")}@contoso.test`;
      return post("/accounts", { name, email, roleId });
    },
    asset: (values: { name?: string; serial?: string } = {}): Promise<Named & { tag: string }> =>
      post("/assets", values),
    checkOut: (asset: { id: string }, account: { id: string }) =>
      post(`/assets/${asset.id}/check-out`, { accountId: account.id }),
    signInLink: async (account: { id: string }): Promise<string> =>
      (await post<{ url: string }>(`/accounts/${account.id}/sign-in-link`, {})).url,
    tenant: (name: string): Promise<Named> => post("/tenants", { name }),
    connection: (name: string): Promise<Named & Endpoint> => post("/connections", { name }),
    /** What a directory sends. */
    scim: async ({ endpoint, token }: Endpoint, path: string, data: object): Promise<Named> => {
      const answer = await api.post(`${endpoint}${path}`, {
        headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
        data,
      });
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
      return (await answer.json()) as Named;
    },
    disable: async (account: { id: string }) => {
      const data = { status: "disabled" };
      await api.put(`/api/v1/accounts/${account.id}/status`, { data, headers });
    },
  };
};
