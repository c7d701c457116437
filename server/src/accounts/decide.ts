/** What the directory says of a person, as far as it decides anything. */
export type PersonFacts = { readonly active: boolean; readonly deleted: boolean };

/** Members of the group get the role in the tenant. */
export type Mapping = {
  readonly groupId: string;
  readonly tenantId: string;
  readonly roleId: string;
};

export type Rules = {
  /** For people in no mapped group. */
  readonly defaultRole: { readonly tenantId: string; readonly roleId: string };
  /** In order of priority: in each tenant the first that matches wins. */
  readonly mappings: readonly Mapping[];
  /** Ids of archived tenants: rules still lead there, to a Disabled account, and no further on. */
  readonly archived: readonly string[];
};

/** Where a role comes from when no lock is in the way; no group means the default access role. */
export type DirectoryRole = { readonly roleId: string; readonly groupId: string | null };

export type DesiredAccount = {
  readonly tenantId: string;
  readonly status: "active" | "disabled";
  readonly statusReason: "directory" | "deleted" | "archived";
  readonly roleId: string;
  readonly origin: "lock" | "mapping" | "default";
  /** The mapped group the role comes from. */
  readonly groupId: string | null;
  /** What the directory gives, also while a lock holds the role. */
  readonly directory: DirectoryRole;
};

/**
 * The decision: which Sub Accounts a person has, with which role and why. The only place where it is made, for a live
 * request, a rule edit, a preview and an explanation alike. Pure: the same mirror, rules and locks give the same answer.
 *
 * A role comes from the lock, else from the first mapped group by priority, else it is the default (design §1). Being
 * Disabled takes nothing away but the status, so that the role is there again when the person comes back.
 *
 * @param groups ids of the groups the person is in
 * @param locks role ids by tenant id
 */
export const decide = (
  person: PersonFacts,
  groups: ReadonlySet<string>,
  rules: Rules,
  locks: ReadonlyMap<string, string>,
): DesiredAccount[] => {
  return [...listCandidates(groups, rules, locks)].flatMap(([tenantId, candidates]) => {
    const [winner] = candidates;
    const directory = candidates.find(({ origin }) => origin !== "lock");
    if (winner === undefined || directory === undefined) return [];
    const { roleId, groupId } = directory;
    const status = statusIn(tenantId, person, rules);
    return [{ tenantId, ...status, ...winner, directory: { roleId, groupId } }];
  });
};

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
};

/**
 * Everything that could give the person a role, for each tenant that their groups lead to (the default tenant when none
 * does): in the order in which they are asked, so that the first wins and the others are why not.
 */
export const listCandidates = (
  groups: ReadonlySet<string>,
  rules: Rules,
  locks: ReadonlyMap<string, string>,
): Map<string, Candidate[]> => {
  const found = new Map<string, Candidate[]>();
  const add = (tenantId: string, candidate: Candidate) =>
    found.set(tenantId, [...(found.get(tenantId) ?? []), candidate]);
  for (const { tenantId, roleId, groupId } of rules.mappings)
    if (groups.has(groupId)) add(tenantId, { origin: "mapping", roleId, groupId });
  const { tenantId: home, roleId: defaultRoleId } = rules.defaultRole;
  if (found.size === 0 || found.has(home))
    add(home, { origin: "default", roleId: defaultRoleId, groupId: null });
  for (const [tenantId, candidates] of found) {
    const roleId = locks.get(tenantId);
    if (roleId !== undefined)
      found.set(tenantId, [{ origin: "lock", roleId, groupId: null }, ...candidates]);
  }
  return found;
};
