import type { Person } from "#directory";
import type { Attributes } from "./conditions.ts";
import type { PersonFacts } from "./decide.ts";
import type { CurrentAccount, DecisionInputs } from "./store/decision-inputs.ts";

/** All that decide() asks about one person. */
export type Facts = {
  readonly person: PersonFacts;
  readonly groups: ReadonlySet<string>;
  readonly locks: ReadonlyMap<string, string>;
  /** Their accounts as they stand. */
  readonly accounts: readonly CurrentAccount[];
};

/** Pure: gives what the inputs of a decision say of each person. Who was only just sent carries their own document. */
export const readFacts = (inputs: DecisionInputs) => {
  const memberships = Map.groupBy(inputs.memberships, ([userId]) => userId);
  const accountsOf = Map.groupBy(inputs.accounts, ({ userId }) => userId);
  const attributes = new Map(inputs.attributes);
  return ({
    id,
    active,
    deletedAt,
    folded,
  }: Pick<Person, "id" | "active" | "deletedAt"> & { readonly folded?: unknown }): Facts => {
    const accounts = accountsOf.get(id) ?? [];
    return {
      person: {
        active,
        deleted: deletedAt !== null,
        attributes: (folded as Attributes | undefined) ?? attributes.get(id) ?? {},
        placed: accounts.flatMap(({ isPlaced, tenantId }) => (isPlaced ? [tenantId] : [])),
      },
      groups: new Set((memberships.get(id) ?? []).map(([, groupId]) => groupId)),
      locks: new Map(
        accounts.flatMap(({ tenantId, lockedRoleId }) =>
          lockedRoleId === null ? [] : [[tenantId, lockedRoleId]],
        ),
      ),
      accounts,
    };
  };
};
