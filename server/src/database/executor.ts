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
import type { Pool } from "pg";
import { sendTogether, type Statement } from "./pipeline.ts";
import type { DB } from "./tables.generated.ts";
import { connect, inDoubt } from "./unavailable.ts";

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

/** The place of a value in a prepared statement. */
class Place {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement that is compiled once, for what every request asks: gives a function that puts values into it.
 * @param build is given the values by name, as places: they may stand where a parameter may, and nothing can depend on them
 */
export const prepare = <Values extends Record<string, unknown>, Row = unknown>(
  build: (at: Values) => Query<Row>,
): ((values: Values) => Query<Row>) => {
  let compiled: CompiledQuery<Row> | undefined;
  const places = new Proxy({}, { get: (_, name) => new Place(String(name)) }) as Values;
  return (values) => ({
    compile: () => {
      compiled ??= build(places).compile();
      const parameters = compiled.parameters.map((place) =>
        place instanceof Place ? values[place.name] : place,
      );
      return { ...compiled, parameters };
    },
    toOperationNode: () => build(values).toOperationNode(),
  });
};

/**
 * SQL behind a column: it is one of these ids. One id is a statement of its own, because of a list PostgreSQL thinks
 * that it is longer, and would plan the statement anew each time.
 */
export const isOneOf = (ids: readonly string[]): RawBuilder<unknown> =>
  ids.length === 1 ? sql`= ${ids[0]}::uuid` : sql`= any(${[...ids]}::uuid[])`;

/** What is sent for a query. */
export const compile = (compilable: Query<unknown>): Statement => {
  const { sql: text, parameters } = compilable.compile();
  return { text, values: parameters };
};

/**
 * Runs one query outside of any transaction. Gives the rows with camelCase keys.
 * @throws DatabaseUnavailable
 */
export const execute = async <Row>(pool: Pool, compilable: Query<Row>): Promise<Row[]> => {
  const client = await connect(pool);
  try {
    const asked = compile(compilable);
    const { results, error } = await sendTogether(client, [asked]);
    if (error !== undefined) throw asked.text.startsWith("select ") ? error : inDoubt(error);
    return results[0]!.rows as Row[];
  } finally {
    client.release();
  }
};
