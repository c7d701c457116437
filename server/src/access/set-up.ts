import { conflict, forbidden } from "#http";
import type { Cause } from "#ledger";
import { newOrgId } from "#tenancy";
import type { Pool } from "pg";
import type { Access } from "./access.ts";
import { createOrganisation } from "./create-organisation.ts";
import { insertAdministrator } from "./insert-administrator.ts";
import { presentMe } from "./me.ts";
import { hashPassword, requireGoodPassword } from "./password.ts";
import { hashSecret, newSecret } from "./secret.ts";
import type { SignedIn } from "./sign-in.ts";
import { startSession } from "./start-session.ts";
import { holdSetup, isSetupLink, replaceSetupLink, takeSetupLink } from "./store/setup-links.ts";
import { listOrganisationIds } from "./store/sign-in-names.ts";

/**
 * The one-time link to make the first administrator, worthless once a newer one is made.
 * @returns undefined when an organisation exists
 */
export const createSetupLink = async ({
  pool,
  url,
}: Pick<Access, "pool" | "url">): Promise<string | undefined> => {
  if (await isSetUp(pool)) return undefined;
  const { text, hash } = newSecret();
  await replaceSetupLink(pool, hash);
  return `${url}/setup?token=${text}`;
};

const isSetUp = async (pool: Pool): Promise<boolean> =>
  (await listOrganisationIds(pool)).length > 0;

/** Whether setting up is still to be done, and whether this is the link for it. */
export const describeSetup = async (
  { pool }: Access,
  token: string | undefined,
): Promise<{ needed: boolean; valid: boolean }> => {
  const needed = !(await isSetUp(pool));
  return {
    needed,
    valid: needed && token !== undefined && (await isSetupLink(pool, hashSecret(token))),
  };
};

type Setup = {
  readonly token: string;
  readonly organisation: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly userAgent: string | undefined;
};

/**
 * Makes the organisation and its first administrator, and lets them in. Of two at once, one gets it.
 * @throws HttpError 409 when it is done already, 403 for a wrong link, 400 for a password that cannot be used
 */
export const completeSetup = async (
  access: Access,
  { token, organisation, name, email, password, userAgent }: Setup,
): Promise<SignedIn> => {
  if (await isSetUp(access.pool)) throw alreadyDone();
  if (!(await isSetupLink(access.pool, hashSecret(token)))) throw wrongLink();
  requireGoodPassword(password, email);
  const passwordHash = await hashPassword(password);
  return access.organisations.within(newOrgId(), async (tx) => {
    await holdSetup(tx);
    if ((await listOrganisationIds(tx)).length > 0) throw alreadyDone();
    if (!(await takeSetupLink(tx, hashSecret(token)))) throw wrongLink();
    const cause = causedBy(name);
    const { id: tenantId } = await createOrganisation(tx, organisation, cause);
    const administrator = { tenantId, name, email, passwordHash, cause };
    const { id } = await insertAdministrator(tx, access, administrator);
    return {
      secret: await startSession(tx, id, userAgent),
      me: await presentMe(tx, access, id),
    };
  });
};

const causedBy = (name: string): Cause => ({
  kind: "administrator",
  id: null,
  sentence: `${name} set up Muster with the one-time link`,
  actor: { id: null, name },
});

const alreadyDone = () =>
  conflict("Muster is set up already", "Sign in, or ask an administrator for a sign-in link.");

const wrongLink = () =>
  forbidden(
    "That set-up link is not valid",
    "Each start of Muster prints a new one and makes the one before worthless: use the newest.",
  );
