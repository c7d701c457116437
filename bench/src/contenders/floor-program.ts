import { randomUUID } from "node:crypto";
import Fastify, { type FastifyRequest } from "fastify";
import pg from "pg";
import { applyFloorPatch, type Patch } from "./floor-patch.ts";

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 10 });
await pool.query(`
  create table people (id uuid primary key, seq bigint generated always as identity unique, user_name text not null,
    version int not null, document jsonb not null);
  create unique index on people (lower(user_name));
  create index on people ((document->>'externalId'));
  create index on people ((document->'emails'->0->>'value'));
  create index on people ((document->'name'->>'familyName'));
  create table groups (id uuid primary key, document jsonb not null);
  create table members (group_id uuid, person_id uuid, primary key (group_id, person_id));
`);

const run = (name: string, text: string, values: unknown[]) => pool.query({ name, text, values });

/** The filters that the traffic sends, each answered from an index. */
const columns: Record<string, string> = {
  userName: "lower(user_name) = lower($1)",
  externalId: "document->>'externalId' = $1",
  'emails[type eq "work"].value': "document->'emails'->0->>'value' = $1",
  "name.familyName": "document->'name'->>'familyName' = $1",
};

const app = Fastify({ logger: false });
app.addContentTypeParser("application/scim+json", { parseAs: "string" }, (_request, body, done) => {
  done(null, JSON.parse(body as string));
});
app.addHook("onSend", (_request, reply, _payload, done) => {
  void reply.header("content-type", "application/scim+json; charset=utf-8");
  done();
});

type Body = Record<string, unknown> & { userName: string };
type Asked = FastifyRequest<{
  Params: { id: string };
  Querystring: {
    filter?: string;
    startIndex?: string;
    count?: string;
    excludedAttributes?: string;
  };
}>;

const listOf = (resources: object[], totalResults: number, startIndex = 1) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

app.post("/scim/Users", async (request, reply) => {
  const body = request.body as Body;
  const id = randomUUID();
  const document = { ...body, id, meta: { resourceType: "User", version: 'W/"1"' } };
  const insert = "insert into people (id, user_name, version, document) values ($1, $2, 1, $3)";
  await run("post", insert, [id, body.userName, document]);
  return reply.status(201).send(document);
});

app.get("/scim/Users/:id", async ({ params }: Asked, reply) => {
  const { rows } = await run("get", "select document from people where id = $1", [params.id]);
  return rows[0] === undefined ? reply.status(404).send({}) : reply.send(rows[0].document);
});

app.get("/scim/Users", async ({ query }: Asked) => {
  const [, attribute = "", value] = /^(.*) eq "(.*)"$/.exec(query.filter ?? "") ?? [];
  if (value !== undefined) {
    const text = `select document from people where ${columns[attribute]}`;
    const { rows } = await run(`filter ${attribute}`, text, [value]);
    return listOf(
      rows.map(({ document }) => document),
      rows.length,
    );
  }
  const startIndex = Number(query.startIndex ?? 1);
  const page = "select document from people order by seq offset $1 limit $2";
  const { rows } = await run("page", page, [startIndex - 1, Number(query.count ?? 100)]);
  const total = await run("count", "select count(*)::int as total from people", []);
  return listOf(
    rows.map(({ document }) => document),
    total.rows[0].total,
    startIndex,
  );
});

app.patch("/scim/Users/:id", async ({ params, body }: Asked, reply) => {
  for (;;) {
    const select = "select version, document from people where id = $1";
    const found = await run("before", select, [params.id]);
    if (found.rows[0] === undefined) return reply.status(404).send({});
    const { version, document } = found.rows[0];
    const after = applyFloorPatch(document, body as Patch);
    const update =
      "update people set document = $3, user_name = $4, version = version + 1 where id = $1 and version = $2";
    const written = await run("patch", update, [params.id, version, after, after["userName"]]);
    if (written.rowCount === 1) return after;
  }
});

app.post("/scim/Groups", async (request, reply) => {
  const id = randomUUID();
  const document = { ...(request.body as Body), id, meta: { resourceType: "Group" } };
  await run("group", "insert into groups (id, document) values ($1, $2)", [id, document]);
  return reply.status(201).send(document);
});

app.get("/scim/Groups/:id", async ({ params, query }: Asked) => {
  const { rows } = await run("readGroup", "select document from groups where id = $1", [params.id]);
  if (query.excludedAttributes === "members") return rows[0].document;
  const select = "select person_id as value from members where group_id = $1";
  const members = await run("members", select, [params.id]);
  return { ...rows[0].document, members: members.rows };
});

app.patch("/scim/Groups/:id", async ({ params, body }: Asked, reply) => {
  for (const { op, value } of (body as Patch).Operations) {
    const ids = (value as { value: string }[]).map((member) => member.value);
    await run(
      op,
      op === "Add"
        ? "insert into members select $1, unnest($2::uuid[]) on conflict do nothing"
        : "delete from members where group_id = $1 and person_id = any($2)",
      [params.id, ids],
    );
  }
  return reply.status(204).send();
});

console.log(`ready at ${await app.listen({ host: "127.0.0.1", port: 0 })}/scim`);
process.once("SIGTERM", () => process.exit(0));
