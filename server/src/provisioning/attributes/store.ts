import { query } from "#database";
import type { Cause } from "#ledger";
import { newId, type Transaction } from "#tenancy";
import type { Definition, DefinitionType } from "../dialect/definition.ts";

const columns = [
  "id",
  "urn",
  "name",
  "type",
  "multiValued",
  "caseExact",
  "description",
  "shownAs",
] as const;

/** In the order in which they were defined. */
export const listDefinitions = async (
  tx: Transaction,
  connectionId: string,
): Promise<Definition[]> => {
  const rows = await tx.run(
    query
      .selectFrom("connectionAttributes")
      .select(columns)
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .orderBy("id"),
  );
  return rows.map((row) => ({ ...row, type: row.type as DefinitionType }));
};

/** A definition and whose it is, if the connection is seen by whoever asks: one of another tenant's is not. */
const visible = (tx: Transaction) =>
  query
    .selectFrom("connectionAttributes as attribute")
    .innerJoin("connections as connection", (join) =>
      join
        .onRef("connection.orgId", "=", "attribute.orgId")
        .onRef("connection.id", "=", "attribute.connectionId"),
    )
    .where("attribute.orgId", "=", tx.orgId);

export const findVisibleDefinition = async (
  tx: Transaction,
  id: string,
): Promise<(Definition & { readonly connectionId: string }) | undefined> => {
  const row = await tx.first(
    visible(tx)
      .select(columns.map((column) => `attribute.${column}` as const))
      .select("attribute.connectionId")
      .where("attribute.id", "=", id),
  );
  return row && { ...row, type: row.type as DefinitionType };
};

/** What people can be filtered by, under the names that are shown. */
export const listFilterAttributes = async (tx: Transaction) => {
  const rows = await tx.run(
    visible(tx)
      .select((eb) => [
        "attribute.id",
        "attribute.type",
        eb.fn.coalesce("attribute.shownAs", "attribute.name").as("label"),
        "connection.id as connectionId",
        "connection.name as connectionName",
      ])
      .orderBy("connection.id")
      .orderBy("attribute.id"),
  );
  return rows.map(({ connectionId, connectionName, type, ...row }) => ({
    ...row,
    type: type as DefinitionType,
    connection: { id: connectionId, name: connectionName },
  }));
};

export const insertDefinition = (
  tx: Transaction,
  connectionId: string,
  definition: Omit<Definition, "id">,
): string => {
  const id = newId();
  tx.defer(
    query.insertInto("connectionAttributes").values({
      orgId: tx.orgId,
      id,
      connectionId,
      ...definition,
      urnKey: definition.urn.toLowerCase(),
      nameKey: definition.name.toLowerCase(),
      createdAt: tx.now,
    }),
  );
  return id;
};

export const updateDefinition = (
  tx: Transaction,
  id: string,
  change: Partial<Omit<Definition, "id" | "urn" | "name">>,
): void => {
  tx.defer(
    query
      .updateTable("connectionAttributes")
      .set(change)
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

export const deleteDefinition = (tx: Transaction, id: string): void => {
  tx.defer(
    query.deleteFrom("connectionAttributes").where("orgId", "=", tx.orgId).where("id", "=", id),
  );
};

/** Begins a reading; one that is under way ends, because the new one starts from the beginning. */
export const insertReading = async (
  tx: Transaction,
  connectionId: string,
  { cause, total }: { cause: Cause; total: number },
): Promise<string> => {
  await tx.run(
    query
      .updateTable("attributeReadings")
      .set({ finishedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .where("finishedAt", "is", null),
  );
  const id = newId();
  tx.defer(
    query.insertInto("attributeReadings").values({
      orgId: tx.orgId,
      id,
      connectionId,
      causeSentence: cause.sentence,
      actorId: cause.actor.id,
      actorName: cause.actor.name,
      total,
      startedAt: tx.now,
    }),
  );
  return id;
};

export const findLatestReading = (tx: Transaction, connectionId: string) =>
  tx.first(
    query
      .selectFrom("attributeReadings")
      .selectAll()
      .where("orgId", "=", tx.orgId)
      .where("connectionId", "=", connectionId)
      .orderBy("id", "desc")
      .limit(1),
  );

/** Held until the transaction ends, so that one worker at a time goes on with it. */
export const lockReading = (tx: Transaction, id: string) =>
  tx.first(
    query
      .selectFrom("attributeReadings")
      .selectAll()
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id)
      .where("finishedAt", "is", null)
      .forUpdate(),
  );

type Step = { readonly position: string; readonly done: number; readonly changed: number };

export const advanceReading = (tx: Transaction, id: string, step: Step): void => {
  tx.defer(
    query
      .updateTable("attributeReadings")
      .set((eb) => ({
        position: step.position,
        done: eb("done", "+", step.done),
        changed: eb("changed", "+", step.changed),
      }))
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

export const finishReading = (tx: Transaction, id: string): void => {
  tx.defer(
    query
      .updateTable("attributeReadings")
      .set({ finishedAt: tx.now })
      .where("orgId", "=", tx.orgId)
      .where("id", "=", id),
  );
};

export type ReadingRow = NonNullable<Awaited<ReturnType<typeof findLatestReading>>>;
