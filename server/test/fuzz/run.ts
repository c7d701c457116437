import * as fc from "fast-check";
import { administrator, startProduct } from "../support/product.ts";
import { requestApi, sessionFrom, type Session } from "../support/api-client.ts";
import { apiRequest, type ApiDescription } from "./api-requests.ts";
import { faultOf, type Exchange } from "./check-answer.ts";
import { ownSchema, ownTypes, scimRequest } from "./scim-requests.ts";
import type { Draft } from "./values.ts";
import { inconsistencies } from "./verify-mirror.ts";
import { createWorld, listThings, memoryOf } from "./world.ts";

type Failure = { readonly fault: string; readonly request: Draft };

export type Summary = {
  readonly requests: number;
  readonly seed: number;
  readonly statuses: ReadonlyMap<number, number>;
  readonly memory: { readonly before: number; readonly most: number };
  /** The smallest request that broke a property, in each of the parallel streams that found one. */
  readonly failures: readonly Failure[];
  /** What was wrong afterwards: with the mirror, the memory, the log, the process. */
  readonly aftermath: readonly string[];
};

const streams = 4;
/** Resident, in MB: far above what the server needs, far below what a machine has. */
const mostMemory = 1024;

/**
 * Sends random requests, valid and not, to a product of its own, and checks what must hold whatever is sent: no 5xx, a
 * refusal that says why as SCIM or problem+json, bounded time and memory, no secret in the log, a mirror that agrees with itself.
 */
export const fuzz = async ({
  requests,
  seed,
  milliseconds = Number.POSITIVE_INFINITY,
  onProgress = () => {},
}: {
  requests: number;
  seed: number;
  /** When to stop, however many have been sent. */
  milliseconds?: number;
  onProgress?: (sent: number) => void;
}): Promise<Summary> => {
  const product = await startProduct();
  try {
    const { url } = product;
    const signedIn = await requestApi(url, {
      method: "POST",
      path: "/sign-in",
      body: administrator,
    });
    const session = sessionFrom(url, signedIn);
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
    const connection = await product.connect(session, "Fuzz");
    const description = (await (await fetch(`${url}/api/openapi.json`)).json()) as ApiDescription;
    await defineAttributes(session, connection.id);
    const things = await listThings(session);
    const world = createWorld({ url, cookie }, { connection, things });
    const anyRequest = fc.oneof(
      { weight: 2, arbitrary: fc.record({ isScim: fc.constant(true), draft: scimRequest }) },
      {
        weight: 1,
        arbitrary: fc.record({ isScim: fc.constant(false), draft: apiRequest(description) }),
      },
    );

    let sent = 0;
    const before = await memoryOf(url);
    let most = before;
    const runStream = async (stream: number): Promise<Failure | undefined> => {
      let last: Failure | undefined;
      const holds = fc.asyncProperty(anyRequest, async ({ isScim, draft }) => {
        sent += 1;
        if (sent % 500 === 0) {
          most = Math.max(most, await memoryOf(url));
          onProgress(sent);
        }
        const request = world.resolve(draft);
        const fault = await world.send(draft, isScim).then(describeFault, explain);
        if (fault === undefined) return;
        last = { fault, request };
        throw new Error(fault);
      });
      const numRuns = Math.ceil(requests / streams);
      const { failed } = await fc.check(holds, {
        seed: seed + stream,
        numRuns,
        ...(Number.isFinite(milliseconds) && { interruptAfterTimeLimit: milliseconds }),
      });
      return failed ? last : undefined;
    };
    const found = await Promise.all(
      Array.from({ length: streams }, (_, stream) => runStream(stream)),
    );
    const failures = found.filter((failure) => failure !== undefined);
    most = Math.max(most, await memoryOf(url));
    const said = product.server().complained();
    const aftermath = [
      ...(await inconsistencies(session, connection)),
      ...(most > mostMemory ? [`the server took ${most} MB`] : []),
      ...(said.includes(connection.token) ? ["the log shows the token"] : []),
      ...(said.includes(administrator.password) ? ["the log shows a password"] : []),
      ...said
        .split("\n")
        .filter((line) => /"level":[56]0/.test(line))
        .slice(0, 3)
        .map((line) => `the log says ${line.slice(0, 500)}`),
    ];
    const { statuses } = world;
    return { requests: sent, seed, statuses, memory: { before, most }, failures, aftermath };
  } finally {
    await product.stop();
  }
};

const defineAttributes = async (session: Session, connectionId: string): Promise<void> => {
  for (const type of ownTypes) {
    const definition = { urn: ownSchema, name: type, type, multiValued: type === "string" };
    const { status, body } = await session.post(
      `/connections/${connectionId}/attributes`,
      definition,
    );
    if (status !== 201) throw new Error(`Not defined: ${JSON.stringify(body)}`);
  }
};

const describeFault = (exchange: Exchange): string | undefined => {
  const fault = faultOf(exchange);
  return fault && `${fault}: ${exchange.text.slice(0, shownText)}`;
};

const shownText = 500;

/** No answer at all: the process is gone, or closed the connection. */
const explain = (error: Error & { cause?: Error }): string =>
  `got no answer: ${error.cause?.message ?? error.message}`;
