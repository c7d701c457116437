export const coreUser = "urn:ietf:params:scim:schemas:core:2.0:User";
export const coreGroup = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/** Entra still lists this second schema when it creates a group (§3.8). */
export const entraGroup =
  "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";
export const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const listResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
