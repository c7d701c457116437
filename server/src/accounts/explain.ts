/** An account's role with its reason, as a sentence; what the directory gives likewise. */
export const explainRole = (account: {
  roleName: string;
  roleOrigin: string;
  roleGroupName: string | null;
  isLocal: boolean;
}): string => {
  if (account.roleOrigin === "lock" && account.isLocal)
    return `${account.roleName}, given by hand.`;
  if (account.roleOrigin === "lock") return `${account.roleName}, because the role is locked.`;
  return explainDirectoryRole(
    account.roleName,
    account.roleOrigin === "mapping" ? account.roleGroupName : null,
  );
};

/** @param groupName the mapped group the role comes from, null for the default access role */
export const explainDirectoryRole = (roleName: string, groupName: string | null): string =>
  groupName === null
    ? `${roleName}, the default access role, because no group of theirs is mapped.`
    : `${roleName}, because they are a member of ${groupName}.`;

export const explainStatus = (status: string, statusReason: string): string => {
  if (status === "active")
    return statusReason === "administrator" ? "Active, made by hand." : "Active in the directory.";
  switch (statusReason) {
    case "deleted":
      return "Disabled, because the person was deleted from the directory.";
    case "moved":
      return "Disabled here, because their groups no longer lead to this tenant.";
    case "archived":
      return "Disabled, because this tenant is archived. Role and items are remembered.";
    case "administrator":
      return "Disabled by an administrator.";
    default:
      return "Disabled in the directory. Role, groups and items are remembered.";
  }
};
