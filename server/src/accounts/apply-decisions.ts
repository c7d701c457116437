import type { Person } from "#directory";
import { record, type Cause, type Change } from "#ledger";
import { newId, type Transaction } from "#tenancy";
import type { AccountChange } from "./account-change.ts";
import { decide, waits, type DesiredAccount } from "./decide.ts";
import { accountsDisabled, accountsEnabled, accountsReaddressed } from "./events.ts";
import { readFacts } from "./read-facts.ts";
import { disabledBecause } from "./disabled-because.ts";
import { describeChange } from "./describe-change.ts";
import { settleGuard } from "./hold/guard.ts";
import { holdBack } from "./hold/hold-back.ts";
import { deleteWaiting, saveWaiting } from "./store/lobby.ts";
import { saveDecided, type AccountWrite } from "./store/accounts.ts";
import {
  readDecisionInputs,
  type CurrentAccount,
  type DecisionInputs,
} from "./store/decision-inputs.ts";

/**
 * Decides about people of one connection and writes what that changes: accounts, ledger, and the events that end
 * sessions and open recoveries, all in this transaction. What a dry run or the guard holds is written down instead.
 *
 * The transaction holds the connection, shared: its rules, and the roles that they give, stay until it ends.
 *
 * @param people held by `lockPeople` (or new in this transaction), as the mirror has them now
 * @returns what changed
 */
export const applyDecisions = (
  tx: Transaction,
  connectionId: string,
  people: readonly Person[],
  cause: Cause,
): Promise<readonly AccountChange[]> =>
  carryOut(tx, { connectionId, people, cause, isReleased: false });

/** Like `applyDecisions`, where the caller has read in good time what is decided from. */
export const applyDecisionsFrom = (
  tx: Transaction,
  inputs: DecisionInputs,
  connectionId: string,
  { people, cause }: Pick<Deciding, "people" | "cause">,
): Promise<readonly AccountChange[]> =>
  carryOut(tx, { connectionId, people, cause, isReleased: false, inputs });

/** Like `applyDecisions`, also for what was held of these people: an administrator lets it go. */
export const releaseDecisions = (
  tx: Transaction,
  connectionId: string,
  people: readonly Person[],
  cause: Cause,
): Promise<readonly AccountChange[]> =>
  carryOut(tx, { connectionId, people, cause, isReleased: true });

type Deciding = {
  readonly connectionId: string;
  readonly people: readonly Person[];
  readonly cause: Cause;
  readonly isReleased: boolean;
  readonly inputs?: DecisionInputs;
};

const carryOut = async (
  tx: Transaction,
  { connectionId, people, cause, isReleased, ...given }: Deciding,
): Promise<readonly AccountChange[]> => {
  if (people.length === 0) return [];
  await tx.seeAllTenants();
  const ids = people.map(({ id }) => id);
  const inputs = given.inputs ?? (await readDecisionInputs(tx, connectionId, ids));
  const decided = decidePeople(people, inputs);
  const { changes, held } = await holdBack(tx, connectionId, {
    people,
    changes: decided.flatMap((one) => one.changes),
    inputs,
    cause,
    isReleased,
  });
  const free = decided.filter(({ person }) => !held.has(person.id));
  keepLobby(tx, connectionId, { decided: free, inputs, cause });
  if (changes.length > 0) {
    saveDecided(tx, changes);
    record(
      tx,
      cause,
      changes.flatMap((change): Change[] => describeChange(change, inputs)),
    );
    await raiseStatusChanges(tx, changes, cause);
    await raiseNewAddresses(tx, changes);
  }
  if (inputs.safeguard.isTripped && inputs.held.length > 0) await settleGuard(tx, connectionId);
  return changes;
};

/** What is decided about one person. */
export type Decided = {
  readonly person: Person;
  /** The accounts that decide() wants otherwise than they are. */
  readonly changes: readonly AccountChange[];
  /** No rule takes them: they wait in the lobby. */
  readonly isWaiting: boolean;
};

/** Pure: what decide() says of each person, given all that it needs. */
export const decidePeople = (people: readonly Person[], inputs: DecisionInputs): Decided[] => {
  const factsOf = readFacts(inputs);
  return people.map((person) => {
    const { person: facts, groups, locks, accounts } = factsOf(person);
    const desired = decide(facts, groups, inputs, locks);
    const changes = [
      ...wantedAccounts(person, desired, accounts),
      ...leftBehind(person, desired, accounts),
    ].filter(isChange);
    return { person, changes, isWaiting: waits(facts, desired) };
  });
};

