import { setTimeout as sleep } from "node:timers/promises";
import type { Answered, Session } from "./api-client.ts";

type MappingDraft = {
  readonly groupId: string;
  readonly roleId: string;
  readonly tenantId?: string;
};

/** Waits until a rule edit has reached everybody. Gives the application, done. */
export const awaitApplication = async (session: Session, id: string): Promise<Answered["body"]> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const { body } = await session.get(`/role-applications/${id}`);
    if (body.state !== "running") return body;
  }
  throw new Error(`The application ${id} does not come to an end.`);
};

/** Saves group mappings, first wins, and waits until everybody is decided by them. */
export const mapGroups = async (
  session: Session,
  connectionId: string,
  mappings: readonly MappingDraft[],
): Promise<Answered["body"]> => {
  const { status, body } = await session.put(`/connections/${connectionId}/group-mappings`, {
    mappings,
  });
  if (status !== 200) throw new Error(`Not saved: ${status} ${JSON.stringify(body)}`);
  return awaitApplication(session, body.application.id);
};

/**
 * Applies the rules once more, as they are, to everybody.
 * @returns how many accounts were not what decide() gives for the mirror: 0, if property 4 holds
 */
export const countMisdecided = async (session: Session, connectionId: string): Promise<number> => {
  const { body } = await session.get(`/connections/${connectionId}/group-mappings`);
  const mappings = (body.items as Answered["body"][])
    .filter(({ role }) => role !== null)
    .map(({ group, role, tenant }) => ({
      groupId: group.id,
      roleId: role.id,
      tenantId: tenant.id,
    }));
  const { state, changed, total, done } = await mapGroups(session, connectionId, mappings);
  if (state !== "done" || total === 0 || done !== total)
    throw new Error(`Nothing was decided again: ${state}, ${done} of ${total}`);
  return changed;
};

/** Ids of access roles by what they are called. */
export const roleIds = async (session: Session): Promise<Map<string, string>> => {
  const { body } = await session.get("/roles");
  return new Map((body.items as { id: string; name: string }[]).map(({ id, name }) => [name, id]));
};
