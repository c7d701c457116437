import type { Static } from "typebox";
import { administratorCause, sessionOf, type Session } from "#access";
import type { HttpServer } from "#http";
import type { Jobs } from "#jobs";
import type { Organisations, Transaction } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import { provisioningPermissions } from "../permissions.ts";
import { ById } from "../schemas.ts";
import { guessType } from "./guess-type.ts";
import { changeDefinition, define, removeDefinition } from "./define.ts";
import {
  AttributeById,
  AttributeChange,
  Attributes,
  NewAttribute,
  type Offer,
  type Reading,
} from "./schemas.ts";
import { listSeen, type SeenRow } from "./seen-store.ts";
import { findLatestReading, listDefinitions, type ReadingRow } from "./store.ts";

type Needs = { readonly organisations: Organisations; readonly jobs: Jobs };

const tags = ["Connections"];

export const registerAttributeRoutes = (app: HttpServer, { organisations, jobs }: Needs): void => {
  app.get(
    "/connections/:id/attributes",
    {
      config: { permission: provisioningPermissions.view },
      schema: { operationId: "listAttributes", tags, params: ById, response: { 200: Attributes } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, (tx) => present(tx, request.params.id)),
  );

  app.post(
    "/connections/:id/attributes",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "defineAttribute",
        tags,
        params: ById,
        body: NewAttribute,
        response: { 201: Attributes },
      },
    },
    async (request, reply) => {
      const {
        urn,
        name,
        type,
        multiValued = false,
        description = "",
        shownAs = null,
      } = request.body;
      const { caseExact = type === "reference" } = request.body;
      const definition = { urn, name, type, multiValued, caseExact, description, shownAs };
      const deed = `defined the attribute ${name}`;
      const answer = await edit(sessionOf(request), request.params.id, deed, (tx, at) =>
        define(tx, at, definition),
      );
      return reply.status(201).send(answer);
    },
  );

  app.patch(
    "/connections/:id/attributes/:attributeId",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "changeAttribute",
        tags,
        params: AttributeById,
        body: AttributeChange,
        response: { 200: Attributes },
      },
    },
    (request) => {
      const { id, attributeId } = request.params;
      return edit(sessionOf(request), id, "changed the definition of an attribute", (tx, at) =>
        changeDefinition(tx, at, attributeId, request.body),
      );
    },
  );

  app.delete(
    "/connections/:id/attributes/:attributeId",
    {
      config: { permission: provisioningPermissions.edit },
      schema: {
        operationId: "removeAttribute",
        tags,
        params: AttributeById,
        response: { 200: Attributes },
      },
    },
    (request) => {
      const { id, attributeId } = request.params;
      return edit(sessionOf(request), id, "removed the definition of an attribute", (tx, at) =>
        removeDefinition(tx, at, attributeId),
      );
    },
  );

  /** Changes the definitions while no request uses them, and gives them as they are then. */
  const edit = (
    session: Session,
    connectionId: string,
    deed: string,
    work: (tx: Transaction, at: Parameters<typeof define>[1]) => Promise<void>,
  ) => {
    const cause = administratorCause(session, `${session.accountName} ${deed}`);
    return organisations.within(
      session.orgId,
      async (tx) => {
        await work(tx, { connectionId, cause, jobs });
        await tx.flush();
        return present(tx, connectionId);
      },
      { hold: { key: connectionId, mode: "exclusive" } },
    );
  };
};

const present = async (tx: Transaction, connectionId: string) => {
  await requireConnection(tx, connectionId);
  const reading = await findLatestReading(tx, connectionId);
  const items = await listDefinitions(tx, connectionId);
  return {
    items,
    offers: (await listSeen(tx, connectionId))
      .filter((seen) => !items.some((item) => isSame(item, seen)))
      .map(presentOffer),
    reading: reading === undefined ? null : presentReading(reading),
  };
};

const isSame = (left: Named, right: Named): boolean =>
  left.urn.toLowerCase() === right.urn.toLowerCase() &&
  left.name.toLowerCase() === right.name.toLowerCase();

type Named = { readonly urn: string; readonly name: string };

const presentOffer = ({ examples, ...seen }: SeenRow): Static<typeof Offer> => {
  const values = examples as unknown[];
  return {
    ...seen,
    examples: values.flat().map(inWords),
    guess: guessType(values),
  };
};

const inWords = (value: unknown): string =>
  typeof value === "object" ? "…" : typeof value === "string" ? value : JSON.stringify(value);

const presentReading = (reading: ReadingRow): Static<typeof Reading> => ({
  state: reading.finishedAt === null ? "running" : "done",
  // Whoever arrives meanwhile is read by the new definitions at once.
  total: Math.max(reading.total, reading.done),
  done: reading.done,
  changed: reading.changed,
  startedAt: reading.startedAt.toISOString(),
  finishedAt: reading.finishedAt?.toISOString() ?? null,
});
