import { sessionOf } from "#access";
import type { HttpServer } from "#http";
import type { Organisations, OrgId } from "#tenancy";
import { requireConnection } from "../connections/require-connection.ts";
import { commonDialect, composeDialect } from "../dialect/dialect.ts";
import { findSettled } from "../dialect/store.ts";
import { provisioningPermissions } from "../permissions.ts";
import { ById, MappingSchema, MappingTable } from "../schemas.ts";
import { mappingTable, sayingOf, type MappingRow } from "./mapping-table.ts";
import { synchronizationSchema } from "./synchronization-schema.ts";

const tags = ["Connections"];

/** The mapping that a connection wants: to check against, and to import. */
export const registerMappingRoutes = (app: HttpServer, organisations: Organisations): void => {
  const tableOf = (orgId: OrgId, connectionId: string) =>
    organisations.within(orgId, async (tx) => {
      await requireConnection(tx, connectionId);
      const settled = await findSettled(tx, connectionId);
      return mappingTable(settled === undefined ? commonDialect : composeDialect(settled));
    });

  app.get(
    "/connections/:id/attribute-mapping",
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "getAttributeMapping",
        tags,
        params: ById,
        response: { 200: MappingTable },
      },
    },
    async (request) => {
      const { users, groups } = await tableOf(sessionOf(request).orgId, request.params.id);
      return { users: users.map(present), groups: groups.map(present) };
    },
  );

  app.get(
    "/connections/:id/attribute-mapping/schema",
    {
      config: { permission: provisioningPermissions.view },
      schema: {
        operationId: "getSynchronizationSchema",
        description: "The mapping as Microsoft Graph's synchronizationSchema, to import in Entra.",
        tags,
        params: ById,
        response: { 200: MappingSchema },
      },
    },
    async (request, reply) => {
      const table = await tableOf(sessionOf(request).orgId, request.params.id);
      void reply.header("content-disposition", 'attachment; filename="muster-mapping.json"');
      return synchronizationSchema(table);
    },
  );
};

const present = ({ target, source, precedence, level, use }: MappingRow) => ({
  target,
  source: source && sayingOf(source),
  precedence,
  level,
  use,
});
