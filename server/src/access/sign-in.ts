import { unauthorized } from "#http";
import type { OrgId } from "#tenancy";
import type { Static } from "typebox";
import type { Access } from "./access.ts";
import { presentMe } from "./me.ts";
import { verifyPassword } from "./password.ts";
import type { Me } from "./schemas.ts";
import { recogniseDevice, rememberDevice, type KnownDevice } from "./known-device.ts";
import { limited, limitsOfSignIn, type Attempt } from "./sign-in-limits.ts";
import { startSession } from "./start-session.ts";
import { findPassword } from "./store/passwords.ts";
import { findSignInNames } from "./store/sign-in-names.ts";

/** A started session: the secret for its cookie, and whose it is. */
export type SignedIn = {
  readonly secret: string;
  readonly me: Static<typeof Me>;
  /** For the cookie by which the browser is known the next time. */
  readonly device?: string;
};

type Credentials = Attempt & {
  readonly password: string;
  readonly userAgent: string | undefined;
  /** What the browser says it is known by. */
  readonly device: string | undefined;
};

/**
 * Lets somebody in by e-mail address and password. One address may belong to accounts of several organisations (or
 * tenants): each account has a password of its own, and the first-made one whose password it is gets the session; whoever
 * wants the other gives it another password.
 * @throws HttpError 401, the same for an unknown address, a wrong password and a Disabled account; 429
 */
export const signIn = async (access: Access, credentials: Credentials): Promise<SignedIn> => {
  const device = await recogniseDevice(access, credentials.device, credentials.email);
  const signedIn = await limited(access.pool, limitsOfSignIn(credentials, device), () =>
    tryEach(access, credentials, device),
  );
  if (signedIn !== undefined) return signedIn;
  throw unauthorized(
    "E-mail or password is wrong",
    "Check both. If you forgot the password, ask an administrator for a sign-in link.",
  );
};

const tryEach = async (
  access: Access,
  { email, password, userAgent }: Credentials,
  device: KnownDevice | undefined,
): Promise<SignedIn | undefined> => {
  const names = await findSignInNames(access.pool, email);
  if (names.length === 0) await verifyPassword(undefined, password);
  for (const name of names) {
    const signedIn = await tryOne(access, name, { password, userAgent, device });
    if (signedIn !== undefined) return signedIn;
  }
  return undefined;
};

const tryOne = async (
  access: Access,
  { orgId, accountId }: { orgId: OrgId; accountId: string },
  given: Pick<Credentials, "password" | "userAgent"> & {
    readonly device: KnownDevice | undefined;
  },
): Promise<SignedIn | undefined> => {
  const { organisations, accounts } = access;
  const known = await organisations.within(orgId, (tx) => findPassword(tx, accountId));
  if (!(await verifyPassword(known?.hash, given.password))) return undefined;
  return organisations.within(orgId, async (tx) => {
    const account = await accounts.lock(tx, accountId);
    // Checking took a while: the password may have been changed meanwhile.
    const now = await findPassword(tx, accountId);
    if (account?.status !== "active" || now?.hash !== known?.hash) return undefined;
    const secret = await startSession(tx, accountId, given.userAgent);
    const device = await rememberDevice(tx, accountId, given.device);
    return { secret, device, me: await presentMe(tx, access, accountId) };
  });
};
