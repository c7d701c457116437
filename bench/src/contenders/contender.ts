import type { ChildProcess } from "node:child_process";

/** Where a contender's SCIM endpoint is, and the token that opens it. */
export type Endpoint = { readonly url: string; readonly token: string };

/** A server under measurement, running. */
export type Running = Endpoint & {
  readonly process: ChildProcess;
  stop(): Promise<void>;
};

/** A SCIM server that can be started on an empty database. */
export type Contender = {
  readonly name: ContenderName;
  /** What it is, for the reader of the report. */
  readonly description: string;
  start(databaseUrl: string): Promise<Running>;
  /** What it cannot be asked, known beforehand. */
  readonly limits?: Limits;
};

export type Limits = {
  /** Its store is not grown beyond this many people. */
  readonly people?: number;
  /** Its groups are not grown beyond this many members. */
  readonly members?: number;
};

export type ContenderName = "floor" | "muster" | "muster-2" | "scimmy" | "polis" | "better-auth";
