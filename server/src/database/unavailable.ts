import { DatabaseError, type Pool, type PoolClient } from "pg";

type Known = {
  /** What was asked is on its way, and only the answer is missing. */
  readonly wasSent?: boolean;
  /** It would be stored for good if it arrived. */
  readonly mayBeStored?: boolean;
};

/** The database cannot be reached, or the connection to it was lost. The message says what is known of what was asked. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
  readonly retryAfterSeconds = retryAfterSeconds;
  readonly wasSent: boolean;

  constructor(cause: unknown, { wasSent = false, mayBeStored = false }: Known = {}) {
    super(mayBeStored ? inDoubtSentence : nothingChangedSentence, { cause });
    this.wasSent = wasSent;
  }
}

/** A connection that was lost is replaced at once, and a server that is started again answers within a few seconds. */
const retryAfterSeconds = 5;

const nothingChangedSentence = `The database cannot be used just now. Nothing was changed. Send this again in ${retryAfterSeconds} seconds.`;
const inDoubtSentence = `The connection to the database was lost while this was being stored, and it is not known whether it was. Look whether it is there, or send this again, in ${retryAfterSeconds} seconds.`;

/**
 * Classes of SQLSTATE that say so: 08, connection exception; 53, insufficient resources; 57P, the server ends the connection,
 * or is starting or stopping; 25P03 and 25P04, a transaction that took too long, with its connection.
 */
const unavailable = /^(08|53|57P|25P0[34])/;

/** What finds no room is refused and undone, on a connection that stays: so much is known. */
const noRoom = /^53/;

/** An error of a connection as it is to be told: what PostgreSQL itself refused stays as it is. */
export const asUnavailable = (error: Error, known?: Known): Error => {
  if (!(error instanceof DatabaseError)) return new DatabaseUnavailable(error, known);
  const { code = "" } = error;
  if (!unavailable.test(code)) return error;
  return new DatabaseUnavailable(error, noRoom.test(code) ? {} : known);
};

/** What went wrong with what is stored once it has arrived: where only the answer is missing, nobody knows. */
export const inDoubt = (error: unknown): unknown =>
  error instanceof DatabaseUnavailable && error.wasSent
    ? new DatabaseUnavailable(error.cause, { wasSent: true, mayBeStored: true })
    : error;

/** @throws DatabaseUnavailable when none can be had */
export const connect = (pool: Pool): Promise<PoolClient> =>
  pool.connect().catch((error: unknown) => {
    throw new DatabaseUnavailable(error);
  });
