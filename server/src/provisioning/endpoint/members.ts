import { evaluateFilter, scimErrors, type Filter } from "@muster/scim";
import { applyDecisions, isMapped } from "#accounts";
import {
  addMembers,
  existingGroupIds,
  listMemberIds,
  lockPeople,
  removeMembers,
  type MemberKind,
  type Person,
} from "#directory";
import { record, type Change } from "#ledger";
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
  steps: readonly MemberStep[],
): Promise<MembersChanged> => {
  if (
    steps.every((step) => "values" in step && step.kind !== "replace" && step.values.length === 0)
  )
    return nothing;
  const plain = await resolveSteps(tx, group.id, steps);
  const people = await holdPeople(tx, call, plain);
  const kinds = await memberKinds(tx, call, plain, people);
  const added = new Set<string>();
  const removed = new Set<string>();
  for (const { kind, ids } of plain)
    if (kind === "remove")
      for (const id of await removeMembers(tx, group.id, ids)) {
        if (!added.delete(id)) removed.add(id);
      }
    else
      for (const id of await addMembers(
        tx,
        group.id,
        ids.map((id) => ({ id, kind: kinds.get(id) ?? "User" })),
      )) {
        if (!removed.delete(id)) added.add(id);
      }
  recordMembers(tx, call, group, { added, removed, people });
  const moved = people.filter(({ id }) => added.has(id) || removed.has(id));
  if (moved.length > 0 && (await isMapped(tx, group.id)))
    await applyDecisions(tx, call.connection.id, moved, call.cause);
  return { added: added.size, removed: removed.size, sentence: inWords(added.size, removed.size) };
};

type PlainStep = { readonly kind: "add" | "remove"; readonly ids: readonly string[] };

/** Turns "replace", "remove all" and "remove where" into what they come to, given who is a member by then. */
const resolveSteps = async (
  tx: Transaction,
  groupId: string,
  steps: readonly MemberStep[],
): Promise<PlainStep[]> => {
  const needsList = steps.some(({ kind }) => kind !== "add" && kind !== "remove");
  const members = new Set(needsList ? await listMemberIds(tx, groupId) : []);
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
const holdPeople = async (
  tx: Transaction,
  call: Call,
  steps: readonly PlainStep[],
): Promise<Person[]> => {
  const ids = new Set(steps.flatMap((step) => step.ids).filter(isId));
  const people = await lockPeople(tx, [...ids]);
  return people.filter(
    ({ connectionId, deletedAt }) => connectionId === call.connection.id && deletedAt === null,
  );
};

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
  const entry = (person: Person, action: string, sentence: string): Change => ({
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
