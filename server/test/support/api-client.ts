/** A signed-in person's HTTP client: what the console is, without the pages. */
export type Session = {
  readonly url: string;
  /** The same session, at another address of the same product. */
  readonly at: (url: string) => Session;
  readonly get: (path: string) => Promise<Answered>;
  readonly post: (path: string, body?: object) => Promise<Answered>;
  readonly put: (path: string, body?: object) => Promise<Answered>;
  readonly patch: (path: string, body?: object) => Promise<Answered>;
  readonly delete: (path: string) => Promise<Answered>;
};

/** Whatever a test expects of a body is what it checks. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Answered = { readonly status: number; readonly headers: Headers; readonly body: any };

/** Sends one request of the API, from Muster's own origin, and parses the answer. */
export const requestApi = async (
  url: string,
  { method, path, body, cookie }: { method: string; path: string; body?: object; cookie?: string },
): Promise<Answered> => {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      origin: url,
      ...(cookie !== undefined && { cookie }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: isLines(response)
      ? { items: parseLines(text) }
      : text === ""
        ? undefined
        : JSON.parse(text),
  };
};

/** A JSON object a line: a list, as the exports give it. */
const isLines = ({ headers }: Response): boolean =>
  headers.get("content-type")?.startsWith("application/x-ndjson") ?? false;

const parseLines = (text: string): unknown[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

/** A client that goes on with the session whose cookie an answer has set. */
export const sessionFrom = (url: string, { status, headers, body }: Answered): Session => {
  const cookie = headers.getSetCookie()[0]?.split(";", 1)[0];
  if (cookie === undefined) throw new Error(`No session: ${status} ${JSON.stringify(body)}`);
  return withCookie(url, cookie);
};

const withCookie = (url: string, cookie: string): Session => {
  const send = (method: string) => (path: string, body?: object) =>
    requestApi(url, { method, path, cookie, ...(body !== undefined && { body }) });
  return {
    url,
    at: (other) => withCookie(other, cookie),
    get: send("GET"),
    post: send("POST"),
    put: send("PUT"),
    patch: send("PATCH"),
    delete: send("DELETE"),
  };
};

/** @throws Error with the refusal, if nobody is signed in */
export const signInAt = async (
  url: string,
  who: { email: string; password: string },
): Promise<Session> =>
  sessionFrom(url, await requestApi(url, { method: "POST", path: "/sign-in", body: who }));

/** All pages of a list. */
export const listAll = async (session: Session, path: string): Promise<Answered["body"][]> => {
  const items: Answered["body"][] = [];
  const first = `${path}${path.includes("?") ? "&" : "?"}limit=200`;
  for (let next: string | null = ""; next !== null;) {
    const { status, body } = await session.get(next === "" ? first : `${first}&cursor=${next}`);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    items.push(...body.items);
    next = body.next;
  }
  return items;
};
