// SCIMMY with its own Express routers, and the PostgreSQL handlers that its documentation leaves to the host: one JSONB
// document for each resource, with unique and indexed columns for what is looked up by equality.
import { randomUUID } from "node:crypto";
import express from "express";
import pg from "pg";
import SCIMMY from "scimmy";
import { SCIMMYRouters } from "scimmy-routers";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(`
  create table users (id uuid primary key, seq bigint generated always as identity, user_name_key text not null unique,
    document jsonb not null);
  create index on users ((document->>'externalId'));
  create table groups (id uuid primary key, seq bigint generated always as identity, document jsonb not null);
`);

const names = new Map();

/** Runs a named prepared statement. */
const run = async (text, values) => {
  if (!names.has(text)) names.set(text, `statement ${names.size}`);
  return (await pool.query({ name: names.get(text), text, values })).rows;
};

const documents = (rows) => rows.map(({ id, document }) => ({ ...document, id }));

const findOne = async (table, id) => {
  const rows = await run(`select id, document from ${table} where id = $1`, [id]);
  if (rows.length === 0) throw new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
  return documents(rows)[0];
};

/** The two filters that a database can answer from an index; SCIMMY sifts all rows for the others. */
const findByFilter = async (filter) => {
  const [expression, ...others] = filter;
  const [[attribute, comparison] = ["", undefined]] = Object.entries(expression ?? {});
  const [operator, value] = Array.isArray(comparison) ? comparison : [];
  if (others.length === 0 && operator === "eq" && attribute.toLowerCase() === "username")
    return documents(
      await run("select id, document from users where user_name_key = lower($1)", [value]),
    );
  if (others.length === 0 && operator === "eq" && attribute.toLowerCase() === "externalid")
    return documents(
      await run("select id, document from users where document->>'externalId' = $1", [value]),
    );
  return filter.match(documents(await run("select id, document from users order by seq", [])));
};

const meta = { created: new Date(), lastModified: new Date() };
const stored = (data, id) => ({ ...JSON.parse(JSON.stringify(data)), id, meta });

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .extend(SCIMMY.Schemas.EnterpriseUser, false)
  .ingress(async (resource, data) => {
    const id = resource.id ?? randomUUID();
    const document = stored(data, id);
    try {
      await run(
        resource.id
          ? "update users set user_name_key = lower($2), document = $3 where id = $1"
          : "insert into users (id, user_name_key, document) values ($1, lower($2), $3)",
        [id, data.userName, document],
      );
    } catch (error) {
      if (error.code === "23505")
        throw new SCIMMY.Types.Error(409, "uniqueness", "userName is taken");
      throw error;
    }
    return document;
  })
  .egress(async (resource) => {
    if (resource.id) return findOne("users", resource.id);
    if (resource.filter) return findByFilter(resource.filter);
    return documents(await run("select id, document from users order by seq", []));
  })
  .degress((resource) => run("delete from users where id = $1", [resource.id]));

SCIMMY.Resources.declare(SCIMMY.Resources.Group)
  .ingress(async (resource, data) => {
    const id = resource.id ?? randomUUID();
    const document = stored(data, id);
    await run(
      resource.id
        ? "update groups set document = $2 where id = $1"
        : "insert into groups (id, document) values ($1, $2)",
      [id, document],
    );
    return document;
  })
  .egress(async (resource) => {
    if (resource.id) return findOne("groups", resource.id);
    const all = documents(await run("select id, document from groups order by seq", []));
    return resource.filter ? resource.filter.match(all) : all;
  })
  .degress((resource) => run("delete from groups where id = $1", [resource.id]));

const app = express();
app.use("/scim", new SCIMMYRouters({ type: "bearer", handler: () => "bench" }));
const server = app.listen(0, "127.0.0.1", () => {
  console.log(`ready at http://127.0.0.1:${server.address().port}/scim none`);
});
process.once("SIGTERM", () => process.exit(0));
