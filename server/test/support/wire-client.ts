import { once } from "node:events";
import { request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestApp } from "./app.ts";
import { createTestConnection, type Loose } from "./scim.ts";

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const listSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

export type Answered = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Whatever a test expects of it is what it checks. */
  readonly body: Loose;
};

export type Sent = {
  readonly method?: string;
  /** All the headers there are, but for Host, Connection and the length. */
  readonly headers?: Record<string, string>;
  readonly body?: string | object;
};

/**
 * A client of one connection that speaks real HTTP and sends nothing by itself: no User-Agent, no Accept, and a
 * Content-Type on bodies only, as Entra does.
 */
export const createWireClient = async (test: TestApp, name = "Wire") => {
  const entra = await createTestConnection(test, name);
  if (!test.app.server.listening) await test.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = test.app.server.address() as AddressInfo;
  const base = `/scim/v2/${entra.connectionId}`;
  const bearer = { authorization: `Bearer ${entra.token}` };

  /** Sends to an address of the server, written as it goes over the wire. */
  const sendTo = async (
    path: string,
    { method = "GET", headers = bearer, body }: Sent = {},
  ): Promise<Answered> => {
    const text = typeof body === "object" ? JSON.stringify(body) : body;
    const sending = request({
      port,
      host: "127.0.0.1",
      method,
      path,
      headers: {
        ...(text !== undefined && {
          "content-type": "application/scim+json; charset=utf-8",
          "content-length": String(Buffer.byteLength(text)),
        }),
        ...headers,
      },
    });
    sending.end(text);
    const [answer] = (await once(sending, "response")) as [IncomingMessage];
    let received = "";
    for await (const chunk of answer.setEncoding("utf8")) received += chunk as string;
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      text: received,
      body: received === "" ? undefined : JSON.parse(received),
    };
  };
  const send = (path: string, sent: Sent = {}) => sendTo(`${base}${path}`, sent);

  return {
    ...entra,
    base,
    bearer,
    sendTo,
    get: (path: string) => send(path),
    post: (path: string, body: string | object) => send(path, { method: "POST", body }),
    put: (path: string, body: string | object) => send(path, { method: "PUT", body }),
    delete: (path: string) => send(path, { method: "DELETE" }),
    patch: (path: string, ...operations: object[]) =>
      send(path, { method: "PATCH", body: { schemas: [patchSchema], Operations: operations } }),
    send,
    /** Asks for resources by a filter, encoded as forms are: a space becomes a plus. */
    find: (kind: "Users" | "Groups", filter: string, more = "") =>
      send(`/${kind}?${new URLSearchParams({ filter }).toString()}${more}`),
  };
};

export type WireClient = Awaited<ReturnType<typeof createWireClient>>;
