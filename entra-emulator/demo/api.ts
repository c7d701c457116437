import type { Product } from "./product.ts";

export type Administrator = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/** Muster's API, as a signed-in administrator uses it. */
export type Api = {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: object): Promise<Answer>;
  put<Answer>(path: string, body: object): Promise<Answer>;
};

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/**
 * Makes the organisation and its first administrator, who is signed in then.
 * @throws Error with the server's explanation when a request is refused
 */
export const setUp = async (
  { url, setupToken: token }: Product,
  organisation: string,
  administrator: Administrator,
): Promise<Api> => {
  let cookie = "";
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, origin: url, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(
        `${method} ${path} was answered ${response.status}: ${await response.text()}`,
      );
    return response;
  };
  const response = await send("POST", "/setup", { token, organisation, ...administrator });
  cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const answer = async <Answer>(sent: Promise<Response>) => (await (await sent).json()) as Answer;
  return {
    get: (path) => answer(send("GET", path)),
    post: (path, body) => answer(send("POST", path, body)),
    put: (path, body) => answer(send("PUT", path, body)),
  };
};

/** Every item of a list, page by page. */
export const listAll = async <Item>(api: Api, path: string): Promise<Item[]> => {
  const items: Item[] = [];
  const joint = path.includes("?") ? "&" : "?";
  for (let next: string | null = ""; next !== null;) {
    const page: Page<Item> = await api.get(`${path}${joint}limit=200${next && `&cursor=${next}`}`);
    items.push(...page.items);
    next = page.next;
  }
  return items;
};
