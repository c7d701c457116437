import type { Transaction } from "./transaction.ts";

/** A kind of thing that happened, raised inside the transaction in which it happened. */
export type EventKind<Payload> = { readonly name: string; readonly payload?: Payload };

type Handler<Payload> = (tx: Transaction, payload: Payload) => Promise<void>;

export const defineEvent = <Payload>(name: string): EventKind<Payload> => ({ name });

/** Who hears which event. Filled by app.ts once, before the first transaction. */
export type Subscriptions = {
  on<Payload>(kind: EventKind<Payload>, handler: Handler<Payload>): void;
  handlersOf<Payload>(kind: EventKind<Payload>): readonly Handler<Payload>[];
};

export const createSubscriptions = (): Subscriptions => {
  // Each name has handlers of one payload only; the map cannot say so.
  // oxlint-disable-next-line typescript/no-explicit-any
  const handlers = new Map<string, Handler<any>[]>();
  return {
    on: (kind, handler) => {
      handlers.set(kind.name, [...(handlers.get(kind.name) ?? []), handler]);
    },
    handlersOf: (kind) => handlers.get(kind.name) ?? [],
  };
};
