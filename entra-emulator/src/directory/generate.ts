import { referToUser } from "./model.ts";
import type { Directory, GraphGroup, GraphUser } from "./model.ts";
import { departments } from "./names.ts";
import { hirePerson } from "./person.ts";
import { seedChance } from "./random.ts";
import type { Chance } from "./random.ts";

const reportsPerManager = 8;
const peoplePerTeam = 100;

/**
 * Makes up an organisation: managers form a tree, every department has a group, and about every hundred
 * people form a team group. Takes the number of people and a seed; the same two give the same directory.
 */
export function generateDirectory(size: number, seed = 1): Directory {
  const chance = seedChance(seed);
  const mailboxes = new Set<string>();
  const users: GraphUser[] = [];
  for (let index = 0; index < size; index += 1) {
    const manager = index === 0 ? undefined : users[Math.floor((index - 1) / reportsPerManager)];
    const department = departments[index % departments.length];
    if (department === undefined) throw new RangeError("No departments.");
    const person = hirePerson(chance, {
      department,
      number: index + 1,
      isMailboxTaken: (mailbox) => mailboxes.has(mailbox),
      ...(index === 0 ? { title: "Chief Executive Officer" } : {}),
      ...(manager === undefined ? {} : { manager: { id: manager.id } }),
    });
    mailboxes.add(person.mailNickname ?? "");
    users.push(person);
  }
  return {
    users,
    groups: [...groupDepartments(users, chance), ...groupTeams(users, chance)],
    appRoleAssignedTo: [],
  };
}

function groupDepartments(users: readonly GraphUser[], chance: Chance): GraphGroup[] {
  return departments.map(({ name }) =>
    formGroup(
      chance,
      name,
      users.filter((user) => user.department === name),
    ),
  );
}

function groupTeams(users: readonly GraphUser[], chance: Chance): GraphGroup[] {
  return Array.from({ length: Math.ceil(users.length / peoplePerTeam) }, (_, index) =>
    formGroup(
      chance,
      `Team ${String(index + 1).padStart(3, "0")}`,
      users.slice(index * peoplePerTeam, (index + 1) * peoplePerTeam),
    ),
  );
}

function formGroup(chance: Chance, displayName: string, users: readonly GraphUser[]): GraphGroup {
  return {
    id: chance.uuid(),
    displayName,
    securityEnabled: true,
    mailEnabled: false,
    members: users.map((user) => referToUser(user.id)),
  };
}
