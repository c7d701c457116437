import {
  applyPatch,
  memberChange,
  parseListQuery,
  parseResource,
  projectResource,
  scimErrors,
  type PatchOperation,
  type ParsedResource,
  type Resource,
} from "@muster/scim";
import { applyDecisions, isMapped } from "#accounts";
import {
  findGroup,
  insertGroup,
  listMembers,
  lockGroup,
  lockPeople,
  removeFromAllGroups,
  removeMembers,
  listMemberIds,
  tombstoneGroup,
  touchGroup,
  updateGroup,
  type LockedGroup,
} from "#directory";
import { record, type Change } from "#ledger";
import { isId, newId, type Transaction } from "#tenancy";
import { readOperations } from "../dialect/read-operations.ts";
import { refuseIgnored, refuseUnknownExtensions } from "../dialect/refuse-unknown.ts";
import { normalizeResource } from "../entra-quirks.ts";
import { describeDifference } from "../resources/difference.ts";
import { toDirectoryGroup, toGroupResource } from "../resources/group.ts";
import type { Answer, Call } from "./call.ts";
import { isKnown, notModified, requireVersion } from "./preconditions.ts";
import { changeMembers, readAhead, type Ahead, type MemberStep } from "./members.ts";
import { shows } from "./projection.ts";

type Query = Readonly<Record<string, unknown>>;

/** POST /Groups, with or without members. */
export const createGroup = async (tx: Transaction, call: Call, body: unknown): Promise<Answer> => {
  const { resource, ignored } = readResource(call, body);
  const group = toDirectoryGroup(call, newId(), resource);
  insertGroup(tx, group);
  recordGroup(tx, call, group, {
    action: "group.created",
    sentence: "Arrived from the directory",
    after: group.document,
  });
  const values = memberValues(resource);
  if (values.length > 0) {
    await tx.flush();
    const steps: MemberStep[] = [{ kind: "add", values }];
    await changeMembers(tx, call, { id: group.id, name: group.displayName }, { steps });
  }
  const stored = { ...group, version: 1, createdAt: tx.now, modifiedAt: tx.now };
  const members = values.length > 0 ? await listMembers(tx, [group.id]) : [];
  const answer = toGroupResource(stored, call.base, members);
  return {
    status: 201,
    body: answer,
    headers: { location: String(answer.meta?.location), etag: String(answer.meta?.version) },
    outcome: "created",
    resource: { type: "Group", id: group.id, name: group.displayName },
    summary: `Created the group ${group.displayName}`,
    ignored,
  };
};

/** GET /Groups/{id} */
export const readGroup = async (
  tx: Transaction,
  call: Call,
  id: string,
  query: Query,
): Promise<Answer> => {
  const projection = parseListQuery(query, call.dialect.group);
  if (!isId(id)) throw noSuchGroup(id);
  // Who has this version already is not sent the members, and they may be many.
  const isAsked = shows(projection, "members") && call.preconditions.ifNoneMatch === undefined;
  const [row, read] = await Promise.all([
    findGroup(tx, call.connection.id, id),
    isAsked ? listMembers(tx, [id]) : undefined,
  ]);
  if (row === undefined) throw noSuchGroup(id);
  if (isKnown(call.preconditions, row.version)) return notModified("Group", row);
  const members = shows(projection, "members")
    ? (read ?? (await listMembers(tx, [id])))
    : undefined;
  const resource = toGroupResource(row, call.base, members);
  return {
    status: 200,
    body: projectResource(call.dialect.group, resource, projection),
    headers: { etag: String(resource.meta?.version) },
    outcome: "read",
    resource: { type: "Group", id, name: String(resource["displayName"]) },
    summary: `Read the group ${String(resource["displayName"])}`,
  };
};

/** PATCH /Groups/{id}: all operations or none. Members are rows, so a change of one member never reads the others. */
export const patchGroup = async (
  tx: Transaction,
  call: Call,
  id: string,
  body: unknown,
): Promise<Answer> => {
  const { group: type, patch } = call.dialect;
  const operations = readOperations(call.dialect, type, { id, body });
  const { memberSteps, others, ignored } = splitOperations(operations);
  if (!isId(id)) throw noSuchGroup(id);
  const [current, ahead] = await Promise.all([
    holdGroup(tx, call, id),
    readAhead(tx, id, memberSteps),
  ]);
  const patched = applyPatch(current.document as Resource, others, type, patch);
  return writeGroup(tx, call, current, {
    ...patched,
    memberSteps,
    ahead,
    ignored: [...patched.ignored, ...ignored],
  });
};

/** PUT /Groups/{id}: exactly these attributes and these members. */
export const replaceGroup = async (
  tx: Transaction,
  call: Call,
  id: string,
  body: unknown,
): Promise<Answer> => {
  const current = await holdGroup(tx, call, id);
  const { resource, ignored } = readResource(call, body);
  const after = toDirectoryGroup(call, id, resource).document;
  const changed = describeDifference(current.document as object, after) !== null;
  const memberSteps: MemberStep[] = [{ kind: "replace", values: memberValues(resource) }];
  return writeGroup(tx, call, current, { resource, changed, ignored, memberSteps });
};

