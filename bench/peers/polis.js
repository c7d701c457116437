// Ory Polis as its npm package is meant to be embedded: the host's web framework hands it the requests.
import jackson from "@boxyhq/saml-jackson";
import express from "express";

const { directorySyncController: sync } = await jackson.controllers({
  externalUrl: "http://127.0.0.1",
  samlPath: "/saml",
  oidcPath: "/oidc",
  scimPath: "/scim",
  samlAudience: "bench",
  noAnalytics: true,
  logger: { info: () => {}, warn: () => {}, error: () => {} },
  db: { engine: "sql", type: "postgres", url: process.env.DATABASE_URL },
});
const { data: directory, error } = await sync.directories.create({
  tenant: "bench",
  product: "bench",
  name: "Bench",
  type: "azure-scim-v2",
  webhook_url: "",
  webhook_secret: "",
});
if (error) throw new Error(error.message);

const app = express();
app.use(express.json({ type: ["application/scim+json", "application/json"], limit: "10mb" }));
app.all(["/scim/:resource", "/scim/:resource/:id"], async (request, response) => {
  const { query, params } = request;
  const { status, data } = await sync.requests.handle({
    method: request.method,
    body: request.body,
    directoryId: directory.id,
    resourceType: params.resource.toLowerCase(),
    resourceId: params.id,
    apiSecret: request.headers.authorization?.slice("Bearer ".length) ?? null,
    query: {
      count: query.count === undefined ? undefined : Number(query.count),
      startIndex: query.startIndex === undefined ? undefined : Number(query.startIndex),
      filter: query.filter,
    },
  });
  response.status(status).json(data);
});
const server = app.listen(0, "127.0.0.1", () => {
  console.log(`ready at http://127.0.0.1:${server.address().port}/scim ${directory.scim.secret}`);
});
process.once("SIGTERM", () => process.exit(0));
