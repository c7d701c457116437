import { mkdirSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createMessageReader } from "./message-reader.ts";

/** What went between a contender and PostgreSQL. */
export type Counted = {
  /** Times the contender waited for PostgreSQL: `ReadyForQuery` messages. */
  roundTrips: number;
  /** Statements that completed, `begin` and `commit` among them. */
  statements: number;
  /** Rows that came back to the contender. */
  rowsRead: number;
  /** Rows inserted, updated or deleted by top-level statements. */
  rowsWritten: number;
};

/** A proxy between one contender and PostgreSQL, on a Unix socket, which counts what passes. */
export type CountingProxy = { readonly folder: string; take(): Counted; close(): void };

const file = ".s.PGSQL.5432";

export const startCountingProxy = async (
  folder: string,
  postgresFolder: string,
): Promise<CountingProxy> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let counted = nothing();
  const sockets = new Set<Socket>();
  const server = createServer((front) => {
    const back = createConnection(join(postgresFolder, file));
    const read = createMessageReader((type, payload) => count(counted, type, payload));
    back.on("data", (chunk: Buffer) => {
      read(chunk);
      front.write(chunk);
    });
    front.pipe(back);
    for (const [socket, other] of [
      [front, back],
      [back, front],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(join(folder, file), resolve);
  });
  return {
    folder,
    take: () => {
      const taken = counted;
      counted = nothing();
      return taken;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};

const nothing = (): Counted => ({ roundTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 });

// PostgreSQL 18 documentation, "Message Formats": Z ReadyForQuery, C CommandComplete, D DataRow.
const count = (counted: Counted, type: string, payload: () => string): void => {
  if (type === "Z") counted.roundTrips += 1;
  if (type === "D") counted.rowsRead += 1;
  if (type !== "C") return;
  counted.statements += 1;
  const written = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)/.exec(payload())?.[1];
  counted.rowsWritten += Number(written ?? 0);
};
