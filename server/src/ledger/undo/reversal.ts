import type { Opening, Transaction } from "#tenancy";
import type { Cause } from "../change.ts";

/** What an entry of the ledger says, as far as it can be taken back. */
export type UndoableEntry = {
  readonly id: string;
  readonly causeId: string | null;
  readonly action: string;
  readonly subjectId: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

/** A thing before one entry; or why it cannot go back there, as a sentence. */
export type Back<State> = { readonly state: State } | { readonly why: string };

/** A role of the organisation by its id; or one as it would be, in whatever words the module of roles has for it. */
export type RoleTouched = string | object;

/** What would follow for some of the others, and where to go on looking. */
export type Foresight = {
  /** How many people were looked at, of how many. */
  readonly people: number;
  readonly total: number;
  readonly changes: number;
  /** Whom it would change: the first of them. */
  readonly names: readonly string[];
  /** Null when nobody is left to look at. */
  readonly next: string | null;
};

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
  /** It is of the whole organisation: by hand it is done at the super tenant only. */
  readonly isOfOrganisation?: boolean;
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
  ) => readonly RoleTouched[] | Promise<readonly RoleTouched[]>;
  /** What the values alone do not tell, in a sentence. Pure. */
  readonly consequence?: (now: Partial<State>, wanted: Partial<State>) => string | null;
  /** What would follow for others: a bounded number of them at a time, from `position` on. */
  readonly foresee?: (
    tx: Transaction,
    subjectId: string,
    wanted: Partial<State>,
    position: string | null,
  ) => Promise<Foresight>;
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
export type Irreversible = {
  readonly actions: readonly string[];
  readonly why: string;
  /** It followed from another deed of the same cause, and goes back when that is undone. */
  readonly isConsequence?: boolean;
};

// What kind of state a reversal has is its own business.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyReversal = Reversal<any>;

/** How what is in the ledger can be undone: what all modules declare, collected by app.ts. */
export type Reversals = {
  readonly reversals: readonly AnyReversal[];
  readonly irreversible: readonly Irreversible[];
};
