import { parseListQuery, projectResource, type Resource } from "@muster/scim";
import type { Transaction } from "#tenancy";
import type { Answer, Call } from "./call.ts";

/** Which attributes an answer carries (RFC 7644 §3.9). */
export type Projection = {
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
};

/** Whether the answer shows an attribute that costs something to read. */
export const shows = (
  { attributes = [], excludedAttributes = [] }: Projection,
  name: string,
): boolean =>
  attributes.length > 0
    ? attributes.some((path) => withoutUrn(path).split(".")[0] === name)
    : !excludedAttributes.some((path) => withoutUrn(path) === name);

const withoutUrn = (path: string): string => path.toLowerCase().replace(/^urn:.*:/, "");

type Asking = { readonly query: Readonly<Record<string, unknown>> };
type Work<Request> = (tx: Transaction, call: Call, request: Request) => Promise<Answer>;

/** A write whose answer has the attributes that the request asks for. */
export const showing =
  <Request extends Asking>(name: "user" | "group", work: Work<Request>): Work<Request> =>
  async (tx, call, request) => {
    const answer = await work(tx, call, request);
    if (answer.body === undefined) return answer;
    const type = call.dialect[name];
    const asked = parseListQuery(request.query, type);
    return { ...answer, body: projectResource(type, answer.body as Resource, asked) };
  };
