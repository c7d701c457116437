import { performance } from "node:perf_hooks";
import { errorBody } from "@muster/scim";
import { newId, type Organisations, type OrgId, type Transaction } from "#tenancy";
import type { FastifyBaseLogger } from "fastify";
import type { Activity } from "../connections/store.ts";
import type { DialectOf } from "../dialect/remember-dialects.ts";
import { resendingOf } from "../doctor/resending.ts";
import { seenInProbe, type SightingKind } from "../doctor/sightings.ts";
import type { Seen } from "../doctor/store.ts";
import type { Recorder } from "../log/recorder.ts";
import { redactBody, redactPath } from "../log/redact.ts";
import { insertLogEntries, type LogEntry } from "../log/store.ts";
import type { ScimBody } from "./body.ts";
import { bearerToken, type Answer, type Authenticated, type Call } from "./call.ts";
import { createOpener } from "./credentials.ts";
import { toScimError } from "./errors.ts";
import type { Preconditions } from "./preconditions.ts";

/** A request to a connection's endpoint; or an operation of a bulk request, as if it had come alone. */
export type Arrived = {
  readonly orgId: OrgId;
  readonly connectionId: string;
  readonly authorization: string | undefined;
  /** The address it came from. */
  readonly from: string;
  readonly method: string;
  /** With the query, below the endpoint. */
  readonly path: string;
  readonly body: ScimBody | undefined;
  readonly preconditions: Preconditions;
  /** A connection is being tested. */
  readonly isProbe: boolean;
  readonly log: FastifyBaseLogger;
  /** Is told that its credentials are right. */
  readonly recognised: (who: Authenticated) => void;
};

/** An answer, and its body as it is sent. */
export type Performed = { readonly answer: Answer; readonly text: string | null };

export type Perform = (
  mode: "read" | "write",
  arrived: Arrived,
  work: (tx: Transaction, call: Call) => Promise<Answer>,
) => Promise<Performed>;

type Needs = {
  readonly organisations: Organisations;
  readonly recorder: Recorder;
  readonly dialectOf: DialectOf;
  readonly url: string;
};

/** Bodies are kept this far in the log. */
const loggedBody = 64 * 1024;

/**
 * Gives a function that authenticates a request, does its work in one transaction, and logs it. A write's log entry is
 * part of its transaction; reads and refusals are written down behind the answer. It throws a ScimError only.
 */
