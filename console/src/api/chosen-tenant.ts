/** The tenant that somebody at the super tenant looks at, kept in this browser for their account only. */
const key = "muster-tenant";

let chosen: string | undefined;

/** What each request says, unless it asks for all tenants. */
export const chosenTenant = (): string | undefined => chosen;

/** Takes up what was chosen in this browser before, if it was by the same account. */
export const adoptTenant = (account: { id: string; mayChoose: boolean }): void => {
  const [accountId, tenantId] = (localStorage.getItem(key) ?? "").split(" ");
  chosen = account.mayChoose && accountId === account.id ? tenantId : undefined;
};

export const chooseTenant = (accountId: string, tenantId: string | undefined): void => {
  chosen = tenantId;
  if (tenantId === undefined) localStorage.removeItem(key);
  else localStorage.setItem(key, `${accountId} ${tenantId}`);
};
