import { conditionInWords, meets, type AttributeCondition, type Attributes } from "./conditions.ts";

/** What is known of a person, as far as it decides anything. */
export type PersonFacts = {
  readonly active: boolean;
  readonly deleted: boolean;
  /** What rules read of the directory's document, folded. */
  readonly attributes: Attributes;
  /** Tenants that an administrator put them into by hand; each has a lock. */
  readonly placed: readonly string[];
};

/** Who is a member of the group, or meets the condition, gets the role in the tenant. One of the two is null. */
export type Mapping = {
  readonly groupId: string | null;
  readonly attribute: AttributeCondition | null;
  readonly tenantId: string;
  readonly roleId: string;
};

export type Rules = {
  /** For people whom no rule takes; without a role they wait in the lobby. */
  readonly defaultRole: { readonly tenantId: string; readonly roleId: string | null };
  /** In order of priority: in each tenant the first that matches wins. */
  readonly mappings: readonly Mapping[];
  /** Ids of archived tenants: rules still lead there, to a Disabled account, and no further on. */
  readonly archived: readonly string[];
};

/** Where a role comes from when no lock is in the way; neither group nor condition means the default access role. */
export type DirectoryRole = {
  /** Null when only an administrator's hand put the person there. */
  readonly roleId: string | null;
  readonly groupId: string | null;
  readonly condition: string | null;
};

export type DesiredAccount = {
  readonly tenantId: string;
  readonly status: "active" | "disabled";
  readonly statusReason: "directory" | "deleted" | "archived";
  readonly roleId: string;
  readonly origin: "lock" | "mapping" | "default";
  /** The mapped group the role comes from. */
  readonly groupId: string | null;
  /** The attribute condition it comes from, in words. */
  readonly condition: string | null;
  /** What the directory gives, also while a lock holds the role. */
  readonly directory: DirectoryRole;
};

const nothing: DirectoryRole = { roleId: null, groupId: null, condition: null };

/**
 * The decision: which Sub Accounts a person has, with which role and why. The only place where it is made, for a live
 * request, a rule edit, a preview and an explanation alike. Pure: the same mirror, rules and locks give the same answer.
 *
 * A role comes from the lock, else from the first rule by priority that takes the person, else it is the default
 * (design §1). Being Disabled takes nothing away but the status, so that the role is there again when the person comes
 * back. Whom nothing takes has no account: see `waits`.
 *
 * @param groups ids of the groups the person is in
 * @param locks role ids by tenant id
 */
export const decide = (
  person: PersonFacts,
  groups: ReadonlySet<string>,
  rules: Rules,
  locks: ReadonlyMap<string, string>,
): DesiredAccount[] =>
  [...listCandidates(person, groups, rules, locks)].flatMap(([tenantId, candidates]) => {
    const [winner] = candidates;
    if (winner === undefined) return [];
    const { roleId, groupId, condition } =
      candidates.find(({ origin }) => origin !== "lock") ?? nothing;
    const status = statusIn(tenantId, person, rules);
    return [{ tenantId, ...status, ...winner, directory: { roleId, groupId, condition } }];
  });

/** Whether somebody waits in the lobby: the directory has them, and nothing takes them. */
export const waits = ({ deleted }: PersonFacts, desired: readonly DesiredAccount[]): boolean =>
  !deleted && desired.length === 0;

const statusIn = (
  tenantId: string,
  { active, deleted }: PersonFacts,
  { archived }: Rules,
): Pick<DesiredAccount, "status" | "statusReason"> => {
  if (deleted) return { status: "disabled", statusReason: "deleted" };
  if (!active) return { status: "disabled", statusReason: "directory" };
  if (archived.includes(tenantId)) return { status: "disabled", statusReason: "archived" };
  return { status: "active", statusReason: "directory" };
};

/** Something that could give a person their role in a tenant. */
export type Candidate = {
  readonly origin: "lock" | "mapping" | "default";
  readonly roleId: string;
  /** The group whose mapping it is. */
  readonly groupId: string | null;
  /** The attribute condition whose rule it is, in words. */
  readonly condition: string | null;
};

/**
 * Everything that could give the person a role, for each tenant that a rule leads them to (the default tenant when none
 * does) or a hand put them into: in the order in which they are asked, so that the first wins and the others are why not.
 */
export const listCandidates = (
  { attributes, placed }: Pick<PersonFacts, "attributes" | "placed">,
  groups: ReadonlySet<string>,
  rules: Rules,
  locks: ReadonlyMap<string, string>,
): Map<string, Candidate[]> => {
  const found = new Map<string, Candidate[]>();
  const add = (tenantId: string, candidate: Candidate) =>
    found.set(tenantId, [...(found.get(tenantId) ?? []), candidate]);
  for (const mapping of rules.mappings)
    if (takes(mapping, groups, attributes)) {
      const { tenantId, roleId, groupId, attribute } = mapping;
      const condition = attribute && conditionInWords(attribute);
      add(tenantId, { origin: "mapping", roleId, groupId, condition });
    }
  for (const tenantId of placed)
    if (locks.has(tenantId) && !found.has(tenantId)) found.set(tenantId, []);
  const { tenantId: home, roleId: defaultRoleId } = rules.defaultRole;
  if (defaultRoleId !== null && (found.size === 0 || found.has(home)))
    add(home, { origin: "default", roleId: defaultRoleId, groupId: null, condition: null });
  for (const [tenantId, candidates] of found) {
    const roleId = locks.get(tenantId);
    if (roleId !== undefined)
      found.set(tenantId, [
        { origin: "lock", roleId, groupId: null, condition: null },
        ...candidates,
      ]);
  }
  return found;
};

/** Whether a rule takes somebody. */
export const takes = (
  { groupId, attribute }: Pick<Mapping, "groupId" | "attribute">,
  groups: ReadonlySet<string>,
  attributes: Attributes,
): boolean =>
  attribute === null ? groupId !== null && groups.has(groupId) : meets(attributes, attribute);
