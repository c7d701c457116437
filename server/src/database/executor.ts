import { createHash } from "node:crypto";
import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type CompiledQuery,
  type OperationNode,
  type RawBuilder,
} from "kysely";
import type pg from "pg";
import type { DB } from "./tables.generated.ts";

/** Kysely as a compiler of SQL only: it is never given a connection (docs/decisions/0003). */
export const query = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new CamelCasePlugin()],
});

/** Anything Kysely can compile whose rows are `Row`. */
export type Query<Row> = { compile(): CompiledQuery<Row>; toOperationNode(): OperationNode };

/** A statement written as SQL. Its columns come back in camelCase like every other's. */
export const statement = <Row>(raw: RawBuilder<Row>): Query<Row> => ({
  compile: () => raw.compile(query),
  // Inside another statement (`with w0 as …`) Kysely puts parentheses around its own statements, not around raw SQL.
  toOperationNode: () => sql`(${raw})`.toOperationNode(),
});

/**
 * Runs one compiled statement as a named prepared statement, so that the server plans each text once.
 * Gives the rows with camelCase keys.
 */
export const execute = async <Row>(
  client: pg.ClientBase | pg.Pool,
  compilable: Query<Row>,
): Promise<Row[]> => {
  const { sql: text, parameters } = compilable.compile();
  const result = await client.query({
    name: statementName(text),
    text,
    values: parameters as unknown[],
  });
  return camelCaseRows(result) as Row[];
};

const statementNames = new Map<string, string>();

/** A short stable name for a statement's text: PostgreSQL cuts names at 63 bytes. */
const statementName = (sql: string): string => {
  let name = statementNames.get(sql);
  if (name === undefined) {
    name = createHash("sha256").update(sql).digest("base64url").slice(0, 24);
    statementNames.set(sql, name);
  }
  return name;
};

const camelNames = new Map<string, string>();

const camelCase = (column: string): string => {
  let name = camelNames.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(column, name);
  }
  return name;
};

const camelCaseRows = (result: pg.QueryResult): Record<string, unknown>[] => {
  const renamed = result.fields.filter((field) => field.name.includes("_"));
  if (renamed.length === 0) return result.rows;
  const names = result.fields.map((field) => [field.name, camelCase(field.name)] as const);
  return result.rows.map((row: Record<string, unknown>) => {
    const renamedRow: Record<string, unknown> = {};
    for (const [column, name] of names) renamedRow[name] = row[column];
    return renamedRow;
  });
};
