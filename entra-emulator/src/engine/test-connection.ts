import { randomUUID } from "node:crypto";
import { TransportFailure } from "../scim/client.ts";
import type { Answer, ScimClient } from "../scim/client.ts";
import { ProvisioningError } from "./provisioning-error.ts";
import { readList } from "./read-answer.ts";
import type { ObjectKind } from "./target.ts";

export type ProbeResult = {
  readonly kind: ObjectKind;
  readonly status: number | null;
  /** Undefined when the probe succeeded. */
  readonly problem?: string;
};

export type ConnectionResult = {
  readonly isSuccessful: boolean;
  readonly probes: readonly ProbeResult[];
};

export type ProbeOptions = {
  /** The first matching attribute of each mapping (§1.1); a kind that is not provisioned is not asked for. */
  readonly attributes: Readonly<Partial<Record<ObjectKind, string>>>;
};

/** Entra's Test Connection: asks for a user and a group nobody has; 200 with an empty list is success (§1.1). */
export async function probeConnection(
  client: ScimClient,
  options: ProbeOptions,
): Promise<ConnectionResult> {
  const probes: ProbeResult[] = [];
  for (const kind of ["User", "Group"] as const) {
    const attribute = options.attributes[kind];
    if (attribute === undefined) continue;
    const probe = await probeKind(client, kind, attribute);
    probes.push(probe);
    if (probe.problem !== undefined) break;
  }
  return { isSuccessful: probes.every((probe) => probe.problem === undefined), probes };
}

async function probeKind(
  client: ScimClient,
  kind: ObjectKind,
  attribute: string,
): Promise<ProbeResult> {
  const exclusion = kind === "Group" ? { excludedAttributes: "members" } : {};
  const query = { ...exclusion, filter: `${attribute} eq "${randomUUID()}"` };
  let answer: Answer;
  try {
    answer = await client.send({ verb: "GET", path: `/${kind}s`, query });
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    return {
      kind,
      status: null,
      problem: `You appear to have entered invalid credentials or the endpoint cannot be reached. ${error.message}`,
    };
  }
  const problem = judgeProbe(answer, kind);
  return { kind, status: answer.status, ...(problem === undefined ? {} : { problem }) };
}

function judgeProbe(answer: Answer, kind: ObjectKind): string | undefined {
  const { status, text } = answer;
  if (status === 401 || status === 403) {
    return `You appear to have entered invalid credentials. Please confirm you are using the correct information for an administrative account. Web Response: ${text}`;
  }
  if (status === 404) {
    return "404 Not Found response was returned rather than the expected 200 OK response. To address this issue, please check the tenant URL. The tenant URL should be the base address of your SCIM endpoint.";
  }
  if (status !== 200) {
    return `Received response from Web resource. Resource: /${kind}s Operation: GET Response Status Code: ${status}. Web Response: ${text}`;
  }
  try {
    return readList(answer, kind).length === 0
      ? undefined
      : `The query for a ${kind.toLowerCase()} that does not exist returned resources; an empty ListResponse was expected. The filter is not applied.`;
  } catch (error) {
    if (error instanceof ProvisioningError) return error.message;
    throw error;
  }
}
