/** An account's role with its reason, as a sentence; what the directory gives likewise. */
export const explainRole = (account: {
  roleName: string;
  roleOrigin: string;
  roleGroupName: string | null;
  roleCondition: string | null;
  isLocal: boolean;
}): string => {
  if (account.roleOrigin === "lock" && account.isLocal)
    return `${account.roleName}, given by hand.`;
  if (account.roleOrigin === "lock") return `${account.roleName}, because the role is locked.`;
  return explainDirectoryRole(
    account.roleName,
    account.roleOrigin === "mapping" ? account.roleGroupName : null,
    account.roleOrigin === "mapping" ? account.roleCondition : null,
  );
};

/**
 * @param groupName the mapped group the role comes from
 * @param condition or the attribute condition, in words; neither for the default access role
 */
export const explainDirectoryRole = (
  roleName: string,
  groupName: string | null,
  condition: string | null = null,
): string => {
  if (condition !== null) return `${roleName}, because ${condition}.`;
  if (groupName !== null) return `${roleName}, because they are a member of ${groupName}.`;
  return `${roleName}, the default access role, because no rule takes them.`;
};

export const explainStatus = (status: string, statusReason: string): string => {
  if (status === "active")
    return statusReason === "administrator" ? "Active, made by hand." : "Active in the directory.";
  switch (statusReason) {
    case "deleted":
      return "Disabled, because the person was deleted from the directory.";
    case "moved":
      return "Disabled here, because no rule leads them to this tenant any more.";
    case "archived":
      return "Disabled, because this tenant is archived. Role and items are remembered.";
    case "joined":
      return "Goes on as the Sub Account that the directory sent; joined by an administrator.";
    case "administrator":
      return "Disabled by an administrator.";
    default:
      return "Disabled in the directory. Role, groups and items are remembered.";
  }
};
