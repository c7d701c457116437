import { countMisdecided } from "../support/application.ts";
import type { Session } from "../support/api-client.ts";
import { readMirror, requestScim, type ScimConnection } from "../support/scim-client.ts";

const sample = 100;
/** A longer name makes an address that is refused for its length. */
const longestAsked = 500;

/** What does not agree with itself in the mirror and in what was decided from it; empty when all is well. */
export const inconsistencies = async (
  session: Session,
  connection: ScimConnection,
): Promise<string[]> => {
  const users = await readMirror(connection, "Users");
  const groups = await readMirror(connection, "Groups");
  const found: string[] = [];
  const ids = new Set([...users, ...groups].map(({ id }) => id));
  if (ids.size !== users.length + groups.length) found.push("a resource is listed twice");
  const names = new Set(users.map(({ userName }) => userName.toLowerCase()));
  if (names.size !== users.length) found.push("two users have one userName");

  for (const { id, members = [] } of groups)
    for (const { value } of members)
      if (!ids.has(value)) found.push(`group ${id} has a member that is nobody: ${value}`);
  for (const user of users.slice(0, sample)) {
    const { body } = await requestScim(connection, { path: `/Users/${user.id}` });
    if (body.userName !== user.userName)
      found.push(`user ${user.id} is read and listed differently`);
    if (user.userName.length > longestAsked) continue;
    const filter = encodeURIComponent(`userName eq ${JSON.stringify(user.userName)}`);
    const { body: byName } = await requestScim(connection, { path: `/Users?filter=${filter}` });
    if (byName.totalResults !== 1 || byName.Resources[0].id !== user.id)
      found.push(`user ${user.id} is not found by userName ${JSON.stringify(user.userName)}`);
  }
  if (users.length > 0 && (await countMisdecided(session, connection.id)) > 0)
    found.push("a Sub Account is not what the mirror and the rules give");
  return found;
};
