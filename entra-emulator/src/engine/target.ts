import { TransportFailure } from "../scim/client.ts";
import type { Answer, Call, ScimClient } from "../scim/client.ts";
import type { Json } from "../scim/json.ts";
import type { PatchBody } from "../scim/patch.ts";
import { failAnswer, failReading, failTransport } from "./provisioning-error.ts";
import type { Operation } from "./provisioning-error.ts";
import { readList, readResource } from "./read-answer.ts";
import type { TargetResource } from "./read-answer.ts";

export type ObjectKind = "User" | "Group";

/** The target application as the engine uses it: the requests of §3.1, with answers judged by §2.9. */
export type Target = {
  readonly search: (
    kind: ObjectKind,
    attribute: string,
    value: string,
  ) => Promise<readonly TargetResource[]>;
  readonly read: (kind: ObjectKind, id: string) => Promise<TargetResource>;
  /** Asks whether an object refers to another: `id eq … and manager eq …`. */
  readonly hasReference: (
    kind: ObjectKind,
    id: string,
    attribute: string,
    referred: string,
  ) => Promise<boolean>;
  readonly create: (kind: ObjectKind, body: Json) => Promise<TargetResource>;
  readonly patch: (kind: ObjectKind, id: string, body: PatchBody) => Promise<void>;
  readonly remove: (kind: ObjectKind, id: string) => Promise<void>;
};

/** Gives the target behind a client. Every function throws ProvisioningError. */
export function openTarget(client: ScimClient): Target {
  const send = async (call: Call): Promise<Answer> => {
    try {
      return await client.send(call);
    } catch (error) {
      throw error instanceof TransportFailure ? failTransport(error) : error;
    }
  };
  const require = (
    answer: Answer,
    operation: Operation,
    ...statuses: readonly number[]
  ): Answer => {
    if (statuses.includes(answer.status)) return answer;
    throw failAnswer(answer, operation);
  };

  return {
    search: async (kind, attribute, value) => {
      const query = { ...withoutMembers(kind), filter: `${attribute} eq ${quote(value)}` };
      const answer = await send({ verb: "GET", path: pathOf(kind), query });
      return readList(require(answer, "match", 200), kind);
    },
    read: async (kind, id) => {
      const query = kind === "Group" ? { query: withoutMembers(kind) } : {};
      const answer = await send({ verb: "GET", path: pathOf(kind, id), ...query });
      return readResource(require(answer, "read", 200), kind);
    },
    hasReference: async (kind, id, attribute, referred) => {
      const filter = `id eq ${quote(id)} and ${attribute} eq ${quote(referred)}`;
      const answer = await send({
        verb: "GET",
        path: pathOf(kind),
        query: { filter, attributes: "id" },
      });
      return readList(require(answer, "match", 200), kind).length > 0;
    },
    create: async (kind, body) => {
      const answer = await send({ verb: "POST", path: pathOf(kind), body });
      if (answer.status === 204 || answer.status === 202)
        throw failReading(answer, "The answer to a creation has no id.");
      return readResource(require(answer, "create", 200, 201), kind);
    },
    patch: async (kind, id, body) => {
      const answer = await send({ verb: "PATCH", path: pathOf(kind, id), body });
      // A body is optional and may be partial, but one that is there must be JSON.
      if (require(answer, "update", 200, 204).text === "") return;
      try {
        JSON.parse(answer.text);
      } catch {
        throw failReading(answer, "The answer to an update is not JSON.");
      }
    },
    remove: async (kind, id) => {
      // Gone already is what was wanted.
      require(await send({ verb: "DELETE", path: pathOf(kind, id) }), "delete", 200, 204, 404);
    },
  };
}

/** Writes a filter's value: quotes and backslashes escaped as in JSON. */
export function quote(value: string): string {
  return JSON.stringify(value);
}

function withoutMembers(kind: ObjectKind): { excludedAttributes?: string } {
  return kind === "Group" ? { excludedAttributes: "members" } : {};
}

function pathOf(kind: ObjectKind, id?: string): string {
  return id === undefined ? `/${kind}s` : `/${kind}s/${encodeURIComponent(id)}`;
}
