import { referToUser } from "./model.ts";
import type { Directory, GraphGroup, GraphUser } from "./model.ts";
import { departments } from "./names.ts";
import type { Department } from "./names.ts";
import { hirePerson } from "./person.ts";
import { seedChance } from "./random.ts";
import type { Chance } from "./random.ts";

export type StoryEvent = {
  readonly kind: "joined" | "moved" | "left" | "returned";
  readonly userId: string;
  /** One line for a reader: "Ana Ito moved from Sales to IT Operations". */
  readonly sentence: string;
};

export type Chapter = { readonly directory: Directory; readonly events: readonly StoryEvent[] };

type Turn = { readonly directory: Directory; readonly event: StoryEvent };

/** The plot: one chapter between two cycles, over and over. Somebody must leave before they can return. */
const plot: readonly (readonly StoryEvent["kind"][])[] = [
  ["moved", "joined"],
  ["left", "moved"],
  ["returned", "joined"],
  ["left"],
];

/**
 * Tells one chapter of the seeded story. Takes the directory as the chapter before left it, and the chapter's
 * number from 0; the same directory, seed and number give the same chapter. Gives the directory afterwards.
 */
export function tellChapter(directory: Directory, seed: number, chapter: number): Chapter {
  const chance = seedChance(seed * 1000 + chapter);
  const events: StoryEvent[] = [];
  let current = directory;
  for (const kind of plot[chapter % plot.length] ?? []) {
    const turn = turns[kind](current, chance, chapter);
    if (turn === undefined) continue;
    current = turn.directory;
    events.push(turn.event);
  }
  return { directory: current, events };
}

/** Tells the chapters from 0 up to, not including, `chapters`: how a later run finds the story's place again. */
export function retellStory(directory: Directory, seed: number, chapters: number): Directory {
  let current = directory;
  for (let chapter = 0; chapter < chapters; chapter += 1) {
    current = tellChapter(current, seed, chapter).directory;
  }
  return current;
}

const turns: Record<
  StoryEvent["kind"],
  (directory: Directory, chance: Chance, chapter: number) => Turn | undefined
> = { joined: join, moved: move, left: leave, returned: comeBack };

function join(directory: Directory, chance: Chance): Turn {
  const department = chance.pick(departments);
  const mailboxes = new Set(directory.users.map((user) => user.mailNickname ?? ""));
  const manager = directory.users.find(
    (user) => user.department === department.name && isOrdinary(user),
  );
  const user = hirePerson(chance, {
    department,
    number: 90_000 + directory.users.length,
    isMailboxTaken: (mailbox) => mailboxes.has(mailbox),
    ...(manager === undefined ? {} : { manager: { id: manager.id } }),
  });
  const users = [...directory.users, user];
  const groups = changeMembers(directory.groups, user.id, undefined, department.name);
  const sentence = `${user.displayName} joined ${department.name} as ${user.jobTitle}`;
  return {
    directory: { ...directory, users, groups },
    event: { kind: "joined", userId: user.id, sentence },
  };
}

function move(directory: Directory, chance: Chance): Turn | undefined {
  const known = new Set(departments.map((department) => department.name));
  const movable = directory.users.filter(
    (user) => isOrdinary(user) && known.has(user.department ?? ""),
  );
  if (movable.length === 0) return undefined;
  const user = chance.pick(movable);
  const destination = chance.pick(listDestinations(directory, user));
  const jobTitle = chance.pick(destination.titles);
  const moved: GraphUser = { ...user, department: destination.name, jobTitle };
  const from = user.department ?? "";
  const groups = changeMembers(directory.groups, user.id, from, destination.name);
  const sentence = `${user.displayName} moved from ${from} to ${destination.name}`;
  return {
    directory: { ...directory, users: replaceUser(directory.users, moved), groups },
    event: { kind: "moved", userId: user.id, sentence },
  };
}

/** Departments with a group of their own are preferred: a move there is one that the target can see as such. */
function listDestinations({ groups }: Directory, user: GraphUser): readonly Department[] {
  const others = departments.filter((department) => department.name !== user.department);
  const grouped = others.filter(({ name }) => groups.some((group) => isGroupOf(group, name)));
  return grouped.length > 0 ? grouped : others;
}

function leave(directory: Directory, chance: Chance, chapter: number): Turn | undefined {
  const employed = directory.users.filter(isOrdinary);
  if (employed.length === 0) return undefined;
  const user = chance.pick(employed);
  return {
    directory: {
      ...directory,
      users: replaceUser(directory.users, {
        ...user,
        accountEnabled: false,
        employeeLeaveDateTime: dayOf(chapter),
      }),
    },
    event: {
      kind: "left",
      userId: user.id,
      sentence: `${user.displayName} left (account disabled)`,
    },
  };
}

function comeBack(directory: Directory, chance: Chance): Turn | undefined {
  const gone = directory.users.filter((user) => user.accountEnabled === false && isReachable(user));
  if (gone.length === 0) return undefined;
  const leavers = gone.filter((user) => (user.employeeLeaveDateTime ?? "") !== "");
  const user = chance.pick(leavers.length > 0 ? leavers : gone);
  return {
    directory: {
      ...directory,
      users: replaceUser(directory.users, {
        ...user,
        accountEnabled: true,
        employeeLeaveDateTime: null,
      }),
    },
    event: { kind: "returned", userId: user.id, sentence: `${user.displayName} returned` },
  };
}

function isOrdinary(user: GraphUser): boolean {
  return user.accountEnabled !== false && isReachable(user);
}

function isReachable(user: GraphUser): boolean {
  const isDeleted = (user.deletedDateTime ?? "") !== "" || user["@removed"] !== undefined;
  return !isDeleted && user.userType !== "Guest" && (user.mail ?? "") !== "";
}

function replaceUser(users: readonly GraphUser[], changed: GraphUser): readonly GraphUser[] {
  return users.map((user) => (user.id === changed.id ? changed : user));
}

function changeMembers(
  groups: readonly GraphGroup[],
  userId: string,
  from: string | undefined,
  to: string,
): readonly GraphGroup[] {
  return groups.map((group) => {
    const others = group.members.filter((member) => member.id !== userId);
    if (isGroupOf(group, to)) return { ...group, members: [...others, referToUser(userId)] };
    if (from !== undefined && isGroupOf(group, from)) return { ...group, members: others };
    return group;
  });
}

/** Department groups carry the department's name, or begin with it ("Sales EMEA"). */
function isGroupOf({ displayName }: GraphGroup, department: string): boolean {
  return displayName === department || displayName.startsWith(`${department} `);
}

/** A chapter is a day of the story's calendar, which begins with 2026. */
function dayOf(chapter: number): string {
  return new Date(Date.UTC(2026, 0, 1 + chapter)).toISOString();
}
