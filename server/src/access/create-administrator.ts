import { conflict, invalid } from "#http";
import type { Cause } from "#ledger";
import { listTenants, newOrgId, type Transaction } from "#tenancy";
import type { Access } from "./access.ts";
import { createOrganisation } from "./create-organisation.ts";
import { insertAdministrator } from "./insert-administrator.ts";
import { listOrganisations, pickOrganisation, type Organisation } from "./organisations.ts";
import { hashPassword, requireGoodPassword } from "./password.ts";
import { holdSetup } from "./store/setup-links.ts";
import { findSignInNames, listOrganisationIds } from "./store/sign-in-names.ts";

type Headless = {
  readonly email: string;
  readonly password: string;
  /** By name; made when there is none. Without one: the only organisation there is, or the first. */
  readonly organisation?: string | undefined;
  /** What the ledger says made the administrator. */
  readonly because: string;
};

const firstOrganisation = "My organisation";

/**
 * Makes an Administrator without the console: by command, or from the environment at start.
 * @returns the name of the organisation
 * @throws HttpError 409 when the address signs in to that organisation already, 400 when it is unclear to which
 * organisation, for an address that is none and for a password that cannot be used
 */
export const createAdministrator = async (
  access: Access,
  { email, password, organisation, because }: Headless,
): Promise<string> => {
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw invalid("That is no e-mail address", `"${email}" is not one.`);
  requireGoodPassword(password, email);
  const passwordHash = await hashPassword(password);
  const cause: Cause = {
    kind: "system",
    id: null,
    sentence: because,
    actor: { id: null, name: "Muster" },
  };
  for (;;) {
    const known = await listOrganisations(access);
    const target = chooseOrganisation(known, organisation);
    const isDone = await access.organisations.within(target.orgId, async (tx) => {
      await holdSetup(tx);
      // Another node may have made an organisation since it was chosen.
      if ((await listOrganisationIds(tx)).length !== known.length) return false;
      await refuseKnownAddress(access, email, target);
      const { id: tenantId } = target.isNew
        ? await createOrganisation(tx, target.name, cause)
        : await superTenant(tx);
      const administrator = { tenantId, name: "Administrator", email, passwordHash, cause };
      await insertAdministrator(tx, access, administrator);
      return true;
    });
    if (isDone) return target.name;
  }
};

/**
 * Makes the administrator that the environment names, unless the address can sign in already: what became of that
 * account since (another role or password, Disabled) is left as it is.
 */
export const ensureAdministrator = async (access: Access, headless: Headless): Promise<void> => {
  if ((await findSignInNames(access.pool, headless.email)).length > 0) return;
  await createAdministrator(access, headless).catch((error: Error & { status?: number }) => {
    // Another node was faster.
    if (error.status !== 409) throw error;
  });
};

const chooseOrganisation = (
  known: readonly Organisation[],
  name: string | undefined,
): Organisation & { isNew: boolean } => {
  const found = pickOrganisation(known, name);
  if (found !== undefined) return { ...found, isNew: false };
  return { orgId: newOrgId(), name: name ?? firstOrganisation, isNew: true };
};

const refuseKnownAddress = async (
  { pool }: Access,
  email: string,
  { orgId, name }: Organisation,
) => {
  const names = await findSignInNames(pool, email);
  if (names.some((one) => one.orgId === orgId))
    throw conflict(
      `${email} can sign in already`,
      `It is an account of ${name}. To give it another password, make a sign-in link on its page.`,
    );
};

const superTenant = async (tx: Transaction) => {
  const tenant = (await listTenants(tx)).find(({ isSuper }) => isSuper);
  if (tenant === undefined) throw new Error(`organisation ${tx.orgId} has no super tenant`);
  return tenant;
};
