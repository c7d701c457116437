import {
  applyPatch,
  parseListQuery,
  parseResource,
  projectResource,
  scimErrors,
  type ParsedResource,
  type Resource,
} from "@muster/scim";
import {
  applyDecisions,
  applyDecisionsFrom,
  attributesRead,
  attributesReadIn,
  readDecisionInputs,
  type DecisionInputs,
} from "#accounts";
import {
  findUser,
  insertUser,
  listGroupsOf,
  lockTombstone,
  lockUser,
  removeFromAllGroups,
  tombstoneUser,
  updateUser,
  type DirectoryUserWrite,
  type LockedUser,
} from "#directory";
import { record, type Change } from "#ledger";
import { mayBeBack, suggestForLeaver, suggestForNewcomer } from "#rehires";
import { isId, newId, type Transaction } from "#tenancy";
import { seenIn } from "../attributes/seen.ts";
import { readOperations } from "../dialect/read-operations.ts";
import { refuseIgnored, refuseUnknownExtensions } from "../dialect/refuse-unknown.ts";
import { seenInChange, seenInDeletion, seenInNewPerson } from "../doctor/sightings.ts";
import { normalizeResource } from "../entra-quirks.ts";
import { describeDifference } from "../resources/difference.ts";
import { employeeNumberOf, toDirectoryUser, toUserResource } from "../resources/user.ts";
import type { Answer, Call } from "./call.ts";
import { isKnown, notModified, requireVersion } from "./preconditions.ts";

type Query = Readonly<Record<string, unknown>>;

/** POST /Users. A person deleted before who comes back under the same externalId is the same person again. */
export const createUser = async (tx: Transaction, call: Call, body: unknown): Promise<Answer> => {
  const { resource, ignored } = readResource(call, body);
  const id = newId();
  const { connection } = call;
  const employeeNumber = employeeNumberOf(resource);
  const [tombstone, isBack, inputs] = await Promise.all([
    typeof resource.externalId === "string"
      ? lockTombstone(tx, connection.id, resource.externalId)
      : undefined,
    employeeNumber !== null && mayBeBack(tx, { connection, employeeNumber }),
    readDecisionInputs(tx, connection.id, []),
  ]);
  const user = toDirectoryUser(call, tombstone?.id ?? id, resource);
  if (tombstone === undefined) {
    insertUser(tx, user);
    if (isBack) noticeReturn(tx, call, user);
  } else {
    updateUser(tx, user);
    await tx.flush();
  }
  recordUser(tx, call, user, {
    action: tombstone === undefined ? "user.created" : "user.restored",
    sentence:
      tombstone === undefined ? "Arrived from the directory" : "Came back from the directory",
    after: user.document,
  });
  await decide(tx, call, user, tombstone === undefined ? inputs : undefined);
  const stored = { ...user, version: 1, createdAt: tx.now, modifiedAt: tx.now };
  const created =
    tombstone === undefined
      ? stored
      : ((await findUser(tx, call.connection.id, user.id)) ?? stored);
  const answer = toUserResource(created, call.base);
  return {
    status: 201,
    body: answer,
    headers: { location: String(answer.meta?.location), etag: String(answer.meta?.version) },
    outcome: "created",
    resource: { type: "User", id: user.id, name: user.name },
    summary: tombstone === undefined ? `Created ${user.name}` : `Brought ${user.name} back`,
    ignored,
    seen: seenInNewPerson(resource),
    offered: seenIn(call.dialect.user, {}, user.document),
  };
};

/** GET /Users/{id} */
export const readUser = async (
  tx: Transaction,
  call: Call,
  id: string,
  query: Query,
): Promise<Answer> => {
  const projection = parseListQuery(query, call.dialect.user);
  if (!isId(id)) throw noSuchUser(id);
  const [row, groups] = await Promise.all([
    findUser(tx, call.connection.id, id),
    listGroupsOf(tx, [id]),
  ]);
  if (row === undefined) throw noSuchUser(id);
  if (isKnown(call.preconditions, row.version)) return notModified("User", row);
  const resource = toUserResource(row, call.base, groups);
  return {
    status: 200,
    body: projectResource(call.dialect.user, resource, projection),
    headers: { etag: String(resource.meta?.version) },
    outcome: "read",
    resource: { type: "User", id, name: nameOf(resource) },
    summary: `Read ${nameOf(resource)}`,
  };
};

