import { TransportFailure } from "../scim/client.ts";
import type { Answer, Call, Query, ScimClient, Verb } from "../scim/client.ts";
import { isJson } from "../scim/json.ts";
import type { Json } from "../scim/json.ts";

/** One request and its answer, as a failed check shows them. */
export type Turn = {
  readonly request: string;
  readonly requestBody?: unknown;
  readonly status: number | null;
  readonly answer: string;
};

export type Reply = {
  readonly status: number;
  readonly headers: Answer["headers"];
  /** The answer's JSON; undefined when it is empty or none. */
  readonly json: Json | undefined;
  readonly text: string;
  readonly milliseconds: number;
};

export type Conversation = {
  readonly turns: readonly Turn[];
  readonly get: (path: string, query?: Query) => Promise<Reply>;
  readonly post: (path: string, body: unknown) => Promise<Reply>;
  readonly patch: (path: string, operations: readonly unknown[]) => Promise<Reply>;
  readonly remove: (path: string) => Promise<Reply>;
  /** A GET with another token, or with none (null). */
  readonly getAs: (token: string | null, path: string) => Promise<Reply>;
};

/** Thrown when a check does not hold; the message says what was expected and what came. */
export class CheckFailure extends Error {
  override readonly name = "CheckFailure";
}

/** Starts a conversation that remembers its turns. Its functions throw CheckFailure when no answer comes. */
export function startConversation(client: ScimClient): Conversation {
  const turns: Turn[] = [];
  const say = async (verb: Verb, path: string, more: Partial<Call> = {}): Promise<Reply> => {
    const call: Call = { verb, path, ...more };
    const query = call.query === undefined ? "" : `?${new URLSearchParams(call.query).toString()}`;
    const turn = {
      request: `${verb} ${path}${query}`,
      ...(call.body === undefined ? {} : { requestBody: call.body }),
    };
    const begun = performance.now();
    try {
      const answer = await client.send(call);
      turns.push({ ...turn, status: answer.status, answer: answer.text });
      return { ...answer, json: readJson(answer.text), milliseconds: performance.now() - begun };
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      turns.push({ ...turn, status: null, answer: error.message });
      throw new CheckFailure(error.message);
    }
  };
  return {
    turns,
    get: (path, query) => say("GET", path, query === undefined ? {} : { query }),
    post: (path, body) => say("POST", path, { body }),
    patch: (path, operations) =>
      say("PATCH", path, {
        body: {
          schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          Operations: operations,
        },
      }),
    remove: (path) => say("DELETE", path),
    getAs: (token, path) => say("GET", path, { token }),
  };
}

/** Fails unless the status is one of those expected. Gives the reply. */
export function expectStatus(reply: Reply, ...expected: readonly number[]): Reply {
  if (expected.includes(reply.status)) return reply;
  throw new CheckFailure(`expected status ${expected.join(" or ")}, got ${reply.status}`);
}

/** Fails with the message unless the condition holds. */
export function expectThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new CheckFailure(message);
}

/** Fails unless a value is what was sent. */
export function expectEqual(actual: unknown, expected: unknown, place: string): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  expectThat(left === right, `${place}: expected ${right}, got ${left ?? "nothing"}`);
}

/** Gives the reply's object. Fails when there is none. */
export function expectJson(reply: Reply): Json {
  expectThat(reply.json !== undefined, "expected a JSON object in the answer");
  return reply.json;
}

/** Gives the id of a created resource. */
export function expectId(reply: Reply): string {
  const { id } = expectJson(reply);
  expectThat(typeof id === "string" && id !== "", "the created resource has no id");
  return id;
}

/** Gives the resources of a ListResponse after checking its frame. */
export function expectList(reply: Reply): readonly Json[] {
  expectStatus(reply, 200);
  const { schemas, totalResults, Resources: resources } = expectJson(reply);
  const listResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  expectThat(Array.isArray(schemas) && schemas.includes(listResponse), "not a ListResponse");
  expectThat(typeof totalResults === "number", "totalResults must be a number");
  if (totalResults === 0 && resources === undefined) return [];
  expectThat(
    Array.isArray(resources) && resources.every(isJson),
    "Resources must be a list of objects",
  );
  return resources;
}

function readJson(text: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJson(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
