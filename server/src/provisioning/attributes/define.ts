import { ENTERPRISE_USER_SCHEMA } from "@muster/scim";
import { countUsers } from "#directory";
import { conflict, invalid, notFound } from "#http";
import type { Jobs } from "#jobs";
import { record, type Cause } from "#ledger";
import type { Transaction } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import type { Connection } from "../connections/store.ts";
import type { Definition } from "../dialect/definition.ts";
import { countDialectUp } from "../dialect/store.ts";
import { readEverybodyJob } from "./read-everybody.ts";
import {
  deleteDefinition,
  insertDefinition,
  insertReading,
  listDefinitions,
  updateDefinition,
} from "./store.ts";

/** As many as a schema document and a form can still show. */
const mostDefinitions = 100;

type Edit = {
  readonly connectionId: string;
  readonly cause: Cause;
  readonly jobs: Jobs;
};

type NewDefinition = Omit<Definition, "id">;
export type DefinitionChange = Partial<Omit<Definition, "id" | "urn" | "name">>;

/**
 * Defines an extension attribute and starts reading everybody anew. The transaction must hold the connection
 * exclusively, as for the other edits here.
 * @throws HttpError 404 without such a connection, 400 on a URN that is not the administrator's to define, 409 when it is
 *   defined already
 */
export const define = async (
  tx: Transaction,
  edit: Edit,
  definition: NewDefinition,
): Promise<void> => {
  const connection = await requireConnection(tx, edit.connectionId);
  requireOwnUrn(definition.urn);
  const others = await listDefinitions(tx, connection.id);
  requireFree(definition, others);
  // Names under one URN are one schema, however its letters are written.
  const urn = others.find((other) => isSame(other.urn, definition.urn))?.urn ?? definition.urn;
  insertDefinition(tx, connection.id, { ...definition, urn });
  await settle(tx, edit, connection, {
    action: "connection.attribute-defined",
    sentence: `Attribute ${definition.name} defined as ${inWords(definition)}`,
    after: definition,
  });
};

/** @throws HttpError 404 without such a connection or definition */
export const changeDefinition = async (
  tx: Transaction,
  edit: Edit,
  id: string,
  change: DefinitionChange,
): Promise<void> => {
  const { connection, definition } = await requireDefinition(tx, edit.connectionId, id);
  const changed = { ...definition, ...change };
  if (Object.keys(change).length > 0) updateDefinition(tx, id, change);
  const isReadAnew =
    changed.type !== definition.type ||
    changed.multiValued !== definition.multiValued ||
    changed.caseExact !== definition.caseExact;
  await settle(tx, edit, connection, {
    action: "connection.attribute-changed",
    sentence: `Attribute ${definition.name} changed`,
    before: definition,
    after: changed,
    isReadAnew,
  });
};

/**
 * People keep what they have under the attribute: it is kept as sent again.
 * @throws HttpError 404 without such a connection or definition
 */
export const removeDefinition = async (tx: Transaction, edit: Edit, id: string): Promise<void> => {
  const { connection, definition } = await requireDefinition(tx, edit.connectionId, id);
  deleteDefinition(tx, id);
  await settle(tx, edit, connection, {
    action: "connection.attribute-removed",
    sentence: `Definition of attribute ${definition.name} removed`,
    before: definition,
  });
};

const requireDefinition = async (tx: Transaction, connectionId: string, id: string) => {
  const connection = await requireConnection(tx, connectionId);
  const definition = (await listDefinitions(tx, connectionId)).find((each) => each.id === id);
  if (definition === undefined) throw notFound("Attribute");
  return { connection, definition };
};

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** What the RFCs define is not an administrator's to define otherwise. */
const requireOwnUrn = (urn: string): void => {
  const isStandard =
    isSame(urn, ENTERPRISE_USER_SCHEMA) || /^urn:ietf:params:scim:(?:api|schemas:core):/i.test(urn);
  if (!isStandard) return;
  throw invalid(
    "That URN belongs to SCIM itself",
    "Take a URN of your own, such as urn:ietf:params:scim:schemas:extension:contoso:2.0:User, here and in Entra's attribute list.",
    [{ path: "urn", message: "is a schema of RFC 7643" }],
  );
};

const requireFree = ({ urn, name }: NewDefinition, others: readonly Definition[]): void => {
  if (others.length >= mostDefinitions)
    throw conflict(
      `${mostDefinitions} attributes are defined`,
      "Remove one that nobody needs before you define another.",
    );
  if (others.some((other) => isSame(other.urn, urn) && isSame(other.name, name)))
    throw conflict(
      "That attribute is defined already",
      `${name} is defined under ${urn}. Change that definition, or give this one another name.`,
    );
  const isAmbiguous = others.some(
    (other) => isSame(other.urn, `${urn}:${name}`) || isSame(`${other.urn}:${other.name}`, urn),
  );
  if (isAmbiguous)
    throw conflict(
      "That name cannot be told from a URN",
      "The URN of one attribute and the full name of another would be the same. Give it another name.",
    );
};

const inWords = ({ type, multiValued }: NewDefinition): string =>
  multiValued ? `a list of ${type}` : type;

type Settling = {
  readonly action: string;
  readonly sentence: string;
  readonly before?: object;
  readonly after?: object;
  /** Whether stored values are read or compared differently now; yes, unless said. */
  readonly isReadAnew?: boolean;
};

const settle = async (
  tx: Transaction,
  { cause, jobs }: Edit,
  { id, name, tenantId }: Connection,
  { isReadAnew = true, ...change }: Settling,
): Promise<void> => {
  countDialectUp(tx, id);
  record(tx, cause, [{ ...change, subject: { kind: "connection", id, name }, tenantId }]);
  if (!isReadAnew) return;
  const total = await countUsers(tx, id);
  const readingId = await insertReading(tx, id, { cause, total });
  await jobs.send(tx, readEverybodyJob, { orgId: tx.orgId, connectionId: id, readingId });
};
