import { notFound } from "#http";
import type { Static } from "typebox";
import type { Access } from "./access.ts";
import { presentMe } from "./me.ts";
import type { Me } from "./schemas.ts";
import type { Session } from "./session.ts";
import { startSession } from "./start-session.ts";
import { deleteSession } from "./store/sessions.ts";

/**
 * Goes on as the same person in another tenant: a session of that account takes the place of this one.
 * @throws HttpError 404 when it is not an Active account of the same person
 */
export const switchAccount = async (
  access: Access,
  session: Session,
  { accountId, userAgent }: { accountId: string; userAgent: string | undefined },
): Promise<{ secret: string; me: Static<typeof Me> }> =>
  access.organisations.within(session.orgId, async (tx) => {
    const own = await access.accounts.ofSamePerson(tx, session.accountId);
    const wanted = own.some(({ id }) => id === accountId)
      ? await access.accounts.lock(tx, accountId)
      : undefined;
    if (wanted?.status !== "active") throw notFound("That account of yours");
    deleteSession(tx, session.sessionHash);
    const secret = await startSession(tx, accountId, userAgent);
    return { secret, me: await presentMe(tx, access, accountId) };
  });
