import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { TestApp } from "./app.ts";

export type Client = ReturnType<TestApp["as"]>;

export type UndoItem = {
  readonly id: string;
  readonly state: string;
  readonly label: string;
  readonly subject: { readonly id: string | null; readonly name: string };
  readonly entries: number;
  readonly difference: readonly {
    readonly label: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly consequence: string | null;
  readonly reaches: boolean;
  readonly why: string | null;
  readonly causeId: string | null;
};

/** Undoing as somebody does it through the API. */
export const undoAs = (who: Client) => {
  const plan = async (scope: object) => {
    const { status, body } = await who.post("/ledger/undos", scope);
    expect(status, JSON.stringify(body)).toBe(201);
    return body as { id: string; what: string; planned: { things: number; entries: number } };
  };
  const items = async (id: string): Promise<UndoItem[]> =>
    (await who.get(`/ledger/undos/${id}/items?limit=200`)).body.items;
  const apply = async (id: string) => {
    expect((await who.post(`/ledger/undos/${id}/apply`)).status).toBe(200);
    for (;;) {
      const { body } = await who.get(`/ledger/undos/${id}`);
      if (body.state === "done") return body;
      await sleep(30);
    }
  };
  const latest = async (query: string) => {
    const { items: entries } = (await who.get(`/ledger?${query}`)).body;
    expect(entries, query).not.toEqual([]);
    return entries[0] as { id: string; action: string; cause: { id: string; kind: string } };
  };
  return { plan, items, apply, latest };
};

/** What is done in between, as a span of time. */
export const during = async (work: () => Promise<unknown>) => {
  await sleep(5);
  const from = new Date().toISOString();
  await sleep(5);
  await work();
  await sleep(5);
  return { from, to: new Date().toISOString() };
};
