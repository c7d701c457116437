/** Sign-in, sessions, access roles and permissions. */
export type { Access } from "./access.ts";
export type { AccountDirectory, RoleUsage } from "./account-directory.ts";
export { losesAccess } from "./built-in-roles.ts";
export { createAdministrator, ensureAdministrator } from "./create-administrator.ts";
export { createOrganisation, organisationCreated } from "./create-organisation.ts";
export { endSessions } from "./end-sessions.ts";
export { joinSignIn, splitSignIn } from "./join-sign-in.ts";
export { countAgainst, minutesOf, type FailureLimit } from "./failure-limit.ts";
export { findSignIn } from "./find-sign-in.ts";
export { requireMayActAs, requireMayGrant } from "./grant.ts";
export { listOrganisations, pickOrganisation } from "./organisations.ts";
export {
  declaredIn,
  definePermissions,
  ledgerPermissions,
  rolePermissions,
  type Permission,
} from "./permissions.ts";
export { requireSession } from "./require-session.ts";
export { permissionNames } from "./role-change.ts";
export { roleName, roleNames } from "./role-name.ts";
export { registerAccessRoutes } from "./routes.ts";
export { sessionCookieName } from "./session-cookie.ts";
export { administratorCause, sessionOf, type Session } from "./session.ts";
export { createSetupLink } from "./set-up.ts";
export { findRoleByKey, listRoles, type Role } from "./store/roles.ts";
export { changeSignInNames } from "./store/sign-in-names.ts";
export { subscriberAt } from "./subscriber.ts";
export { accessIrreversible, accessReversals, undoerOf } from "./undo.ts";
