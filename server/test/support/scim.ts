import type { Person, TestApp } from "./app.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- what a test looks at is what it checks
export type Loose = any;

/** A connection of a test app's organisation, and SCIM requests to it without a socket. */
export const createTestConnection = async (
  test: Pick<TestApp, "app" | "as" | "administrator">,
  name = "Entra",
  person: Person = test.administrator,
) => {
  const { body } = await test.as(person).post("/connections", { name });
  const connectionId: string = body.id;
  const token: string = body.token;

  const send = async (
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    payload?: object | string,
    headers: Record<string, string> = {},
  ) => {
    const response = await test.app.inject({
      method,
      url: `/scim/v2/${connectionId}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(payload !== undefined && { "content-type": "application/scim+json; charset=utf-8" }),
        ...headers,
      },
      ...(payload !== undefined && {
        payload: typeof payload === "string" ? payload : JSON.stringify(payload),
      }),
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.body === "" ? undefined : JSON.parse(response.body),
    };
  };

  /** Provisions a person; gives their SCIM id. */
  const createUser = async (userName: string, more: object = {}): Promise<string> => {
    const created = await send("POST", "/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      externalId: `ext-${userName}`,
      displayName: userName.split("@")[0],
      active: true,
      ...more,
    });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    return created.body.id;
  };

  const createGroup = async (displayName: string, members: string[] = []): Promise<string> => {
    const created = await send("POST", "/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName,
      externalId: `ext-${displayName}`,
      members: members.map((value) => ({ value })),
    });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    return created.body.id;
  };

  const patch = (path: string, ...operations: object[]) =>
    send("PATCH", path, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: operations,
    });

  return { connectionId, token, send, createUser, createGroup, patch };
};
