import { ApiError } from "./api-error.ts";
import { chosenTenant } from "./chosen-tenant.ts";
import type { Problem } from "./contract.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Query = Record<string, string | number | boolean | undefined>;
type Options = {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** Of all tenants, also while one of them is looked at. */
  ofAllTenants?: boolean;
};

/**
 * Calls the API with the session's cookie.
 * @throws ApiError for everything but a 2xx, also when the server cannot be reached
 */
export const call = async <Answer>(
  method: Method,
  path: string,
  { query = {}, body, signal, ofAllTenants = false }: Options = {},
): Promise<Answer> => {
  const tenantId = chosenTenant();
  const response = await send(addressOf(path, query), {
    method,
    credentials: "same-origin",
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(tenantId !== undefined && !ofAllTenants && { "muster-tenant": tenantId }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw new ApiError(await readProblem(response));
  return (response.status === 204 ? undefined : await response.json()) as Answer;
};

export const get = <Answer>(path: string, options?: Omit<Options, "body">) =>
  call<Answer>("GET", path, options);

/** Where the API gives something to keep as a file. */
export const addressOf = (path: string, query: Query = {}): string =>
  `/api/v1${path}${toQueryString(query)}`;

const send = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError({
      type: "about:blank",
      status: 0,
      title: "Muster cannot be reached",
      detail: "Check your network connection, then try again. Nothing was changed.",
    });
  }
};

const readProblem = async (response: Response): Promise<Problem> => {
  const isProblem = response.headers.get("content-type")?.includes("json") ?? false;
  if (isProblem) return (await response.json()) as Problem;
  return {
    type: "about:blank",
    status: response.status,
    title: "Muster gave an unexpected answer",
    detail: `Something between you and Muster answered with status ${response.status}. Try again in a moment.`,
  };
};

const toQueryString = (query: Query): string => {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== "") parameters.set(key, String(value));
  const text = parameters.toString();
  return text && `?${text}`;
};
