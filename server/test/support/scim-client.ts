import type { Answered } from "./api-client.ts";

/** What an administrator pastes into the identity provider. */
export type ScimConnection = {
  readonly id: string;
  readonly endpoint: string;
  readonly token: string;
};

type Request = { readonly path: string; readonly method?: string; readonly body?: object };

/** Sends one SCIM request, as it stands. */
export const requestScim = async (
  { endpoint, token }: Pick<ScimConnection, "endpoint" | "token">,
  { path, method = "GET", body }: Request,
): Promise<Answered> => {
  const response = await fetch(`${endpoint}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/scim+json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
};

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export const patchOf = (...operations: readonly object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});

const pageSize = 100;

/** Everything of a kind in the mirror, read through SCIM, page by page. */
export const readMirror = async (
  connection: ScimConnection,
  kind: "Users" | "Groups",
): Promise<Answered["body"][]> => {
  const resources: Answered["body"][] = [];
  for (;;) {
    const { status, body } = await requestScim(connection, {
      path: `/${kind}?startIndex=${resources.length + 1}&count=${pageSize}`,
    });
    if (status !== 200) throw new Error(`${kind}: ${status} ${JSON.stringify(body)}`);
    const page = (body.Resources ?? []) as Answered["body"][];
    resources.push(...page);
    if (page.length === 0 || resources.length >= body.totalResults) return resources;
  }
};
