import { record, type Cause, type Change } from "#ledger";
import type { Person } from "#directory";
import type { Transaction } from "#tenancy";
import type { AccountChange } from "../account-change.ts";
import { describeChange } from "../describe-change.ts";
import type { DecisionInputs } from "../store/decision-inputs.ts";
import { saveHeld, type HeldChange } from "../store/held-changes.ts";
import { outcomeOf, weightiest } from "./judge.ts";

/** What is held of one person, and why. */
export type Held = {
  readonly person: Person;
  readonly changes: readonly AccountChange[];
  readonly because: HeldChange["because"];
};

/** Writes down what is held, so that an administrator can let it go; what is written down already is not again. */
export const writeDown = (
  tx: Transaction,
  connectionId: string,
  { held, inputs, cause }: { held: readonly Held[]; inputs: DecisionInputs; cause: Cause },
): void => {
  const known = new Map(inputs.held.map((one) => [one.userId, one]));
  const news = held.filter(({ person, changes, because }) => {
    const before = known.get(person.id);
    return (
      before?.outcome !== outcomeOf(changes) || before.because !== because || before.isDiscarded
    );
  });
  const say = (change: AccountChange) =>
    describeChange(change, inputs).map(({ sentence }) => sentence);
  saveHeld(tx, connectionId, {
    cause,
    changes: news.map(({ person, changes, because }) => ({
      userId: person.id,
      because,
      kind: weightiest(changes),
      name: person.name,
      sentences: changes.flatMap(say),
      accountId: changes.find(({ before }) => before !== undefined)?.after.id ?? null,
      outcome: outcomeOf(changes),
    })),
  });
  // For each tenant what is of it: one does not read of the other.
  record(
    tx,
    cause,
    news.flatMap(({ person, changes, because }) =>
      changes.map((change): Change => ({
        action: "account.held",
        sentence: `${heldBecause[because]}: ${say(change).join("; ")}`,
        subject:
          change.before === undefined
            ? { kind: "user", id: person.id, name: person.name }
            : { kind: "account", id: change.after.id, name: person.name },
        tenantId: change.after.tenantId,
      })),
    ),
  );
};

const heldBecause: Record<HeldChange["because"], string> = {
  "dry-run": "Dry run",
  guard: "Held by the guard",
  "last-administrator": "Held, because a tenant would lose its last Administrator",
};
