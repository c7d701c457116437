/** Tenants as people see them: made, renamed, archived, and counted side by side. */
export { tenantPermissions } from "./permissions.ts";
export { registerTenantRoutes } from "./routes.ts";
export { tenantCreated } from "./change-tenants.ts";
export { tenantReversals } from "./undo.ts";