export const createPerform = ({ organisations, recorder, dialectOf, url }: Needs): Perform => {
  const open = createOpener();
  return async (mode, arrived, work) => {
    const started = performance.now();
    const { orgId, connectionId, from } = arrived;
    const id = newId();
    const entryOf = (answer: Answer, response: string | null, entryId = id): LogEntry => ({
      id: entryId,
      connectionId,
      at: new Date(),
      method: arrived.method,
      path: redactPath(arrived.path).slice(0, 2000),
      status: answer.status,
      outcome: answer.outcome,
      resourceType: answer.resource?.type ?? null,
      resourceId: answer.resource?.id ?? null,
      resourceName: answer.resource?.name ?? null,
      summary: answer.summary.slice(0, 2000),
      ignored: answer.ignored ?? [],
      durationMs: performance.now() - started,
      request: storable(arrived.body === undefined ? null : redactBody(arrived.body)),
      response: storable(response),
    });

    let who: Authenticated | undefined;
    try {
      const token = bearerToken(arrived.authorization);
      const performed = await organisations.within(
        orgId,
        async (tx) => {
          who = undefined;
          const opened = await open(tx, { connectionId, token });
          const { connection, dialectVersion } = opened.who;
          const call: Call = {
            id,
            connection,
            dialect: await dialectOf(tx, connectionId, dialectVersion),
            base: `${url}/scim/v2/${connectionId}`,
            cause: causeOf(id, connection, arrived),
            preconditions: arrived.preconditions,
          };
          const working = (async () => work(tx, call))();
          await working.catch(() => {});
          who = await opened.confirm();
          arrived.recognised(who);
          const answer = await working;
          const text = answer.body === undefined ? null : JSON.stringify(answer.body);
          if (mode === "write") insertLogEntries(tx, [entryOf(answer, text)]);
          return { answer, text };
        },
        mode === "read" ? { isRead: true } : { hold: { key: connectionId, mode: "shared" } },
      );
      const { answer, text } = performed;
      recorder.note({
        orgId,
        ...(mode === "read" && { entry: entryOf(answer, text) }),
        activity: activityOf(arrived, answer),
        seen: sightingsOf(arrived, answer, id),
        resending:
          answer.outcome === "unchanged"
            ? resendingOf(arrived, { entryId: id, isRefused: false })
            : undefined,
        ...(answer.offered !== undefined && { offered: answer.offered }),
        ...(who !== undefined && { tokenId: who.tokenId }),
      });
      return performed;
    } catch (thrown) {
      const error = toScimError(thrown);
      const { status, detail } = error;
      // 501 is an answer, not a failure: whoever asks for what is not served cannot fill the log of errors.
      const isFailure = status >= 500 && status !== 501;
      if (isFailure) arrived.log.error({ err: thrown }, "SCIM request failed");
      const outcome = isFailure ? "failed" : "refused";
      // A caller without credentials cannot fill the log: it shows on the connection's page only.
      if (who === undefined && isFailure) throw error;
      if (who === undefined)
        recorder.note({
          orgId,
          activity: {
            connectionId,
            refusedAt: new Date(),
            refusedReason: detail,
            refusedFrom: from,
          },
        });
      else {
        // What failed may be stored all the same, with its entry, if only the answer to COMMIT was lost.
        const entryId = isFailure ? newId() : id;
        const told = JSON.stringify(errorBody(error));
        recorder.note({
          orgId,
          entry: entryOf({ status, outcome, summary: detail }, told, entryId),
          tokenId: who.tokenId,
          activity: { connectionId, requestAt: new Date() },
          resending:
            status < 500 && status !== 429
              ? resendingOf(arrived, { entryId, isRefused: true })
              : undefined,
        });
      }
      throw error;
    }
  };
};

const causeOf = (
  id: string,
  connection: Call["connection"],
  { method, path }: Arrived,
): Call["cause"] => {
  const what = path.split("?", 1)[0]!.includes("/Groups") ? "a group" : "a person";
  const verbs: Record<string, string> = {
    POST: "created",
    PATCH: "changed",
    PUT: "replaced",
    DELETE: "deleted",
  };
  return {
    kind: "scim",
    id,
    sentence: `${connection.name} ${verbs[method] ?? "read"} ${what}`,
    actor: { id: connection.id, name: connection.name },
  };
};

const activityOf = ({ connectionId, isProbe }: Arrived, answer: Answer): Activity => ({
  connectionId,
  requestAt: new Date(),
  ...(isProbe && { testConnectionAt: new Date() }),
  ...(["created", "changed", "deleted"].includes(answer.outcome) && {
    changeAt: new Date(),
    change: answer.summary,
  }),
});

/** Every request belongs to a cycle; some show more. */
const sightingsOf = (
  { connectionId, isProbe, path }: Arrived,
  answer: Answer,
  id: string,
): Seen[] => {
  const at = new Date();
  const kinds: SightingKind[] = [
    "cycle",
    ...(answer.seen ?? []),
    ...(isProbe && /^\/+users/i.test(path) ? seenInProbe(filterIn(path)) : []),
  ];
  // Only what has an entry by now can be looked at: a read's is written with this.
  return kinds.map((kind) => ({ connectionId, kind, at, entryId: kind === "cycle" ? null : id }));
};

const filterIn = (path: string): string =>
  new URLSearchParams(path.slice(path.indexOf("?"))).get("filter") ?? "";

/** What PostgreSQL cannot hold as text is made visible. */
const storable = (body: string | null): string | null =>
  body === null ? null : cut(body).replaceAll("\0", "\u2400").toWellFormed();

/** The beginning, in memory of its own: a slice would keep all of a body of megabytes for as long as it waits. */
const cut = (body: string): string =>
  body.length <= loggedBody ? body : Buffer.from(body.slice(0, loggedBody)).toString();
