import type { AccountWrite } from "./store/accounts.ts";
import type { CurrentAccount } from "./store/decision-inputs.ts";

/** What the decision changes about one account; `before` is undefined for a new one. */
export type AccountChange = {
  readonly before: CurrentAccount | undefined;
  readonly after: AccountWrite;
};
