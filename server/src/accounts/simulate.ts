import { conditionInWords, type AttributeCondition } from "./conditions.ts";
import { decide, listCandidates, takes, waits, type PersonFacts, type Rules } from "./decide.ts";

export type SimulatedRule = {
  readonly place: number;
  readonly asks: string;
  readonly tenantId: string;
  readonly roleId: string;
  readonly outcome: "decides" | "overruled" | "blocked" | "passes-by";
  readonly why: string;
};

type Names = {
  readonly tenant: (id: string) => string;
  readonly role: (id: string) => string;
  readonly group: (id: string) => string;
};

/** "member of Finance", "department is Sales" */
export const asksInWords = (
  { groupId, attribute }: { groupId: string | null; attribute: AttributeCondition | null },
  groupName: (id: string) => string,
): string =>
  attribute === null ? `member of ${groupName(groupId ?? "")}` : conditionInWords(attribute);

/** Pure: which rules take somebody, in order, what comes of it, and why, in sentences. The decision is decide()'s. */
export const simulate = (
  {
    person,
    groups,
    locks,
  }: {
    person: PersonFacts;
    groups: ReadonlySet<string>;
    locks: ReadonlyMap<string, string>;
  },
  rules: Rules,
  names: Names,
) => {
  const desired = decide(person, groups, rules, locks);
  const candidates = listCandidates(person, groups, rules, locks);
  const decidedIn = new Map<string, number>();
  const simulated = rules.mappings.map((mapping, index): SimulatedRule => {
    const { tenantId, roleId } = mapping;
    const place = index + 1;
    const asks = asksInWords(mapping, names.group);
    const tell = (outcome: SimulatedRule["outcome"], why: string) => ({
      place,
      asks,
      tenantId,
      roleId,
      outcome,
      why,
    });
    if (!takes(mapping, groups, person.attributes))
      return tell("passes-by", `Asks for: ${asks}. That is not so.`);
    const earlier = decidedIn.get(tenantId);
    if (earlier !== undefined)
      return tell("overruled", `Rule ${earlier} has decided in ${names.tenant(tenantId)} before.`);
    decidedIn.set(tenantId, place);
    if (locks.has(tenantId))
      return tell("overruled", `A role lock decides in ${names.tenant(tenantId)}.`);
    if (rules.archived.includes(tenantId))
      return tell("blocked", `${names.tenant(tenantId)} is archived: the account is Disabled.`);
    return tell("decides", `The first rule that takes them in ${names.tenant(tenantId)}.`);
  });
  const accounts = desired.map(({ tenantId, roleId, status, statusReason }) => {
    const [winner] = candidates.get(tenantId) ?? [];
    return {
      tenantId,
      roleId,
      status,
      why: `${whyRole(winner, names)} ${statusWords[status === "active" ? "active" : statusReason]}`,
    };
  });
  const isWaiting = waits(person, desired);
  return { rules: simulated, accounts, isWaiting, summary: summarize(accounts, isWaiting, names) };
};

const statusWords = {
  active: "Active.",
  directory: "Disabled, because the directory says so.",
  deleted: "Disabled, because the directory deleted them.",
  archived: "Disabled, because the tenant is archived.",
};

const whyRole = (
  winner: { origin: string; groupId: string | null; condition: string | null } | undefined,
  names: Names,
): string => {
  if (winner?.origin === "lock") return "Held by a role lock.";
  if (winner?.origin === "default") return "The default access role: no rule takes them.";
  if (winner?.condition) return `Because ${winner.condition}.`;
  return `As a member of ${names.group(winner?.groupId ?? "")}.`;
};

const summarize = (
  accounts: readonly { tenantId: string; roleId: string }[],
  isWaiting: boolean,
  names: Names,
): string => {
  if (isWaiting) return "Waits in the lobby: no rule takes them, and nobody gets a default role.";
  if (accounts.length === 0) return "Has no account: the directory deleted them.";
  return `${accounts
    .map(({ tenantId, roleId }) => `${names.role(roleId)} in ${names.tenant(tenantId)}`)
    .join(", ")}.`;
};
