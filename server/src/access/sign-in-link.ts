import { conflict, forbidden, notFound } from "#http";
import { record, type Cause } from "#ledger";
import { findOrganisation, type Transaction } from "#tenancy";
import type { Static } from "typebox";
import type { Access } from "./access.ts";
import type { KnownAccount } from "./account-directory.ts";
import { requireMayActAs } from "./grant.ts";
import { rememberDevice } from "./known-device.ts";
import { presentMe } from "./me.ts";
import { hashPassword, requireGoodPassword } from "./password.ts";
import type { SignInLinkState } from "./schemas.ts";
import { hashSecret, newSecretOf, readSecret } from "./secret.ts";
import { administratorCause, type Session } from "./session.ts";
import { requireEmail, setPassword } from "./set-password.ts";
import type { SignedIn } from "./sign-in.ts";
import { startSession } from "./start-session.ts";
import { findRole } from "./store/roles.ts";
import { deleteSessions } from "./store/sessions.ts";
import {
  deleteSignInLinks,
  findSignInLink,
  insertSignInLink,
  takeSignInLink,
} from "./store/sign-in-links.ts";

const lifetime = 72 * 3_600_000;

/**
 * Makes a one-time link by which a person sets a password and comes in; a link made before becomes worthless.
 * @throws HttpError 404, 409 for a Disabled account or one without an e-mail address, 403 for somebody who may do more, here or
 * in another tenant
 */
export const createSignInLink = (
  { organisations, accounts, url }: Access,
  session: Session,
  accountId: string,
): Promise<{ url: string; expiresAt: string }> =>
  organisations.within(session.orgId, async (tx) => {
    const account = await accounts.lock(tx, accountId);
    if (account === undefined || !(session.isSuper || account.tenantId === session.tenantId))
      throw notFound("Sub Account");
    if (account.status !== "active")
      throw conflict(
        `${account.name} is Disabled`,
        "Nobody can sign in to a Disabled Sub Account.",
      );
    requireEmail(account);
    const role = await findRole(tx, account.roleId);
    // Else whoever may edit people could become any of them.
    if (role && !session.mayGrant(role))
      throw forbidden(
        `${account.name} may do more than you`,
        `A sign-in link would let you act as ${role.name}. Ask somebody with that role to make it.`,
      );
    await tx.seeAllTenants();
    const own = await tx.withoutScope(() => accounts.ofSamePerson(tx, accountId));
    await requireMayActAs(tx, session, own);
    const { text, hash } = newSecretOf(tx.orgId);
    const expiresAt = new Date(tx.now.getTime() + lifetime);
    const createdBy = session.accountName;
    await insertSignInLink(tx, { hash, accountId: account.id, createdBy, expiresAt });
    deleteSignInLinks(tx, [account.id], hash);
    record(tx, administratorCause(session, `${createdBy} made a sign-in link`), [
      {
        action: "account.sign-in-link-made",
        sentence: "Sign-in link made",
        subject: { kind: "account", id: account.id, name: account.name },
        tenantId: account.tenantId,
        after: { expiresAt },
      },
    ]);
    return { url: `${url}/welcome/${text}`, expiresAt: expiresAt.toISOString() };
  });

/** Whether a link can be used, and who is welcomed by it. */
export const describeSignInLink = async (
  { organisations, accounts }: Access,
  token: string,
): Promise<Static<typeof SignInLinkState>> => {
  const secret = readSecret(token);
  if (secret === undefined) return { valid: false };
  return organisations.within(secret.orgId, async (tx) => {
    const link = await findSignInLink(tx, secret.hash);
    const account = link && (await accounts.find(tx, link.accountId));
    const organisation = await findOrganisation(tx);
    if (account?.status !== "active" || account.email === null) return { valid: false };
    return {
      valid: true,
      name: account.name,
      email: account.email,
      ...(organisation && { organisation: organisation.name }),
    };
  });
};

type Use = {
  readonly token: string;
  readonly password: string;
  readonly userAgent: string | undefined;
};

/**
 * Sets the password of whoever the link is for, uses the link up and lets them in. Sessions started before end.
 * @throws HttpError 404 for a link that cannot be used, 400 for a password that cannot
 */
export const useSignInLink = async (
  access: Access,
  { token, password, userAgent }: Use,
): Promise<SignedIn> => {
  const { email } = await describeSignInLink(access, token);
  const secret = readSecret(token);
  if (secret === undefined || email === undefined) throw worthless();
  requireGoodPassword(password, email);
  const passwordHash = await hashPassword(password);
  return access.organisations.within(secret.orgId, async (tx) => {
    const account = await takeLink(tx, access, secret.hash);
    await setPassword(tx, account, passwordHash, ownCause(account));
    const session = await startSession(tx, account.id, userAgent);
    deleteSessions(tx, [account.id], hashSecret(session));
    const device = await rememberDevice(tx, account.id);
    return { secret: session, device, me: await presentMe(tx, access, account.id) };
  });
};

const takeLink = async (tx: Transaction, { accounts }: Access, hash: Buffer) => {
  const link = await findSignInLink(tx, hash);
  const account = link && (await accounts.lock(tx, link.accountId));
  if (account?.status !== "active" || !(await takeSignInLink(tx, hash))) throw worthless();
  return account;
};

const worthless = () =>
  notFound(
    "Sign-in link",
    "It has been used, has expired, or a newer one was made. Ask an administrator for a new one.",
  );

const ownCause = ({ id, name }: KnownAccount): Cause => ({
  kind: "administrator",
  id: null,
  sentence: `${name} used a sign-in link`,
  actor: { id, name },
});
