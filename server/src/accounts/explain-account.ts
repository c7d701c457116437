import type { Static } from "typebox";
import { listRoles } from "#access";
import { findGroupNames, findPerson } from "#directory";
import { findLatest, presentLedgerEntry } from "#ledger";
import type { Transaction } from "#tenancy";
import { listCandidates, type Candidate } from "./decide.ts";
import { explainRole, explainStatus } from "./explain.ts";
import { explainCandidates } from "./explain-candidates.ts";
import { readFacts } from "./read-facts.ts";
import type { Explanation } from "./schemas.ts";
import type { AccountDetail } from "./store/account.ts";
import { readDecisionInputs } from "./store/decision-inputs.ts";

const roleDeeds = [
  "account.created",
  "account.role-changed",
  "account.role-replaced",
  "account.role-reason-changed",
  "account.role-locked",
  "account.role-unlocked",
];
const statusDeeds = ["account.created", "account.disabled", "account.enabled"];

/** Why an account has its role and its status: what decides it, what lost to that, and what made it so. */
export const explainAccount = async (
  tx: Transaction,
  account: AccountDetail,
): Promise<Static<typeof Explanation>> => {
  const candidates = await candidatesOf(tx, account);
  const roles = new Map((await listRoles(tx)).map(({ id, name }) => [id, name]));
  const groups = await findGroupNames(
    tx,
    candidates.flatMap(({ groupId }) => groupId ?? []),
  );
  const role = (id: string) => roles.get(id) ?? "";
  const group = (id: string) => groups.get(id) ?? "a group";
  const isLocal = account.userId === null;
  const [winner] = candidates;
  const roleChange = await findLatest(tx, account.id, roleDeeds);
  const statusChange = await findLatest(tx, account.id, statusDeeds);
  return {
    role: { id: account.roleId, name: account.roleName },
    sentence: explainRole({ ...account, isLocal }),
    candidates: explainCandidates(candidates, { role, group }).map((one) => ({
      origin: isLocal ? "hand" : one.origin,
      role: { id: one.roleId, name: role(one.roleId) },
      group: one.groupId === null ? null : { id: one.groupId, name: group(one.groupId) },
      wins: one.wins,
      sentence: isLocal
        ? `${role(one.roleId)}, given by hand: no directory manages them.`
        : one.sentence,
    })),
    pending:
      winner !== undefined && winner.roleId !== account.roleId
        ? `The rules give ${role(winner.roleId)} now. It takes effect when the rule edit has reached them, or what is held is let go.`
        : null,
    status: {
      status: account.status as "active",
      sentence: explainStatus(account.status, account.statusReason),
    },
    because: [
      ...(roleChange ? [{ of: "role" as const, entry: presentLedgerEntry(roleChange) }] : []),
      ...(statusChange ? [{ of: "status" as const, entry: presentLedgerEntry(statusChange) }] : []),
    ],
  };
};

/** What decide() chooses from in the account's tenant: the same rules, memberships and lock, read and not held. */
const candidatesOf = async (tx: Transaction, account: AccountDetail): Promise<Candidate[]> => {
  const person = account.userId === null ? undefined : await findPerson(tx, account.userId);
  if (person === undefined)
    return [{ origin: "lock", roleId: account.roleId, groupId: null, condition: null }];
  // Which rules apply in one tenant depends on those that lead to others.
  await tx.seeAllTenants();
  const inputs = await readDecisionInputs(tx, person.connectionId, [person.id], {
    preview: {
      alsoOf: [],
      alsoRead: [],
    },
  });
  const { person: facts, groups, locks } = readFacts(inputs)(person);
  return listCandidates(facts, groups, inputs, locks).get(account.tenantId) ?? [];
};
