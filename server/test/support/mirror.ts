import type { Directory, GraphUser } from "../../../entra-emulator/src/index.ts";
import { enterpriseSchema, readMirror, type ScimConnection } from "./scim-client.ts";

/** People and groups under names that both sides know, so that source and mirror can be compared. */
export type Picture = {
  readonly people: ReadonlyMap<string, object>;
  /** Names of the members by name of the group. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
};

/** What a directory, all of it in scope, is to look like at the target. */
export const readSource = ({ users, groups }: Directory): Picture => {
  const mails = new Map(users.map(({ id, mail }) => [id, mail as string]));
  return {
    people: new Map(
      users.map((user) => [
        user.mail as string,
        describe(user, user.manager ? mails.get(user.manager.id) : undefined),
      ]),
    ),
    groups: new Map(
      groups.map(({ displayName, members }) => [
        displayName,
        new Set(members.map(({ id }) => mails.get(id) as string)),
      ]),
    ),
  };
};

const describe = (user: GraphUser, manager: string | undefined) => ({
  active: user.accountEnabled !== false,
  displayName: user.displayName,
  externalId: user.mailNickname,
  givenName: user.givenName,
  familyName: user.surname,
  title: user.jobTitle,
  department: user.department,
  employeeNumber: user.employeeId,
  mail: user.mail,
  manager,
});

/** What is at the target, read through SCIM. */
export const mirroredSource = async (connection: ScimConnection): Promise<Picture> => {
  const users = await readMirror(connection, "Users");
  const groups = await readMirror(connection, "Groups");
  const names = new Map<string, string>(users.map(({ id, userName }) => [id, userName]));
  return {
    people: new Map(
      users.map((user) => {
        const enterprise = user[enterpriseSchema] ?? {};
        return [
          user.userName,
          {
            active: user.active,
            displayName: user.displayName,
            externalId: user.externalId,
            givenName: user.name?.givenName,
            familyName: user.name?.familyName,
            title: user.title,
            department: enterprise.department,
            employeeNumber: enterprise.employeeNumber,
            mail: user.emails?.[0]?.value,
            manager: names.get(enterprise.manager?.value),
          },
        ];
      }),
    ),
    groups: new Map(
      groups.map(({ displayName, members = [] }) => [
        displayName,
        new Set((members as { value: string }[]).map(({ value }) => names.get(value) as string)),
      ]),
    ),
  };
};
