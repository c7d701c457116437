import { groupType } from "../directory/model.ts";
import type { Directory } from "../directory/model.ts";

/** The portal's choice: everybody, or only users and groups assigned to the app. */
export type ScopeMode = "all" | "assigned";

export type Assignment = {
  readonly isAssigned: (objectId: string) => boolean;
  /** The principals whose app roles a user bears: themselves and the assigned groups they are directly in. */
  readonly principalsOf: (userId: string) => ReadonlySet<string>;
};

/** Works out who is assigned. Only direct members of an assigned group are; groups in it are not opened (§2.3). */
export function resolveAssignment(directory: Directory, mode: ScopeMode): Assignment {
  const principals = new Set(directory.appRoleAssignedTo.map((row) => row.principalId));
  const bearers = new Map<string, Set<string>>();
  const bear = (userId: string, principalId: string): void => {
    const known = bearers.get(userId);
    if (known === undefined) bearers.set(userId, new Set([principalId]));
    else known.add(principalId);
  };
  for (const principal of principals) bear(principal, principal);
  for (const group of directory.groups) {
    if (!principals.has(group.id)) continue;
    for (const member of group.members) {
      if (member["@odata.type"] !== groupType) bear(member.id, group.id);
    }
  }
  return {
    isAssigned: (objectId) => mode === "all" || bearers.has(objectId),
    principalsOf: (userId) => bearers.get(userId) ?? new Set(),
  };
}
