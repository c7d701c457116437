import type { Opening, Transaction } from "#tenancy";
import type { Cause } from "../change.ts";

/** What an entry of the ledger says, as far as it can be taken back. */
export type UndoableEntry = {
  readonly id: string;
  readonly action: string;
  readonly subjectId: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

/** A thing before one entry; or why it cannot go back there, as a sentence. */
export type Back<State> = { readonly state: State } | { readonly why: string };

/**
 * How some actions of the ledger are undone, declared by the module whose deeds they are. It is about one aspect of a
 * thing (the fields of an asset, the role lock of a Sub Account), whose state it reads, goes back from entry by entry in
 * memory, and brings about with the same deeds that people use.
 */
export type Reversal<State extends object> = {
  readonly name: string;
  /** What it is about, for people: "Role lock". */
  readonly label: string;
  readonly actions: readonly string[];
  /** All that somebody must be allowed to do to undo these. */
  readonly permissions: readonly string[];
  /** How the applying transaction is opened. */
  readonly opening?: (subjectId: string) => Opening;
  /** The state now; undefined when the thing is gone. With `hold`, nobody else changes it before the transaction ends. */
  readonly read: (tx: Transaction, subjectId: string, hold: boolean) => Promise<State | undefined>;
  /** Pure: from how it is after an entry to how it was before. */
  readonly back: (state: State, entry: UndoableEntry) => Back<State>;
  /** The roles that people would get by it, or lose: whoever undoes must be one who may give them. */
  readonly roles?: (
    tx: Transaction,
    subjectId: string,
    change: { readonly now: Partial<State>; readonly wanted: Partial<State> },
  ) => readonly string[] | Promise<readonly string[]>;
  /** What would follow for others, in a sentence. */
  readonly foresee?: (
    tx: Transaction,
    subjectId: string,
    wanted: Partial<State>,
  ) => Promise<string | null>;
  /** Brings the values about. @throws HttpError when a rule of the product forbids it */
  readonly write: (
    tx: Transaction,
    change: {
      readonly subjectId: string;
      readonly current: State;
      readonly wanted: Partial<State>;
      readonly cause: Cause;
    },
  ) => Promise<void>;
};

/** Actions that cannot be undone, and why, as a sentence. */
export type Irreversible = { readonly actions: readonly string[]; readonly why: string };

// What kind of state a reversal has is its own business.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyReversal = Reversal<any>;

/** How what is in the ledger can be undone: what all modules declare, collected by app.ts. */
export type Reversals = {
  readonly reversals: readonly AnyReversal[];
  readonly irreversible: readonly Irreversible[];
};