/** PATCH /Users/{id}: all operations or none, one after the other. */
export const patchUser = async (
  tx: Transaction,
  call: Call,
  id: string,
  body: unknown,
): Promise<Answer> => {
  const held = await holdUser(tx, call, id, mayDecide(body));
  const { user: type, patch } = call.dialect;
  const operations = readOperations(call.dialect, type, { id, body });
  const before = held.current.document as Resource;
  const { resource, changed, ignored } = applyPatch(before, operations, type, patch);
  if (!changed) return unchanged(call, held.current, ignored);
  return writeUser(tx, call, held, { resource, ignored });
};

/** PUT /Users/{id}. `active` stays as it was when it is not said: nobody is enabled by an omission. */
export const replaceUser = async (
  tx: Transaction,
  call: Call,
  id: string,
  body: unknown,
): Promise<Answer> => {
  const held = await holdUser(tx, call, id, true);
  const { current } = held;
  const { resource, ignored } = readResource(call, body);
  const replacement = { ...resource, active: resource["active"] ?? current.active };
  const after = toDirectoryUser(call, id, replacement).document;
  if (describeDifference(current.document as object, after) === null)
    return unchanged(call, current, ignored);
  return writeUser(tx, call, held, { resource: replacement, ignored });
};

/** DELETE /Users/{id}: gone for SCIM, kept for custody and history. */
export const deleteUser = async (tx: Transaction, call: Call, id: string): Promise<Answer> => {
  const { current } = await holdUser(tx, call, id, false);
  tombstoneUser(tx, id);
  removeFromAllGroups(tx, id);
  const employeeNumber = employeeNumberOf(current.document as object);
  if (employeeNumber !== null)
    suggestForLeaver(tx, { connection: call.connection, userId: id, employeeNumber });
  recordUser(tx, call, current, {
    action: "user.deleted",
    sentence: "Deleted from the directory",
    before: current.document as object,
  });
  const person = { ...current, connectionId: call.connection.id, active: false, deletedAt: tx.now };
  await Promise.all([tx.flush(), applyDecisions(tx, call.connection.id, [person], call.cause)]);
  return {
    status: 204,
    outcome: "deleted",
    resource: { type: "User", id, name: current.name },
    summary: `Deleted ${current.name}; history and items stay`,
    seen: seenInDeletion(current),
    offered: seenIn(call.dialect.user, current.document as object, {}),
  };
};

const readResource = ({ dialect }: Call, body: unknown): ParsedResource => {
  const { user: type, quirks: enabled } = dialect;
  const parsed = parseResource(type, normalizeResource(body, type, { enabled }));
  refuseIgnored(dialect, parsed.ignored);
  refuseUnknownExtensions(dialect, type, parsed.resource);
  return parsed;
};

/** A user whom nobody else changes meanwhile; `inputs` is what is decided from, where it was read in the same message. */
type Held = {
  readonly current: LockedUser;
  readonly inputs: DecisionInputs | undefined;
  /** Keys of the attributes that rules read, in lower case. */
  readonly read: readonly string[];
};

const holdUser = async (
  tx: Transaction,
  call: Call,
  id: string,
  willDecide: boolean,
): Promise<Held> => {
  if (!isId(id)) throw noSuchUser(id);
  const [current, inputs, read] = await Promise.all([
    lockUser(tx, call.connection.id, id),
    willDecide ? readDecisionInputs(tx, call.connection.id, [id], { areSent: true }) : undefined,
    willDecide ? [] : attributesRead(tx, call.connection.id),
  ]);
  if (current === undefined) throw noSuchUser(id);
  requireVersion(call.preconditions, current.version);
  return { current, inputs, read: inputs === undefined ? read : attributesReadIn(inputs) };
};

