import type { Static } from "typebox";
import { administratorCause, sessionOf } from "#access";
import { readPageQuery, toPage, type HttpServer } from "#http";
import type { Jobs } from "#jobs";
import type { Organisations, Transaction } from "#tenancy";
import { changeSafeguard } from "./change-safeguard.ts";
import { requireDefaultRole } from "./edit-rules.ts";
import type { HeldKind } from "./held-kind.ts";
import { presentApplication } from "./present.ts";
import { discardChanges, releaseAll, releasePeople } from "./release-held.ts";
import {
  Chosen,
  Discarded,
  HeldPage,
  HeldQuery,
  Released,
  Safeguard,
  SafeguardChange,
  Safeguards,
  type HeldChange,
} from "./safeguard-schemas.ts";
import { ById } from "./schemas.ts";
import { findLatestApplication } from "./store/applications.ts";
import { countHeld, listHeld, summarizeHeld, type HeldRow } from "./store/held-changes.ts";
import { countPassed, findSafeguard, listHolding } from "./store/safeguards.ts";

type Needs = { readonly organisations: Organisations; readonly jobs: Jobs };

const tags = ["Safeguards"];

/** Dry run and guard of a connection, and what they hold. */
export const registerSafeguardRoutes = (app: HttpServer, { organisations, jobs }: Needs): void => {
  app.get(
    "/safeguards",
    {
      config: { permission: "provisioning:view" },
      schema: { operationId: "listSafeguards", tags, response: { 200: Safeguards } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => ({
        items: (await listHolding(tx)).map(({ mode, trippedAt, held, ...one }) => ({
          ...one,
          mode: mode as "live",
          trippedAt: trippedAt?.toISOString() ?? null,
          held: Number(held),
        })),
      })),
  );

  app.get(
    "/connections/:id/safeguard",
    {
      config: { permission: "provisioning:view" },
      schema: { operationId: "getSafeguard", tags, params: ById, response: { 200: Safeguard } },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        await requireDefaultRole(tx, request.params.id);
        return presentSafeguard(tx, request.params.id);
      }),
  );

  app.patch(
    "/connections/:id/safeguard",
    {
      config: { permission: "provisioning:edit" },
      schema: {
        operationId: "changeSafeguard",
        tags,
        params: ById,
        body: SafeguardChange,
        response: { 200: Safeguard },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const connectionId = request.params.id;
      const cause = administratorCause(session, `${session.accountName} changed the safeguards`);
      return organisations.within(
        session.orgId,
        async (tx) => {
          await requireDefaultRole(tx, connectionId);
          await changeSafeguard(tx, jobs, { connectionId, cause, wanted: request.body });
          return presentSafeguard(tx, connectionId);
        },
        { hold: { key: connectionId, mode: "exclusive" } },
      );
    },
  );

  app.get(
    "/connections/:id/held-changes",
    {
      config: { permission: "provisioning:view" },
      schema: {
        operationId: "listHeldChanges",
        tags,
        params: ById,
        querystring: HeldQuery,
        response: { 200: HeldPage },
      },
    },
    (request) => {
      const { cursor, limit } = readPageQuery(request.query);
      const { kind, search, discarded = false } = request.query;
      const filter = { kind, search, isDiscarded: discarded };
      const connectionId = request.params.id;
      return organisations.within(sessionOf(request).orgId, async (tx) => {
        await requireDefaultRole(tx, connectionId);
        return toPage({
          rows: await listHeld(tx, connectionId, filter, { after: cursor, limit: limit + 1 }),
          limit,
          total: await countHeld(tx, connectionId, filter),
          keyOf: ({ sortName, userId }) => [sortName, userId],
          present: presentHeld,
        });
      });
    },
  );

  app.post(
    "/connections/:id/held-changes/apply",
    {
      config: { permission: "provisioning:edit" },
      schema: {
        operationId: "applyHeldChanges",
        tags,
        params: ById,
        body: Chosen,
        response: { 200: Released },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const connectionId = request.params.id;
      const { personIds: userIds, kind } = request.body;
      const cause = administratorCause(session, `${session.accountName} let go what was held`);
      return organisations.within(
        session.orgId,
        async (tx) => {
          await requireDefaultRole(tx, connectionId);
          if (userIds !== undefined)
            return {
              ...(await releasePeople(tx, { connectionId, cause, userIds })),
              application: null,
            };
          const application = await releaseAll(tx, jobs, { connectionId, cause, kind });
          return { changed: 0, stillHeld: 0, application: presentApplication(application) };
        },
        { hold: { key: connectionId, mode: "shared" } },
      );
    },
  );

  app.post(
    "/connections/:id/held-changes/discard",
    {
      config: { permission: "provisioning:edit" },
      schema: {
        operationId: "discardHeldChanges",
        tags,
        params: ById,
        body: Chosen,
        response: { 200: Discarded },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const connectionId = request.params.id;
      const { personIds: userIds, kind } = request.body;
      const cause = administratorCause(session, `${session.accountName} discarded what was held`);
      return organisations.within(
        session.orgId,
        async (tx) => {
          await requireDefaultRole(tx, connectionId);
          return { people: await discardChanges(tx, { connectionId, cause, userIds, kind }) };
        },
        { hold: { key: connectionId, mode: "exclusive" } },
      );
    },
  );
};

const presentSafeguard = async (
  tx: Transaction,
  connectionId: string,
): Promise<Static<typeof Safeguard>> => {
  const { mode, guard, trippedAt } = await findSafeguard(tx, connectionId);
  const application = await findLatestApplication(tx, connectionId, "release");
  return {
    mode,
    guard,
    trippedAt: trippedAt?.toISOString() ?? null,
    passed: trippedAt === null ? 0 : await countPassed(tx, connectionId),
    ...(await summarizeHeld(tx, connectionId)),
    application: application === undefined ? null : presentApplication(application),
  };
};

const presentHeld = (row: HeldRow): Static<typeof HeldChange> => ({
  id: row.userId,
  person: { id: row.userId, name: row.name },
  accountId: row.accountId,
  because: row.because as "guard",
  kind: row.kind as HeldKind,
  sentences: row.sentences,
  heldAt: row.heldAt.toISOString(),
  cause: { kind: row.causeKind, id: row.causeId, sentence: row.causeSentence },
  discarded:
    row.discardedAt === null
      ? null
      : { at: row.discardedAt.toISOString(), by: row.discardedBy ?? "" },
});
