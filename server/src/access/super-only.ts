import { forbidden } from "#http";
import type { Session } from "./session.ts";

/**
 * Access roles are the organisation's: what they allow holds in every tenant.
 * @throws HttpError 403 for somebody of one tenant
 */
export const requireSuperTenant = (session: Session): void => {
  if (session.isSuper) return;
  throw forbidden(
    "Access roles are changed at the super tenant",
    "They hold in every tenant of the organisation. Ask an administrator of the super tenant.",
  );
};
