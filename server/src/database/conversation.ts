import type { ClientBase } from "pg";
import { sendTogether, type Outcome, type Result, type Statement } from "./pipeline.ts";

/** Statements on one connection, in the order in which they are asked for. */
export type Conversation = {
  /** Runs a statement. Those asked for before any of them is waited for travel as one message. */
  run(statement: Statement): Promise<Result>;
  /** Whether anything was asked for. */
  isUsed(): boolean;
  /** Whether a statement failed, so that what stood behind it was not run. */
  hasFailed(): boolean;
  /** Refuses what was not sent yet, and waits for the answers to what was. */
  end(): Promise<void>;
};

/** What is sent without being asked for. */
type Frame = {
  /** Before the first statement of all. */
  readonly opening?: readonly Statement[];
  /** Before the statements of each message, and behind them. */
  readonly before?: readonly Statement[];
  readonly behind?: readonly Statement[];
};

type Waiting = {
  readonly statement: Statement;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
};

export const openConversation = (
  client: ClientBase,
  { opening = [], before = [], behind = [] }: Frame,
): Conversation => {
  let waiting: Waiting[] = [];
  let sending: Promise<void> | undefined;
  let hasBegun = false;
  let hasFailed = false;
  let hasEnded = false;

  const send = async (): Promise<void> => {
    // Whoever asks in this turn is on board.
    await nextTurn();
    while (waiting.length > 0) {
      const asked = waiting;
      waiting = [];
      const first = hasBegun ? before : [...opening, ...before];
      hasBegun = true;
      const { results, error } = await sendTogether(client, [
        ...first,
        ...asked.map(({ statement }) => statement),
        ...behind,
      ]).catch((failure: Error): Outcome => ({ results: [], error: failure }));
      hasFailed ||= error !== undefined;
      for (const [index, { resolve, reject }] of asked.entries()) {
        const result = results[first.length + index];
        if (result === undefined) reject(error as Error);
        else resolve(result);
      }
      await nextTurn();
    }
    sending = undefined;
  };

  return {
    run: (statement) => {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      if (hasEnded) reject(new Error("the transaction has ended"));
      else {
        waiting.push({ statement, resolve, reject });
        sending ??= send();
      }
      return promise;
    },
    isUsed: () => hasBegun || waiting.length > 0,
    hasFailed: () => hasFailed,
    end: async () => {
      hasEnded = true;
      for (const { reject } of waiting) reject(new Error("the transaction has ended"));
      waiting = [];
      await sending;
    },
  };
};

/** After all that follows from what was just settled. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    process.nextTick(resolve);
  });
