import { performance } from "node:perf_hooks";
import type { Session } from "../support/api-client.ts";
import type { ScimConnection } from "../support/scim-client.ts";
import type { Exchange } from "./check-answer.ts";
import type { Draft } from "./values.ts";

/** What exists, as far as the answers told, and how to send a request about it. */
export type World = {
  readonly statuses: Map<number, number>;
  readonly send: (draft: Draft, isScim: boolean) => Promise<Exchange>;
  /** The request with names for things as it goes over the wire. */
  readonly resolve: (draft: Draft) => Draft;
};

const mostRemembered = 100;

export const createWorld = (
  product: { readonly url: string; readonly cookie: string },
  { connection, things }: { connection: ScimConnection; things: readonly string[] },
): World => {
  const known: Record<string, string[]> = {
    user: [],
    group: [],
    thing: [connection.id, ...things],
  };
  const statuses = new Map<number, number>();

  const resolveText = (text: string): string =>
    text.replaceAll(/@(user|group|thing)(\d+)\./g, (_, kind: string, at: string) => {
      const ids = known[kind] ?? [];
      return ids[Number(at) % Math.max(1, ids.length)] ?? "00000000-0000-7000-8000-000000000000";
    });
  const resolve = (draft: Draft): Draft => ({
    ...draft,
    path: resolveText(draft.path),
    ...(draft.body !== undefined && { body: resolveText(draft.body) }),
  });
  const remember = (kind: string, id: string): void => {
    const ids = known[kind] ?? [];
    if (ids.includes(id)) return;
    if (ids.length < mostRemembered) ids.push(id);
    else ids[Number.parseInt(id.slice(-4), 16) % mostRemembered] = id;
  };

  return {
    statuses,
    resolve,
    send: async (draft, isScim) => {
      const { method, path, body, contentType } = resolve(draft);
      const started = performance.now();
      const response = await fetch(
        isScim ? `${connection.endpoint}${path}` : `${product.url}/api/v1${path}`,
        {
          method,
          redirect: "manual",
          headers: {
            ...(isScim
              ? { authorization: `Bearer ${connection.token}` }
              : { cookie: product.cookie, origin: product.url }),
            ...(contentType !== undefined && { "content-type": contentType }),
          },
          ...(body !== undefined && { body }),
        },
      );
      const text = await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status === 201) {
        const kind = /^\/Users$/.test(path) ? "user" : /^\/Groups$/.test(path) ? "group" : "thing";
        const { id } = JSON.parse(text) as { id?: unknown };
        if (typeof id === "string") remember(kind, id);
      }
      return {
        isScim,
        status: response.status,
        contentType: response.headers.get("content-type") ?? "",
        text,
        milliseconds: performance.now() - started,
      };
    },
  };
};

/** Resident memory of the server, in MB, as it says itself. */
export const memoryOf = async (url: string): Promise<number> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const bytes = /^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1];
  if (bytes === undefined) throw new Error("The server does not say how much memory it has.");
  return Math.round(Number(bytes) / 1024 / 1024);
};

/** Ids of things that the API lists, so that its requests find some. */
export const listThings = async (session: Session): Promise<string[]> => {
  const ids: string[] = [];
  for (const path of [
    "/accounts",
    "/roles",
    "/tenants",
    "/rehires",
    "/asset-statuses",
    "/asset-categories",
    "/assets",
  ]) {
    const { body } = await session.get(path);
    ids.push(...(body.items as { id: string }[]).map(({ id }) => id));
  }
  return ids;
};
