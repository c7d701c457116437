import { ApiError } from "../api/api-error.ts";
import type { Me } from "../api/contract.ts";

/** For a route's `beforeLoad`: who may not see the page is told so, and asks the server for nothing. */
export const allow =
  (permission: string) =>
  ({ context: { me } }: { context: { me: Me } }): void => {
    if (me.permissions.includes(permission)) return;
    throw new ApiError({
      type: "about:blank",
      status: 403,
      title: "You may not see this page",
      detail: `Your access role, ${me.role.name}, lacks "${permission}". Ask an administrator for a role that has it.`,
    });
  };
