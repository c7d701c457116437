import type { FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { conflict, notFound, readPageQuery, toPage, type HttpServer } from "#http";
import type { Jobs } from "#jobs";
import { limitsNow, type Transaction } from "#tenancy";
import { idsIn, toDifference } from "../difference.ts";
import type { LedgerNeeds, Viewer } from "../routes.ts";
import { undoJob } from "./apply-undo.ts";
import { makeUndo } from "./make-undo.ts";
import { refusalOf, type Undoer } from "./plan.ts";
import type { Reversals } from "./reversal.ts";
import {
  ById,
  EffectQuery,
  ItemById,
  Undo,
  UndoEffect,
  UndoItemPage,
  UndoItemQuery,
  UndoRequest,
  type UndoItem,
} from "./schemas.ts";
import {
  countItems,
  findPlannedItem,
  findUndo,
  listItems,
  listPlanned,
  lockUndo,
  settleItem,
  startUndo,
  type ItemRow,
  type UndoRow,
} from "./store.ts";

type UndoViewer = Viewer & { readonly accountId: string; readonly accountName: string };

export type UndoNeeds = Pick<LedgerNeeds, "organisations" | "nameThings"> & {
  readonly jobs: Jobs;
  readonly reversals: Reversals;
  readonly viewerOf: (request: FastifyRequest) => UndoViewer;
  readonly undoerOf: (request: FastifyRequest) => Undoer;
};

const mostNames = 3;
const tags = ["Ledger"];
const undoing = { permission: "ledger:undo" };

/** Undo: worked out, looked at, applied in the background. */
export const registerUndoRoutes = (app: HttpServer, needs: UndoNeeds): void => {
  const { organisations, jobs, reversals, viewerOf, undoerOf, nameThings } = needs;

  app.post(
    "/ledger/undos",
    {
      config: undoing,
      schema: { operationId: "planUndo", tags, body: UndoRequest, response: { 201: Undo } },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { from, to, ...rest } = request.body;
      const scope = {
        ...rest,
        ...(from !== undefined && { from: new Date(from) }),
        ...(to !== undefined && { to: new Date(to) }),
        ...(!viewer.isSuper && { tenantId: viewer.tenantId }),
      };
      const undo = await organisations.within(viewer.orgId, async (tx) => {
        const asked = { scope, by: viewer, undoer: undoerOf(request) };
        const id = await makeUndo(tx, reversals, asked);
        return presentUndo(tx, await requireUndo(tx, id, viewer));
      });
      return reply.status(201).send(undo);
    },
  );

  app.get(
    "/ledger/undos/:id",
    {
      config: undoing,
      schema: { operationId: "getUndo", tags, params: ById, response: { 200: Undo } },
    },
    (request) => {
      const viewer = viewerOf(request);
      return organisations.within(viewer.orgId, async (tx) =>
        presentUndo(tx, await requireUndo(tx, request.params.id, viewer)),
      );
    },
  );

  app.get(
    "/ledger/undos/:id/items",
    {
      config: undoing,
      schema: {
        operationId: "listUndoItems",
        tags,
        params: ById,
        querystring: UndoItemQuery,
        response: { 200: UndoItemPage },
      },
    },
    (request) => {
      const viewer = viewerOf(request);
      const { state } = request.query;
      const { cursor, limit } = readPageQuery(request.query);
      return organisations.within(viewer.orgId, async (tx) => {
        const undo = await requireUndo(tx, request.params.id, viewer);
        const after = cursor === undefined ? undefined : Number.parseInt(cursor[0] ?? "", 10) || 0;
        const rows = await listItems(tx, undo.id, { after, limit: limit + 1, state });
        const counts = await countItems(tx, undo.id);
        const total =
          state === undefined
            ? counts.planned.things + counts.done.things + counts.refused.things
            : counts[state].things;
        const ids = rows.flatMap((row) => idsIn(row.currentValues, row.wantedValues));
        const names = await nameThings(tx, [...new Set(ids)]);
        return toPage({
          rows,
          limit,
          total,
          keyOf: (row) => [String(row.position)],
          present: (row) => presentItem(row, reversals, names),
        });
      });
    },
  );

  app.get(
    "/ledger/undos/:id/items/:item/effect",
    {
      config: undoing,
      schema: {
        operationId: "getUndoEffect",
        tags,
        description:
          "What would follow for others, some of them at a time: ask again from `next` on.",
        params: ItemById,
        querystring: EffectQuery,
        response: { 200: UndoEffect },
      },
    },
    (request) => {
      const viewer = viewerOf(request);
      const { id } = request.params;
      const position = /^\d{1,9}$/.test(request.params.item) ? Number(request.params.item) : -1;
      return organisations.within(viewer.orgId, async (tx) => {
        requirePlanner(await requireUndo(tx, id, viewer), viewer);
        const item = await findPlannedItem(tx, id, position);
        const foresee = item && reversalOf(reversals, item)?.foresee;
        if (item === undefined || foresee === undefined)
          throw notFound("An effect of that on others");
        const { subjectId, wantedValues } = item;
        const { names, ...effect } = await foresee(
          tx,
          subjectId ?? "",
          (wantedValues ?? {}) as object,
          request.query.position ?? null,
        );
        return { ...effect, names: names.slice(0, mostNames) };
      });
    },
  );

  app.post(
    "/ledger/undos/:id/apply",
    {
      config: undoing,
      schema: { operationId: "applyUndo", tags, params: ById, response: { 200: Undo } },
    },
    (request) => {
      const viewer = viewerOf(request);
      return organisations.within(viewer.orgId, async (tx) => {
        const undo = await requireUndo(tx, request.params.id, viewer);
        requirePlanner(undo, viewer);
        const held = await lockUndo(tx, undo.id);
        // Pressed twice: it runs, or has run.
        if (held?.state === "planned") {
          const { accountId: actorId, accountName: actorName } = viewer;
          await refuseBeyond(tx, reversals, undoerOf(request), undo.id);
          await startUndo(tx, undo.id, { actorId, actorName });
          await jobs.send(tx, undoJob, {
            orgId: tx.orgId,
            undoId: undo.id,
            limits: limitsNow(),
          });
        }
        return presentUndo(tx, await requireUndo(tx, undo.id, viewer));
      });
    },
  );
};

/** What its maker may do is as it is when it is applied: it may have become less since the preview. */
const refuseBeyond = async (
  tx: Transaction,
  reversals: Reversals,
  undoer: Undoer,
  undoId: string,
): Promise<void> => {
  for (const item of await listPlanned(tx, undoId)) {
    const reversal = reversalOf(reversals, item);
    const { subjectId, currentValues: now, wantedValues: wanted } = item;
    if (reversal === undefined || subjectId === null) continue;
    const change = { subjectId, now: (now ?? {}) as object, wanted: (wanted ?? {}) as object };
    const why = await refusalOf(tx, undoer, reversal, change);
    if (why !== undefined) settleItem(tx, item, { state: "refused", why });
  }
};

const reversalOf = ({ reversals }: Reversals, item: ItemRow) =>
  reversals.find(({ name }) => name === item.reversal);

/** The plan says what its maker may do; another may be allowed less. */
const requirePlanner = (undo: UndoRow, viewer: UndoViewer): void => {
  if (undo.plannedBy === viewer.accountId) return;
  throw conflict(
    `${undo.plannedByName} made this preview`,
    "Make one of your own, which shows what you may undo.",
  );
};

/** @throws HttpError 404 also for one that reaches beyond the tenant that is seen */
const requireUndo = async (tx: Transaction, id: string, viewer: Viewer): Promise<UndoRow> => {
  const undo = await findUndo(tx, id);
  if (undo === undefined || !(viewer.isSuper || undo.tenantId === viewer.tenantId))
    throw notFound("That undo");
  return undo;
};

const presentUndo = async (tx: Transaction, undo: UndoRow): Promise<Static<typeof Undo>> => ({
  id: undo.id,
  what: undo.scopeSentence,
  state: undo.state as Static<typeof Undo>["state"],
  plannedAt: undo.plannedAt.toISOString(),
  plannedBy: undo.plannedByName,
  startedAt: undo.startedAt?.toISOString() ?? null,
  finishedAt: undo.finishedAt?.toISOString() ?? null,
  ...(await countItems(tx, undo.id)),
});

const presentItem = (
  item: ItemRow,
  reversals: Reversals,
  names: ReadonlyMap<string, string>,
): Static<typeof UndoItem> => ({
  id: String(item.position),
  state: item.state as Static<typeof UndoItem>["state"],
  label: item.label,
  subject: { kind: item.subjectKind, id: item.subjectId, name: item.subjectName },
  entries: item.entries,
  entryId: item.entryIds[0] ?? null,
  difference: toDifference(item.currentValues, item.wantedValues, names),
  consequence: item.consequence,
  reaches: item.state === "planned" && reversalOf(reversals, item)?.foresee !== undefined,
  why: item.why,
  causeId: item.causeId,
});
