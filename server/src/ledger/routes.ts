import type { FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { invalid, notFound, readPageQuery, type HttpServer } from "#http";
import { isId, listTenants, type Organisations, type OrgId, type Transaction } from "#tenancy";
import { idsIn, toDifference } from "./difference.ts";
import { exportEntries } from "./export/export-entries.ts";
import { findCause, findEntry } from "./find/cause.ts";
import type { LedgerFilter } from "./find/filter.ts";
import { findEntries } from "./find/find-entries.ts";
import { listActions, type AssetsInSight } from "./find/list-actions.ts";
import { presentLedgerEntry } from "./present.ts";
import {
  ActionList,
  ById,
  ExportQuery,
  LedgerCause,
  LedgerDetail,
  LedgerList,
  LedgerQuery,
  type LedgerFilters,
} from "./schemas.ts";
import { findSealOver, type Place } from "./seals/store.ts";

/** Whoever looks: at the super tenant everything is seen, elsewhere what is of one's own tenant. */
export type Viewer = {
  readonly orgId: OrgId;
  readonly tenantId: string;
  readonly isSuper: boolean;
};

/** What modules above know, handed in by app.ts. */
export type LedgerNeeds = {
  readonly organisations: Organisations;
  readonly viewerOf: (request: FastifyRequest) => Viewer;
  /** What things of every kind are called, by id; and permissions, by key. */
  readonly nameThings: (
    tx: Transaction,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;
  readonly assetsInSight: AssetsInSight;
};

const tags = ["Ledger"];
const viewing = { permission: "ledger:view" };
const mostNamed = 1000;

export const registerLedgerRoutes = (app: HttpServer, needs: LedgerNeeds): void => {
  const { organisations, viewerOf, nameThings, assetsInSight } = needs;

  app.get(
    "/ledger",
    {
      config: viewing,
      schema: {
        operationId: "listLedger",
        tags,
        querystring: LedgerQuery,
        response: { 200: LedgerList },
      },
    },
    (request) => {
      const viewer = viewerOf(request);
      const { cursor: _cursor, limit: _limit, ...asked } = request.query;
      const { cursor, limit } = readPageQuery(request.query);
      return organisations.within(viewer.orgId, async (tx) => {
        const place = { before: readPlace(cursor), limit };
        const { rows, next } = await findEntries(tx, seenBy(viewer, asked), place);
        return { items: rows.map(presentLedgerEntry), next: next && toCursor(next) };
      });
    },
  );

  app.get(
    "/ledger/export",
    {
      config: viewing,
      schema: {
        operationId: "exportLedger",
        tags,
        description:
          "Everything that the filters leave, newest first, as CSV or a JSON object a line.",
        querystring: ExportQuery,
        produces: ["text/csv", "application/x-ndjson"],
      },
    },
    (request, reply) => {
      const viewer = viewerOf(request);
      const { format = "ndjson", ...asked } = request.query;
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .type(format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson")
        .header("content-disposition", `attachment; filename="ledger-${day}.${format}"`)
        .send(exportEntries(organisations, viewer.orgId, seenBy(viewer, asked), format));
    },
  );

  app.get(
    "/ledger/actions",
    {
      config: viewing,
      schema: { operationId: "listLedgerActions", tags, response: { 200: ActionList } },
    },
    (request) =>
      organisations.within(viewerOf(request).orgId, async (tx) => ({
        items: await listActions(tx, assetsInSight),
      })),
  );

  app.get(
    "/ledger/causes/:id",
    {
      config: viewing,
      schema: { operationId: "getLedgerCause", tags, params: ById, response: { 200: LedgerCause } },
    },
    (request) => {
      const viewer = viewerOf(request);
      return organisations.within(viewer.orgId, async (tx) => {
        const { tenantId } = seenBy(viewer, {});
        const cause = await findCause(tx, request.params.id, tenantId);
        if (cause === undefined) throw notFound("That cause");
        return {
          id: cause.id,
          kind: cause.causeKind as Static<typeof LedgerCause>["kind"],
          sentence: cause.causeSentence,
          actor: cause.actorName,
          at: cause.at.toISOString(),
          effects: cause.effects,
        };
      });
    },
  );

  app.get(
    "/ledger/:id",
    {
      config: viewing,
      schema: {
        operationId: "getLedgerEntry",
        tags,
        params: ById,
        response: { 200: LedgerDetail },
      },
    },
    (request) => {
      const viewer = viewerOf(request);
      return organisations.within(viewer.orgId, async (tx) => {
        const entry = await findEntry(tx, request.params.id);
        if (entry === undefined || !(viewer.isSuper || entry.tenantId === viewer.tenantId))
          throw notFound("That ledger entry");
        const ids = idsIn(entry.before, entry.after).slice(0, mostNamed);
        const names = await nameThings(tx, ids);
        const seal = await findSealOver(tx, entry);
        const tenant = (await listTenants(tx)).find(({ id }) => id === entry.tenantId);
        return {
          ...presentLedgerEntry(entry),
          actorId: entry.actorId,
          tenant: tenant ? { id: tenant.id, name: tenant.name } : null,
          difference: toDifference(entry.before, entry.after, names),
          seal: seal
            ? {
                number: seal.number,
                hash: seal.hash.toString("hex"),
                sealedAt: seal.sealedAt.toISOString(),
              }
            : null,
        };
      });
    },
  );
};

/** What somebody asked for, of what they may see. */
export const seenBy = (
  { isSuper, tenantId }: Viewer,
  { from, to, ...asked }: Static<typeof LedgerFilters>,
): LedgerFilter => ({
  ...asked,
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
  ...(!isSuper && { tenantId }),
});

const readPlace = (key: readonly string[] | undefined) => {
  if (key === undefined) return undefined;
  const [transactionId = "", id = ""] = key;
  if (/^\d{1,18}$/.test(transactionId) && isId(id)) return { transactionId, id };
  throw invalid(
    "That page does not exist",
    "The cursor is not one that this list gave out. Start again without it.",
  );
};

/** As readPageQuery reads it. */
const toCursor = ({ transactionId, id }: Place): string =>
  Buffer.from(JSON.stringify([transactionId, id])).toString("base64url");
