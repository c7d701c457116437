import { evaluateFilter, scimErrors, type Filter } from "@muster/scim";
import { applyDecisions, isMapped } from "#accounts";
import {
  addMembers,
  existingGroupIds,
  listMemberIds,
  listMembersAmong,
  lockPeople,
  removeMembers,
  saveMembers,
  type MemberKind,
  type Person,
} from "#directory";
import { record, type Change as LedgerChange } from "#ledger";
import { isId, type Transaction } from "#tenancy";
import type { Call } from "./call.ts";

/** One change of a group's list of members. */
export type MemberStep =
  | { readonly kind: "add" | "remove" | "replace"; readonly values: readonly string[] }
  | { readonly kind: "removeAll" }
  | { readonly kind: "removeWhere"; readonly filter: Filter };

type Group = { readonly id: string; readonly name: string };

export type MembersChanged = {
  readonly added: number;
  readonly removed: number;
  readonly sentence: string;
};

const nothing: MembersChanged = { added: 0, removed: 0, sentence: "" };

/** What a change of members is carried out from, read in the message that holds the group. */
export type Ahead = {
  /** Everybody named, held. */
  readonly people: readonly Person[];
  /** Who of them is a member: nobody else changes that while the group and the people are held. */
  readonly members: readonly string[];
  readonly isMapped: boolean;
};

/** Reads ahead for a change that names its members; asked for right behind the group, so that the locks keep their order. */
export const readAhead = async (
  tx: Transaction,
  groupId: string,
  steps: readonly MemberStep[],
): Promise<Ahead | undefined> => {
  if (!isPlain(steps)) return undefined;
  const ids = steps.flatMap((step) => ("values" in step ? step.values.filter(isId) : []));
  if (ids.length === 0) return undefined;
  tx.keepPlans();
  const [people, members, mapped] = await Promise.all([
    lockPeople(tx, [...new Set(ids)]),
    listMembersAmong(tx, groupId, ids),
    isMapped(tx, groupId),
  ]);
  return { people, members, isMapped: mapped };
};

type Change = { readonly steps: readonly MemberStep[]; readonly ahead?: Ahead | undefined };

/**
 * Carries out changes of the members, in order, and decides again about everybody who came or went. The group is held
 * already; the people are held here before their memberships are touched, so that two decisions about one person, or a
 * decision and a deletion, follow each other.
 * @throws ScimError 400 naming the members that do not exist
 */
export const changeMembers = async (
  tx: Transaction,
  call: Call,
  group: Group,
  { steps, ahead }: Change,
): Promise<MembersChanged> => {
  if (
    steps.every((step) => "values" in step && step.kind !== "replace" && step.values.length === 0)
  )
    return nothing;
  const plain = await resolveSteps(tx, group.id, steps);
  const held = ahead?.people ?? (await holdPeople(tx, plain));
  const people = held.filter(
    ({ connectionId, deletedAt }) => connectionId === call.connection.id && deletedAt === null,
  );
  const kinds = await memberKinds(tx, call, plain, people);
  const { added, removed } =
    ahead !== undefined && areAllPeople(plain, people)
      ? reckon(tx, group.id, { steps: plain, members: ahead.members })
      : await carryOut(tx, group.id, { steps: plain, kinds });
  recordMembers(tx, call, group, { added, removed, people });
  const moved = people.filter(({ id }) => added.has(id) || removed.has(id));
  if (moved.length > 0 && (ahead?.isMapped ?? (await isMapped(tx, group.id))))
    await Promise.all([tx.flush(), applyDecisions(tx, call.connection.id, moved, call.cause)]);
  return { added: added.size, removed: removed.size, sentence: inWords(added.size, removed.size) };
};

type ComeAndGone = { readonly added: ReadonlySet<string>; readonly removed: ReadonlySet<string> };

/** Nobody but the database knows who is a member: it says who was not before. */
const carryOut = async (
  tx: Transaction,
  groupId: string,
  { steps, kinds }: { steps: readonly PlainStep[]; kinds: ReadonlyMap<string, MemberKind> },
): Promise<ComeAndGone> => {
  const added = new Set<string>();
  const removed = new Set<string>();
  for (const { kind, ids } of steps)
    if (kind === "remove")
      for (const id of await removeMembers(tx, groupId, ids)) {
        if (!added.delete(id)) removed.add(id);
      }
    else
      for (const id of await addMembers(
        tx,
        groupId,
        ids.map((id) => ({ id, kind: kinds.get(id) ?? "User" })),
      )) {
        if (!removed.delete(id)) added.add(id);
      }
  return { added, removed };
};

