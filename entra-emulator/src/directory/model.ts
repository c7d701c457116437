/** A directory in Microsoft Graph's own JSON shapes; what a Graph export holds and the provisioning engine reads. */

export type GraphReference = {
  readonly id: string;
  readonly "@odata.type"?: string;
};

type Text = string | null;

export type GraphUser = {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName?: Text;
  readonly givenName?: Text;
  readonly surname?: Text;
  readonly mail?: Text;
  readonly mailNickname?: Text;
  readonly jobTitle?: Text;
  readonly department?: Text;
  readonly employeeId?: Text;
  readonly officeLocation?: Text;
  readonly businessPhones?: readonly string[];
  readonly mobilePhone?: Text;
  readonly faxNumber?: Text;
  readonly streetAddress?: Text;
  readonly city?: Text;
  readonly state?: Text;
  readonly postalCode?: Text;
  readonly country?: Text;
  readonly preferredLanguage?: Text;
  readonly accountEnabled?: boolean | null;
  readonly userType?: Text;
  readonly employeeLeaveDateTime?: Text;
  readonly manager?: GraphReference | null;
  /** Set while the user sits in Entra's recycle bin (30 days). */
  readonly deletedDateTime?: Text;
  /** A delta query's tombstone: `changed` is the recycle bin, `deleted` is for good. */
  readonly "@removed"?: { readonly reason: string };
};

export type GraphGroup = {
  readonly id: string;
  readonly displayName: string;
  readonly description?: Text;
  readonly mailNickname?: Text;
  readonly securityEnabled?: boolean;
  readonly mailEnabled?: boolean;
  readonly members: readonly GraphReference[];
  readonly "@removed"?: { readonly reason: string };
};

/** One row of the enterprise app's `appRoleAssignedTo`, with the role spelled out. */
export type GraphAssignment = {
  readonly principalId: string;
  readonly principalType?: string;
  readonly appRole?: { readonly id: string; readonly value: string; readonly displayName: string };
};

export type Directory = {
  readonly users: readonly GraphUser[];
  readonly groups: readonly GraphGroup[];
  readonly appRoleAssignedTo: readonly GraphAssignment[];
};

const userType = "#microsoft.graph.user";
export const groupType = "#microsoft.graph.group";

/** Gives the reference under which a user is listed among a group's members. */
export function referToUser(id: string): GraphReference {
  return { "@odata.type": userType, id };
}
