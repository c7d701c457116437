import type { Static } from "typebox";
import { sessionOf } from "#access";
import { accountsOfPerson } from "#accounts";
import { notFound, readPageQuery, toPage, type HttpServer } from "#http";
import { listEffects, presentLedgerEntry } from "#ledger";
import type { Organisations, Transaction } from "#tenancy";
import { listConnections } from "../connections/store.ts";
import { provisioningPermissions } from "../permissions.ts";
import { ById, LogDetail, LogExportQuery, LogPage, LogQuery, type LogEntry } from "../schemas.ts";
import { exportLog } from "./export-log.ts";
import { countLog, findLogEntry, listLog, type LogFilter, type LogRow } from "./store.ts";

const tags = ["Provisioning log"];
const shownEffects = 200;

export const registerLogRoutes = (app: HttpServer, organisations: Organisations): void => {
  app.get(
    "/provisioning-log",
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "listProvisioningLog",
        tags,
        querystring: LogQuery,
        response: { 200: LogPage },
      },
    },
    (request) => {
      const { cursor, limit } = readPageQuery(request.query);
      const { cursor: _cursor, limit: _limit, ...asked } = request.query;
      return organisations.within(sessionOf(request).orgId, async (tx) => {
        const filter = await readFilter(tx, asked);
        const [before] = cursor ?? [];
        const rows = await listLog(tx, filter, {
          ...(before !== undefined && { before }),
          limit: limit + 1,
        });
        const present = await presenter(tx);
        return toPage({
          rows,
          limit,
          total: await countLog(tx, filter),
          keyOf: (row) => [row.id],
          present,
        });
      });
    },
  );

  app.get(
    "/provisioning-log/export",
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "exportProvisioningLog",
        tags,
        description:
          "Everything that the filters leave, newest first, as CSV, or as a JSON object a line with the bodies.",
        querystring: LogExportQuery,
        produces: ["text/csv", "application/x-ndjson"],
      },
    },
    (request, reply) => {
      const { orgId } = sessionOf(request);
      const { format = "ndjson", ...asked } = request.query;
      const day = new Date().toISOString().slice(0, 10);
      const filterIn = (tx: Transaction) => readFilter(tx, asked);
      return reply
        .type(format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson")
        .header("content-disposition", `attachment; filename="provisioning-log-${day}.${format}"`)
        .send(exportLog(organisations, { orgId, format, filterIn }));
    },
  );

  app.get(
    "/provisioning-log/:id",
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "getProvisioningLogEntry",
        tags,
        params: ById,
        response: { 200: LogDetail },
      },
    },
    (request) =>
      organisations.within(sessionOf(request).orgId, async (tx) => {
        const entry = await findLogEntry(tx, request.params.id);
        if (entry === undefined) throw notFound("That log entry");
        const present = await presenter(tx);
        const effects = await listEffects(tx, entry.id, shownEffects);
        return {
          ...present(entry),
          request: entry.request,
          response: entry.response,
          effects: effects.map(presentLedgerEntry),
        };
      }),
  );
};

type Asked = Omit<LogFilter, "personIds"> & { readonly personId?: string };

/** A person is looked for by all ids they go by. */
const readFilter = async (tx: Transaction, { personId, ...rest }: Asked): Promise<LogFilter> =>
  personId === undefined ? rest : { ...rest, personIds: await accountsOfPerson(tx, personId) };

const presenter = async (tx: Transaction) => {
  const names = new Map((await listConnections(tx)).map(({ id, name }) => [id, name]));
  return (row: LogRow): Static<typeof LogEntry> => ({
    id: row.id,
    at: row.at.toISOString(),
    connection: { id: row.connectionId, name: names.get(row.connectionId) ?? "" },
    method: row.method,
    path: row.path,
    status: row.status,
    outcome: row.outcome as Static<typeof LogEntry>["outcome"],
    resourceType: row.resourceType as "User" | "Group" | null,
    resource: row.resourceId === null ? null : { id: row.resourceId, name: row.resourceName ?? "" },
    summary: row.summary,
    ignored: row.ignored,
    durationMs: row.durationMs,
  });
};
