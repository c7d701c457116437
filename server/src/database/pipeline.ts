import type { ClientBase, Connection, FieldDef, Submittable } from "pg";
import { serialize } from "pg-protocol";
import { camelCase } from "./camel-case.ts";
import {
  createPreparedStatements,
  type Column,
  type Prepared,
  type PreparedStatements,
} from "./prepared-statements.ts";
import { asUnavailable } from "./unavailable.ts";
import { toWireValues, type WireValue } from "./wire-values.ts";

/** A statement's text and its parameters. */
export type Statement = {
  readonly text: string;
  readonly values: readonly unknown[];
  /** It is not worth a name: it will hardly be sent again. Its columns come back as they are named. */
  readonly isOneOff?: boolean;
  /** It binds to an organisation or a tenant, whose id is part of the text. */
  readonly isBinding?: boolean;
};

export type Result = {
  readonly rows: Record<string, unknown>[];
  /** What the database did, such as "COMMIT" or "INSERT 0 1". */
  readonly tag: string;
};

/** The results of the statements up to the first that failed; those behind that one were not run. */
export type Outcome = { readonly results: readonly Result[]; readonly error?: Error };

const statementsOf = new WeakMap<ClientBase, PreparedStatements>();

/**
 * Sends statements as one message and waits once for all their answers (PostgreSQL 18 documentation, 54.2.4
 * "Pipelining"). They run one after the other, each seeing what was committed before it began. A statement that fails
 * ends the message. Outside of an explicit transaction the whole message is one transaction.
 *
 * Every text is prepared once on each connection, under a name.
 */
export const sendTogether = async (
  client: ClientBase,
  statements: readonly Statement[],
): Promise<Outcome> => {
  let known = statementsOf.get(client);
  if (known === undefined) {
    known = createPreparedStatements();
    statementsOf.set(client, known);
  }
  const sent = statements.map(({ text, values, isOneOff = false, isBinding = false }) => ({
    text,
    values: toWireValues(values),
    isOneOff,
    isBinding,
  }));
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  client.query(new Message(client, known, sent, resolve));
  return promise;
};

const staleStatement = new Set(["0A000", "26000"]);

type Sent = {
  readonly text: string;
  readonly values: WireValue[];
  readonly isOneOff: boolean;
  readonly isBinding: boolean;
};

/** One message on its way: the client hands it the connection, and then whatever comes back. */
class Message implements Submittable {
  readonly #client: ClientBase;
  readonly #known: PreparedStatements;
  readonly sent: readonly Sent[];
  readonly #resolve: (outcome: Outcome) => void;
  readonly #prepared: Prepared[] = [];
  /** The texts that this message prepares, by their place in it. */
  readonly #fresh = new Map<number, string>();
  readonly #results: Result[] = [];
  #rows: Record<string, unknown>[] = [];
  #failure: Error | undefined;
  #wasSent = false;

  constructor(
    client: ClientBase,
    known: PreparedStatements,
    sent: readonly Sent[],
    resolve: (outcome: Outcome) => void,
  ) {
    this.#client = client;
    this.#known = known;
    this.sent = sent;
    this.#resolve = resolve;
  }

  submit({ stream }: Connection): void {
    const bytes: Buffer[] = [];
    for (const name of this.#known.takeDropped()) bytes.push(serialize.close({ type: "S", name }));
    for (const [index, sent] of this.sent.entries()) {
      const { name, columns } = this.#prepare(bytes, index, sent);
      if (columns === undefined) bytes.push(serialize.describe({ type: "S", name }));
      bytes.push(serialize.bind({ statement: name, values: sent.values }), serialize.execute());
    }
    bytes.push(serialize.sync());
    // As one chunk: a stream takes longer over many than it takes to put them together.
    this.#wasSent = stream.writable;
    if (this.#wasSent) stream.write(Buffer.concat(bytes));
  }

  #prepare(bytes: Buffer[], index: number, { text, isOneOff, isBinding }: Sent): Prepared {
    let prepared = isOneOff ? undefined : this.#known.find(text);
    if (prepared === undefined) {
      if (isOneOff) prepared = { name: "", columns: undefined, used: 0 };
      else {
        prepared = this.#known.add(text, isBinding);
        this.#fresh.set(index, text);
      }
      bytes.push(serialize.parse({ name: prepared.name, text }));
    }
    this.#prepared[index] = prepared;
    return prepared;
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    const index = this.#results.length;
    const isOneOff = this.sent[index]?.isOneOff ?? false;
    this.#prepared[index]!.columns = fields.map(({ name, dataTypeID }): Column => ({
      name: isOneOff ? name : camelCase(name),
      parse: this.#client.getTypeParser(dataTypeID, "text") as Column["parse"],
    }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    try {
      const columns = this.#prepared[this.#results.length]!.columns!;
      const row: Record<string, unknown> = {};
      for (let at = 0; at < columns.length; at += 1) {
        const { name, parse } = columns[at]!;
        const text = fields[at]!;
        row[name] = text === null ? null : parse(text);
      }
      this.#rows.push(row);
    } catch (error) {
      this.#failure ??= error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#prepared[this.#results.length]!.columns ??= [];
    this.#results.push({ rows: this.#rows, tag: text });
    this.#rows = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: "" });
  }

  /** The database refused a statement, or the connection is gone. */
  handleError(error: Error): void {
    const done = this.#results.length;
    for (const [index, text] of this.#fresh) if (index >= done) this.#known.forget(text);
    // A table is otherwise than when the statement was prepared, or somebody between us and the database forgot it.
    if (staleStatement.has((error as { code?: string }).code ?? ""))
      this.#known.forget(this.sent[done]?.text ?? "");
    const told = asUnavailable(error, { wasSent: this.#wasSent });
    this.#resolve({ results: this.#results, error: told });
  }

  handleReadyForQuery(): void {
    this.#resolve({
      results: this.#results,
      ...(this.#failure !== undefined && { error: this.#failure }),
    });
  }

  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: Connection & { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail("no rows are sent this way");
  }

  handleCopyData(): void {}
}