/** The answer to a change with the group as it is now. */
export const showGroup = async (
  tx: Transaction,
  call: Call,
  answer: Answer,
  { id, query }: { id: string; query: Query },
): Promise<Answer> => {
  await tx.flush();
  const { status, body, headers } = await readGroup(tx, { ...call, preconditions: {} }, id, query);
  return { ...answer, status, ...(body && { body }), ...(headers && { headers }) };
};

/** DELETE /Groups/{id}: its members lose what it gave them; its mapping stays, greyed out. */
export const deleteGroup = async (tx: Transaction, call: Call, id: string): Promise<Answer> => {
  const current = await holdGroup(tx, call, id);
  const memberIds = await listMemberIds(tx, id);
  const people = await lockPeople(tx, memberIds);
  await removeMembers(tx, id, memberIds);
  removeFromAllGroups(tx, id);
  tombstoneGroup(tx, id);
  recordGroup(tx, call, current, {
    action: "group.deleted",
    sentence: `Deleted from the directory with ${memberIds.length} ${memberIds.length === 1 ? "member" : "members"}`,
    before: { ...(current.document as object), members: memberIds },
  });
  await tx.flush();
  if (await isMapped(tx, id)) await applyDecisions(tx, call.connection.id, people, call.cause);
  return {
    status: 204,
    outcome: "deleted",
    resource: { type: "Group", id, name: current.displayName },
    summary: `Deleted the group ${current.displayName}`,
  };
};

type GroupChange = {
  readonly resource: Resource;
  readonly changed: boolean;
  readonly ignored: readonly string[];
  readonly memberSteps: readonly MemberStep[];
  readonly ahead?: Ahead | undefined;
};

const writeGroup = async (
  tx: Transaction,
  call: Call,
  current: LockedGroup,
  change: GroupChange,
): Promise<Answer> => {
  const group = toDirectoryGroup(call, current.id, change.resource);
  const named = { id: current.id, name: group.displayName };
  const { memberSteps: steps, ahead } = change;
  const members = await changeMembers(tx, call, named, { steps, ahead });
  const difference = change.changed
    ? describeDifference(current.document as object, group.document)
    : null;
  const isChanged = difference !== null || members.added + members.removed > 0;
  if (difference !== null) updateGroup(tx, group);
  else if (isChanged) touchGroup(tx, group.id);
  if (difference !== null)
    recordGroup(tx, call, group, {
      action: "group.changed",
      sentence: difference.sentence,
      ...difference.values,
    });
  const said = [difference?.sentence, members.sentence].filter(Boolean).join("; ");
  return {
    status: 204,
    outcome: isChanged ? "changed" : "unchanged",
    resource: { type: "Group", ...named },
    summary: `${group.displayName}: ${said || "nothing to change"}`,
    ignored: change.ignored,
  };
};

/** Operations on the list of members, and the others; the two never touch the same thing. */
const splitOperations = (operations: readonly PatchOperation[]) => {
  const memberSteps: MemberStep[] = [];
  const others: PatchOperation[] = [];
  const ignored: string[] = [];
  for (const operation of operations) {
    const step = memberChange(operation);
    if (step === undefined) others.push(operation);
    else {
      memberSteps.push(step);
      ignored.push(...(operation.ignored ?? []));
    }
  }
  return { memberSteps, others, ignored };
};

const memberValues = (resource: Resource): string[] =>
  ((resource["members"] ?? []) as { value?: unknown }[]).flatMap(({ value }) =>
    typeof value === "string" ? [value] : [],
  );

const readResource = ({ dialect }: Call, body: unknown): ParsedResource => {
  const { group: type, quirks: enabled } = dialect;
  const parsed = parseResource(type, normalizeResource(body, type, { enabled }));
  refuseIgnored(dialect, parsed.ignored);
  refuseUnknownExtensions(dialect, type, parsed.resource);
  return parsed;
};

const holdGroup = async (tx: Transaction, call: Call, id: string): Promise<LockedGroup> => {
  const current = isId(id) ? await lockGroup(tx, call.connection.id, id) : undefined;
  if (current === undefined) throw noSuchGroup(id);
  requireVersion(call.preconditions, current.version);
  return current;
};

const recordGroup = (
  tx: Transaction,
  call: Call,
  { id, displayName }: { id: string; displayName: string },
  change: Omit<Change, "subject" | "tenantId">,
): void => {
  const subject = { kind: "group", id, name: displayName };
  record(tx, call.cause, [{ ...change, subject, tenantId: call.connection.tenantId }]);
};

const noSuchGroup = (id: string) =>
  scimErrors.notFound(`There is no group ${id} in this connection.`);