/** All are people, and held: who is a member is known, and what changes is written with all the rest. */
const reckon = (
  tx: Transaction,
  groupId: string,
  { steps, members }: { steps: readonly PlainStep[]; members: readonly string[] },
): ComeAndGone => {
  const before = new Set(members);
  const after = new Set(members);
  for (const { kind, ids } of steps)
    for (const id of ids)
      if (kind === "add") after.add(id);
      else after.delete(id);
  const added = new Set([...after].filter((id) => !before.has(id)));
  const removed = new Set([...before].filter((id) => !after.has(id)));
  saveMembers(tx, groupId, {
    added: [...added].map((id) => ({ id, kind: "User" })),
    removed: [...removed],
  });
  return { added, removed };
};

const areAllPeople = (steps: readonly PlainStep[], people: readonly Person[]): boolean => {
  const known = new Set(people.map(({ id }) => id));
  return steps.every(({ ids }) => ids.every((id) => known.has(id)));
};

/** Whether the steps name everybody they are about. */
const isPlain = (steps: readonly MemberStep[]): boolean =>
  steps.every(({ kind }) => kind === "add" || kind === "remove");

type PlainStep = { readonly kind: "add" | "remove"; readonly ids: readonly string[] };

/** Turns "replace", "remove all" and "remove where" into what they come to, given who is a member by then. */
const resolveSteps = async (
  tx: Transaction,
  groupId: string,
  steps: readonly MemberStep[],
): Promise<PlainStep[]> => {
  const members = new Set(!isPlain(steps) ? await listMemberIds(tx, groupId) : []);
  return steps.flatMap((step) => {
    const plain = toPlainSteps(step, members);
    for (const { kind, ids } of plain)
      for (const id of ids)
        if (kind === "add") members.add(id);
        else members.delete(id);
    return plain;
  });
};

const toPlainSteps = (step: MemberStep, members: ReadonlySet<string>): PlainStep[] => {
  switch (step.kind) {
    case "add":
      return [{ kind: "add", ids: [...new Set(step.values)] }];
    case "remove":
      return [{ kind: "remove", ids: step.values.filter(isId) }];
    case "removeAll":
      return [{ kind: "remove", ids: [...members] }];
    case "removeWhere":
      return [{ kind: "remove", ids: [...members].filter((value) => matches(step.filter, value)) }];
    case "replace": {
      const wanted = new Set(step.values);
      return [
        { kind: "remove", ids: [...members].filter((id) => !wanted.has(id)) },
        { kind: "add", ids: [...wanted] },
      ];
    }
  }
};

const matches = (filter: Filter, value: string): boolean =>
  evaluateFilter(filter, { schemas: [], value });

/** Everybody named, held in the order of their ids; a deleted person counts as nobody when added. */
const holdPeople = (tx: Transaction, steps: readonly PlainStep[]): Promise<Person[]> =>
  lockPeople(tx, [...new Set(steps.flatMap((step) => step.ids).filter(isId))]);

/** @throws ScimError 400 when a member to add is neither a user nor a group of the connection */
const memberKinds = async (
  tx: Transaction,
  call: Call,
  steps: readonly PlainStep[],
  people: readonly Person[],
): Promise<Map<string, MemberKind>> => {
  const kinds = new Map<string, MemberKind>(people.map(({ id }) => [id, "User"]));
  const asked = [...new Set(steps.flatMap(({ kind, ids }) => (kind === "add" ? ids : [])))];
  const others = asked.filter((id) => !kinds.has(id));
  if (others.length === 0) return kinds;
  for (const { id } of await existingGroupIds(tx, call.connection.id, others.filter(isId)))
    kinds.set(id, "Group");
  const unknown = others.filter((id) => !kinds.has(id));
  if (unknown.length > 0) throw unknownMembers(unknown);
  return kinds;
};

const shownUnknown = 5;

const unknownMembers = (ids: readonly string[]) =>
  scimErrors.invalidValue(
    `No user or group of this connection has the id ${ids.slice(0, shownUnknown).join(", ")}` +
      `${ids.length > shownUnknown ? ` (and ${ids.length - shownUnknown} more)` : ""}. Provision the members first, then add them.`,
  );

type Moved = {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly people: readonly Person[];
};

const recordMembers = (
  tx: Transaction,
  call: Call,
  group: Group,
  { added, removed, people }: Moved,
): void => {
  const entry = (person: Person, action: string, sentence: string): LedgerChange => ({
    action,
    sentence,
    subject: { kind: "user", id: person.id, name: person.name },
    tenantId: call.connection.tenantId,
    after: { groupId: group.id, groupName: group.name },
  });
  record(tx, call.cause, [
    ...people
      .filter(({ id }) => added.has(id))
      .map((person) => entry(person, "membership.added", `Added to ${group.name}`)),
    ...people
      .filter(({ id }) => removed.has(id))
      .map((person) => entry(person, "membership.removed", `Removed from ${group.name}`)),
  ]);
};

const inWords = (added: number, removed: number): string =>
  [
    added > 0 ? `added ${added} ${added === 1 ? "member" : "members"}` : "",
    removed > 0 ? `removed ${removed} ${removed === 1 ? "member" : "members"}` : "",
  ]
    .filter(Boolean)
    .join(", ");
