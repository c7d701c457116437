import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { administratorCause, sessionOf } from "#access";
import { Named, type HttpServer } from "#http";
import type { Cause } from "#ledger";
import type { Organisations, Transaction } from "#tenancy";
import { createChoice, requireCategory } from "./create-choice.ts";
import { assetFields } from "./fields.ts";
import { assetPermissions } from "./permissions.ts";
import { FieldList, Model, NewModel, NewNamed, NewStatus, Status, TenantQuery } from "./schemas.ts";
import {
  insertCategory,
  insertLocation,
  insertModel,
  insertStatus,
  listCategories,
  listLocations,
  listModels,
  listStatuses,
  type ModelRow,
} from "./store/choices.ts";
import { requireTenant } from "./visible.ts";

const tags = ["Assets"];
const viewing = { permission: assetPermissions.view };
const administering = { permission: assetPermissions.administer };

/** What an asset's fields are, and the models, categories, statuses and locations to choose from. */
export const registerChoiceRoutes = (
  app: HttpServer,
  { organisations }: { readonly organisations: Organisations },
): void => {
  app.get(
    "/asset-fields",
    {
      config: viewing,
      schema: { operationId: "listAssetFields", tags, response: { 200: FieldList } },
    },
    () => ({ items: [...assetFields] }),
  );

  app.get("/asset-models", list("listAssetModels", Model), (request) =>
    within(request, async (tx, { tenantId }) => ({
      items: (await listModels(tx, tenantId)).map(presentModel),
    })),
  );
  app.post("/asset-models", make("createAssetModel", NewModel, Model), async (request, reply) => {
    const { name, manufacturer, categoryId = null } = request.body;
    const model = await within(request, async (tx, about) => {
      if (categoryId !== null) await requireCategory(tx, about.tenantId, categoryId);
      return createChoice(tx, { ...about, kind: "model", name }, (owned) =>
        insertModel(tx, { ...owned, manufacturer: manufacturer?.trim() || null, categoryId }),
      );
    });
    return reply.status(201).send(presentModel(model));
  });

  app.get("/asset-categories", list("listAssetCategories", Named), (request) =>
    within(request, async (tx, { tenantId }) => ({ items: await listCategories(tx, tenantId) })),
  );
  app.post(
    "/asset-categories",
    make("createAssetCategory", NewNamed, Named),
    async (request, reply) => {
      const { name } = request.body;
      const category = await within(request, (tx, about) =>
        createChoice(tx, { ...about, kind: "category", name }, (owned) =>
          insertCategory(tx, owned),
        ),
      );
      return reply.status(201).send(category);
    },
  );

  app.get("/asset-statuses", list("listAssetStatuses", Status), (request) =>
    within(request, async (tx, { tenantId }) => ({ items: await listStatuses(tx, tenantId) })),
  );
  app.post(
    "/asset-statuses",
    make("createAssetStatus", NewStatus, Status),
    async (request, reply) => {
      const { name, kind } = request.body;
      const status = await within(request, (tx, about) =>
        createChoice(tx, { ...about, kind: "status", name }, (owned) =>
          insertStatus(tx, { ...owned, kind }),
        ),
      );
      return reply.status(201).send(status);
    },
  );

  app.get("/locations", list("listLocations", Named), (request) =>
    within(request, async (tx, { tenantId }) => ({ items: await listLocations(tx, tenantId) })),
  );
  app.post("/locations", make("createLocation", NewNamed, Named), async (request, reply) => {
    const { name } = request.body;
    const location = await within(request, (tx, about) =>
      createChoice(tx, { ...about, kind: "location", name }, (owned) => insertLocation(tx, owned)),
    );
    return reply.status(201).send(location);
  });

  /** In a transaction, with the tenant that the request is about and its cause in the ledger. */
  const within = <Result>(
    request: FastifyRequest & { query: { tenantId?: string } },
    act: (tx: Transaction, about: { tenantId: string; cause: Cause }) => Promise<Result>,
  ): Promise<Result> => {
    const session = sessionOf(request);
    const cause = administratorCause(session, `${session.accountName} edited the lists for assets`);
    return organisations.within(session.orgId, async (tx) =>
      act(tx, { tenantId: await requireTenant(tx, request.query.tenantId, session), cause }),
    );
  };
};

const list = <Id extends string, Item extends typeof Named | typeof Status | typeof Model>(
  operationId: Id,
  item: Item,
) => ({
  config: viewing,
  schema: {
    operationId,
    tags,
    querystring: TenantQuery,
    response: { 200: Type.Object({ items: Type.Array(item) }) },
  },
});

const make = <
  Body extends typeof NewNamed | typeof NewStatus | typeof NewModel,
  Item extends typeof Named | typeof Status | typeof Model,
>(
  operationId: string,
  body: Body,
  item: Item,
) => ({
  config: administering,
  schema: { operationId, tags, querystring: TenantQuery, body, response: { 201: item } },
});

const presentModel = (model: ModelRow) => ({
  id: model.id,
  name: model.name,
  manufacturer: model.manufacturer,
  category:
    model.categoryId === null ? null : { id: model.categoryId, name: model.categoryName ?? "" },
});
