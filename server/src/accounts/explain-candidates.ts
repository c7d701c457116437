import type { Candidate } from "./decide.ts";

/** What the candidates refer to, by name. */
type Names = {
  readonly role: (this: void, id: string) => string;
  readonly group: (this: void, id: string) => string;
};

type Explained = Candidate & {
  readonly wins: boolean;
  /** Why it gives the role, or why it does not, in a sentence. */
  readonly sentence: string;
};

/** Pure: each candidate for a role, the winner first, with why it won or to what it lost. */
export const explainCandidates = (candidates: readonly Candidate[], names: Names): Explained[] => {
  const [winner] = candidates;
  return candidates.map((candidate) => ({
    ...candidate,
    wins: candidate === winner,
    sentence:
      winner === undefined || candidate === winner
        ? sayWin(candidate, names)
        : sayLoss(candidate, winner, names),
  }));
};

const sayWin = ({ origin, roleId, groupId, condition }: Candidate, names: Names): string => {
  const role = names.role(roleId);
  if (origin === "lock")
    return `${role}, because the role is locked: a lock is asked before all else.`;
  if (condition !== null) return `${role}, because ${condition}: the first rule that takes them.`;
  if (origin === "mapping")
    return `${role}, because they are a member of ${names.group(groupId ?? "")}, the first mapped group that they are in.`;
  return `${role}, the default access role, because no rule takes them.`;
};

const sayLoss = (
  { origin, roleId, groupId, condition }: Candidate,
  winner: Candidate,
  names: Names,
): string => {
  const role = names.role(roleId);
  const before = sayWinner(winner, names);
  return origin === "mapping"
    ? `${condition === null ? names.group(groupId ?? "") : `That ${condition}`} would give ${role}, but ${before} comes before it.`
    : `The default access role, ${role}, is for people whom no rule takes; ${before} comes before it.`;
};

const sayWinner = ({ origin, groupId, condition }: Candidate, names: Names): string => {
  if (origin === "lock") return "the role lock";
  return condition === null
    ? `the mapping of ${names.group(groupId ?? "")}`
    : `the rule that ${condition}`;
};