/** Whether a PATCH may change what a Sub Account says: a guess, so that what is decided from can be read ahead. */
const mayDecide = (body: unknown): boolean => {
  const operations = (body as { Operations?: unknown } | undefined)?.Operations;
  return (
    !Array.isArray(operations) ||
    operations.some((operation: { path?: unknown } | null) =>
      typeof operation?.path === "string" ? /active|name|email/i.test(operation.path) : true,
    )
  );
};

const writeUser = async (
  tx: Transaction,
  call: Call,
  { current, inputs, read }: Held,
  { resource, ignored }: { resource: Resource; ignored: readonly string[] },
): Promise<Answer> => {
  const user = toDirectoryUser(call, current.id, resource);
  updateUser(tx, user);
  if (employeeNumberOf(user.document) !== employeeNumberOf(current.document as object))
    noticeReturn(tx, call, user);
  const difference = describeDifference(current.document as object, user.document);
  const said = difference?.sentence ?? "Sent again";
  recordUser(tx, call, user, { action: "user.changed", sentence: said, ...difference?.values });
  if (isDecidedBy(current, user) || isRead(read, current, user))
    await decide(tx, call, user, inputs);
  const answer = toUserResource(
    { ...user, version: current.version + 1, createdAt: current.createdAt, modifiedAt: tx.now },
    call.base,
  );
  return {
    status: 200,
    body: answer,
    headers: { etag: String(answer.meta?.version) },
    outcome: "changed",
    resource: { type: "User", id: user.id, name: user.name },
    summary: `${user.name}: ${said}`,
    ignored,
    seen: seenInChange(current, user),
    offered: seenIn(call.dialect.user, current.document as object, user.document),
  };
};

const unchanged = (call: Call, current: LockedUser, ignored: readonly string[]): Answer => {
  const answer = toUserResource(current, call.base);
  return {
    status: 200,
    body: answer,
    headers: { etag: String(answer.meta?.version) },
    outcome: "unchanged",
    resource: { type: "User", id: current.id, name: current.name },
    summary: `${current.name}: nothing to change`,
    ignored,
  };
};

/** Whether a Sub Account says anything that changed. */
const isDecidedBy = (before: LockedUser, after: DirectoryUserWrite): boolean =>
  before.active !== after.active ||
  before.name !== after.name ||
  before.email !== after.email ||
  before.userName !== after.userName;

const decide = (
  tx: Transaction,
  { connection, cause }: Call,
  user: DirectoryUserWrite,
  inputs: DecisionInputs | undefined,
) => {
  const people = [{ ...user, deletedAt: null }];
  return inputs === undefined
    ? applyDecisions(tx, connection.id, people, cause)
    : applyDecisionsFrom(tx, inputs, connection.id, { people, cause });
};

/** Whether a rule asks for an attribute that changed. */
const isRead = (
  read: readonly string[],
  { document: before }: LockedUser,
  { document: after }: DirectoryUserWrite,
): boolean => {
  if (read.length === 0) return false;
  const values = (document: object) =>
    new Map(
      Object.entries(document).map(([key, value]) => [key.toLowerCase(), JSON.stringify(value)]),
    );
  const [was, is] = [values(before as object), values(after)];
  return read.some((key) => was.get(key) !== is.get(key));
};

/** Somebody who left may be back as somebody new; an administrator will say. */
const noticeReturn = (tx: Transaction, { connection }: Call, user: DirectoryUserWrite): void => {
  const employeeNumber = employeeNumberOf(user.document);
  if (employeeNumber !== null)
    suggestForNewcomer(tx, { connection, userId: user.id, employeeNumber });
};

const recordUser = (
  tx: Transaction,
  call: Call,
  { id, name }: { id: string; name: string },
  change: Omit<Change, "subject" | "tenantId">,
): void => {
  record(tx, call.cause, [
    { ...change, subject: { kind: "user", id, name }, tenantId: call.connection.tenantId },
  ]);
};

const nameOf = (resource: Resource): string =>
  String(resource["displayName"] ?? resource["userName"]);

const noSuchUser = (id: string) =>
  scimErrors.notFound(`There is no user ${id} in this connection.`);
