import {
  createState,
  runCycle,
  type CycleOptions,
  type CycleReport,
  type Directory,
  type GraphUser,
} from "../../../entra-emulator/src/index.ts";
import type { ScimConnection } from "./scim-client.ts";

/** An emulated Entra tenant whose people are pushed to a connection. */
export type EntraTenant = {
  readonly directory: () => Directory;
  /** Changes the source; nothing is pushed yet. */
  readonly change: (edit: (directory: Directory) => Directory) => void;
  /** Runs one provisioning cycle; the first is the initial one. */
  readonly sync: (options?: Partial<CycleOptions>) => Promise<CycleReport>;
};

export const createEntraTenant = (
  { endpoint, token }: Pick<ScimConnection, "endpoint" | "token">,
  start: Directory,
  always: Partial<CycleOptions> = {},
): EntraTenant => {
  let directory = start;
  const state = createState();
  return {
    directory: () => directory,
    change: (edit) => {
      directory = edit(directory);
    },
    sync: (options = {}) =>
      runCycle({ connection: { url: endpoint, token }, directory, state, ...always, ...options }),
  };
};

export const findPerson = ({ users }: Directory, name: string): GraphUser => {
  const found = users.find(({ displayName }) => displayName === name);
  if (found === undefined) throw new Error(`The directory has no ${name}.`);
  return found;
};

/** Sets attributes of a person at the source. */
export const withPerson =
  (name: string, changes: Partial<GraphUser>) =>
  (directory: Directory): Directory => {
    const { id } = findPerson(directory, name);
    const users = directory.users.map((user) => (user.id === id ? { ...user, ...changes } : user));
    return { ...directory, users };
  };

/** Takes a person into a group, or out of it, at the source. */
export const withMembership =
  (groupName: string, name: string, isMember: boolean) =>
  (directory: Directory): Directory => {
    const { id } = findPerson(directory, name);
    const groups = directory.groups.map((group) => {
      if (group.displayName !== groupName) return group;
      const others = group.members.filter((member) => member.id !== id);
      return { ...group, members: isMember ? [...others, { id }] : others };
    });
    return { ...directory, groups };
  };