/** Notes who has come to the lobby, left it, or is called otherwise there. */
const keepLobby = (
  tx: Transaction,
  connectionId: string,
  { decided, inputs, cause }: { decided: readonly Decided[]; inputs: DecisionInputs; cause: Cause },
): void => {
  const known = new Map(inputs.waiting.map((row) => [row.userId, row]));
  const { tenantId } = inputs.defaultRole;
  const waiting = decided.flatMap(({ person, isWaiting }) => (isWaiting ? [person] : []));
  const isNoted = ({ id, name, email, active }: Person) => {
    const row = known.get(id);
    return row?.name === name && row.email === email && row.active === active;
  };
  saveWaiting(
    tx,
    { connectionId, tenantId },
    waiting.filter((person) => !isNoted(person)),
  );
  const gone = decided.filter(({ person, isWaiting }) => !isWaiting && known.has(person.id));
  deleteWaiting(
    tx,
    gone.map(({ person }) => person.id),
  );
  const entry = (action: string, sentence: string) => (person: Person) => ({
    action,
    sentence,
    subject: { kind: "user", id: person.id, name: person.name },
    tenantId,
  });
  record(tx, cause, [
    ...waiting
      .filter(({ id }) => !known.has(id))
      .map(entry("lobby.entered", "Waits in the lobby: no rule takes them")),
    ...gone.map(({ person }) => entry("lobby.left", "Left the lobby")(person)),
  ]);
};

/** Whoever is deleted keeps the accounts they had, and gets no others. */
const wantedAccounts = (
  person: Person,
  desired: DesiredAccount[],
  current: readonly CurrentAccount[],
): AccountChange[] =>
  desired.flatMap((wanted) => {
    const before = current.find(({ tenantId }) => tenantId === wanted.tenantId);
    if (before === undefined && person.deletedAt !== null) return [];
    return {
      before,
      after: {
        id: before?.id ?? newId(),
        tenantId: wanted.tenantId,
        ...identity(person),
        status: wanted.status,
        statusReason: wanted.statusReason,
        roleId: wanted.roleId,
        roleOrigin: wanted.origin,
        roleGroupId: wanted.groupId,
        directoryRoleId: wanted.directory.roleId,
        directoryRoleGroupId: wanted.directory.groupId,
        roleCondition: wanted.condition,
        directoryRoleCondition: wanted.directory.condition,
      },
    };
  });

/** Accounts in tenants that no rule leads the person to any more: Disabled, and kept for custody and history. */
const leftBehind = (
  person: Person,
  desired: DesiredAccount[],
  current: readonly CurrentAccount[],
): AccountChange[] =>
  current
    .filter(({ tenantId }) => !desired.some((wanted) => wanted.tenantId === tenantId))
    .map((before) => ({
      before,
      after: {
        id: before.id,
        tenantId: before.tenantId,
        ...identity(person),
        status: "disabled",
        statusReason: person.deletedAt === null ? "moved" : "deleted",
        roleId: before.roleId,
        roleOrigin: before.roleOrigin,
        roleGroupId: before.roleGroupId,
        directoryRoleId: before.directoryRoleId,
        directoryRoleGroupId: before.directoryRoleGroupId,
        roleCondition: before.roleCondition,
        directoryRoleCondition: before.directoryRoleCondition,
      },
    }));

const identity = (person: Person) => ({
  userId: person.id,
  name: person.name,
  email: person.email,
  userName: person.userName,
});

const isChange = ({ before, after }: AccountChange): boolean =>
  before === undefined ||
  Object.entries(after).some(([field, value]) => before[field as keyof CurrentAccount] !== value);

const raiseStatusChanges = async (
  tx: Transaction,
  changes: readonly AccountChange[],
  cause: Cause,
) => {
  const turned = (status: AccountWrite["status"]) =>
    changes
      .filter(
        ({ before, after }) =>
          before !== undefined && before.status !== status && after.status === status,
      )
      .map(({ after }) => ({
        id: after.id,
        name: after.name,
        tenantId: after.tenantId,
        why: after.statusReason,
      }));
  const disabled = turned("disabled");
  for (const reason of new Set(disabled.map(({ why }) => why)))
    await tx.raise(accountsDisabled, {
      accounts: disabled.filter(({ why }) => why === reason),
      cause,
      reason: disabledBecause[reason],
    });
  const enabled = turned("active");
  if (enabled.length > 0)
    await tx.raise(accountsEnabled, {
      accounts: enabled,
      cause,
      reason: "Enabled again in the directory",
    });
};

const raiseNewAddresses = async (tx: Transaction, changes: readonly AccountChange[]) => {
  const accounts = changes
    .filter(({ before, after }) => before !== undefined && before.email !== after.email)
    .map(({ after: { id, email } }) => ({ id, email }));
  if (accounts.length > 0) await tx.raise(accountsReaddressed, { accounts });
};
