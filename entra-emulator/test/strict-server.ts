import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { applyPatch } from "./strict-patch.ts";
import { listObjects, matchesFilter } from "./strict-filter.ts";
import type { Resource } from "./strict-filter.ts";
import { strictSchemas } from "./strict-schemas.ts";

/** A target of the emulator for tests: a small SCIM server that records what arrives and refuses what it should. */

export type Recorded = {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Body | undefined;
};

export type PatchOperation = {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
};

export type Body = Resource & { readonly Operations?: readonly PatchOperation[] };

export type Fault = {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
};

export type StrictServer = {
  readonly url: string;
  readonly token: string;
  readonly requests: Recorded[];
  readonly users: Map<string, Resource>;
  readonly groups: Map<string, Resource>;
  /** Answers in the server's place when it gives something. */
  intercept: ((request: Recorded) => Fault | undefined) | undefined;
  /** Alters what is stored or listed: for servers that are wrong. */
  alter: ((resource: Resource) => Resource) | undefined;
  delay: number;
  /** The most PATCHes on one resource that were under way at the same time. */
  readonly mostAtOnce: () => number;
  readonly writes: () => readonly Recorded[];
  readonly close: () => Promise<void>;
};

export const listUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const errorUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

class Refusal extends Error {
  readonly status: number;
  readonly scimType: string | undefined;

  constructor(status: number, detail: string, scimType?: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

export async function startStrictServer(port = 0, idPrefix = "t"): Promise<StrictServer> {
  const requests: Recorded[] = [];
  const stores = { Users: new Map<string, Resource>(), Groups: new Map<string, Resource>() };
  const token = "secret-of-the-test";
  let made = 0;
  const inFlight = new Map<string, number>();
  let mostAtOnce = 0;

  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const recorded: Recorded = {
        method: request.method ?? "",
        url: request.url ?? "",
        rawHeaders: request.rawHeaders,
        body: text === "" ? undefined : (JSON.parse(text) as Body),
      };
      requests.push(recorded);
      const key = `${recorded.method} ${recorded.url}`;
      const together = (inFlight.get(key) ?? 0) + 1;
      inFlight.set(key, together);
      if (recorded.method === "PATCH") mostAtOnce = Math.max(mostAtOnce, together);
      const answer = (): void => {
        inFlight.set(key, (inFlight.get(key) ?? 1) - 1);
        const { status, body, headers } = server.intercept?.(recorded) ?? answerTo(recorded);
        response.writeHead(status, {
          "Content-Type": "application/scim+json; charset=utf-8",
          ...headers,
        });
        response.end(body);
      };
      if (server.delay > 0) setTimeout(answer, server.delay);
      else answer();
    });
  });

  function answerTo(recorded: Recorded): Fault {
    try {
      return handle(recorded);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return json(error.status, {
        schemas: [errorUrn],
        status: String(error.status),
        detail: error.message,
        ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
      });
    }
  }

  function handle({ method, url: target, rawHeaders, body }: Recorded): Fault {
    const url = new URL(target, "http://server");
    const authorization =
      rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "authorization") + 1];
    if (authorization !== `Bearer ${token}`) throw new Refusal(401, "Wrong token");
    const [kind, id] = url.pathname.replace(/^\/scim\/v2\//, "").split("/");
    if (kind === "Schemas") return json(200, list(strictSchemas));
    if (kind !== "Users" && kind !== "Groups") throw new Refusal(404, "No such route");
    const store = stores[kind];
    const show = (resource: Resource): Resource => {
      const shown = server.alter === undefined ? resource : server.alter(structuredClone(resource));
      const { members, password: _password, ...rest } = shown;
      return url.searchParams.get("excludedAttributes") === "members" || members === undefined
        ? rest
        : { ...rest, members };
    };
    if (id === undefined) {
      if (method === "POST") return create(kind, body ?? {}, show);
      const filter = url.searchParams.get("filter");
      const found = [...store.values()].filter(
        (one) => filter === null || matchesFilter(one, filter),
      );
      const start = Number(url.searchParams.get("startIndex") ?? 1);
      const count = Number(url.searchParams.get("count") ?? 1000);
      return json(
        200,
        list(found.slice(start - 1, start - 1 + count).map(show), found.length, start),
      );
    }
    const resource = store.get(id);
    if (resource === undefined) throw new Refusal(404, `No ${kind} ${id}`);
    switch (method) {
      case "GET":
        return json(200, show(resource));
      case "PATCH": {
        const changed = applyPatch(resource, body ?? {});
        requireUnique(kind, changed, id);
        store.set(id, changed);
        return kind === "Groups" ? { status: 204, body: "" } : json(200, show(changed));
      }
      case "DELETE":
        store.delete(id);
        return { status: 204, body: "" };
      default:
        throw new Refusal(405, `No ${method} here`);
    }
  }

  function create(
    kind: "Users" | "Groups",
    body: Resource,
    show: (resource: Resource) => Resource,
  ): Fault {
    const key = kind === "Users" ? "userName" : "displayName";
    if (typeof body[key] !== "string" || body[key] === "")
      throw new Refusal(400, `${key} is required`, "invalidValue");
    made += 1;
    const id = `${idPrefix}${made}`;
    const resource: Resource = {
      ...structuredClone(body),
      id,
      meta: { resourceType: kind.slice(0, -1) },
    };
    for (const role of listObjects(resource["roles"])) {
      if (role["primary"] === "True") role["primary"] = true;
    }
    requireUnique(kind, resource, id);
    stores[kind].set(id, resource);
    return json(201, show(resource));
  }

  function requireUnique(kind: "Users" | "Groups", resource: Resource, id: string): void {
    const key = kind === "Users" ? "userName" : "displayName";
    for (const other of stores[kind].values()) {
      if (
        other["id"] !== id &&
        String(other[key]).toLowerCase() === String(resource[key]).toLowerCase()
      ) {
        throw new Refusal(409, `${key} "${String(resource[key])}" is taken`, "uniqueness");
      }
    }
  }

  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const address = http.address() as AddressInfo;
  const server: StrictServer = {
    url: `http://127.0.0.1:${address.port}/scim/v2`,
    token,
    requests,
    users: stores.Users,
    groups: stores.Groups,
    intercept: undefined,
    alter: undefined,
    delay: 0,
    mostAtOnce: () => mostAtOnce,
    writes: () => requests.filter((request) => request.method !== "GET"),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

function json(status: number, body: unknown): Fault {
  return { status, body: JSON.stringify(body) };
}

function list(
  resources: readonly unknown[],
  totalResults = resources.length,
  startIndex = 1,
): object {
  return {
    schemas: [listUrn],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
