import type { Directory } from "../directory/model.ts";
import { prepareMappings } from "../mapping/load.ts";
import type { MappingTable } from "../mapping/model.ts";
import { presets } from "../mapping/presets.ts";
import type { Exchange } from "../scim/client.ts";
import { resolveAssignment } from "../scope/assignment.ts";
import type { ScopeMode } from "../scope/assignment.ts";
import { probedAttributes, runCycle } from "./cycle.ts";
import type { Connection } from "./cycle.ts";
import type { CycleReport } from "./cycle-report.ts";
import { createState } from "./job-state.ts";
import type { LogEntry } from "./provisioning-log.ts";
import { evaluateGroups, evaluateUsers } from "./source-objects.ts";
import type { SourceGroup, SourceUser } from "./source-objects.ts";

export type OnDemandOptions = {
  readonly connection: Connection;
  readonly directory: Directory;
  readonly mapping?: MappingTable;
  readonly scope?: ScopeMode;
  /** A user's or group's object id, user principal name, mail address or display name. */
  readonly subject: string;
  /** For a group: the members to bring along, at most five (§2.4); default the first five. */
  readonly members?: readonly string[];
};

export type Step = {
  readonly name:
    | "EntryImport"
    | "EntrySynchronizationScoping"
    | "EntryMatching"
    | "EntryExport"
    | "TestConnection";
  readonly status: "success" | "skipped" | "failure";
  readonly details: Readonly<Record<string, unknown>>;
};

/** The five steps as the portal shows them, and the action they led to. */
export type OnDemandTrace = {
  readonly action: LogEntry["action"] | "Skip" | "Failure";
  readonly provisioningSteps: readonly Step[];
};

/** Thrown when the subject or a member is not in the directory, or more than five members are asked for. */
export class OnDemandError extends Error {
  override readonly name = "OnDemandError";
}

const mostMembers = 5;

/**
 * Provisions one user, or one group with up to five members, at once. Always in the legacy dialect, whatever the
 * Tenant URL's flag says (§1.3, §2.4). Gives the trace. Throws OnDemandError.
 */
export async function provisionOnDemand(options: OnDemandOptions): Promise<OnDemandTrace> {
  const directory = takeExcerpt(options);
  const table = options.mapping ?? presets.mail;
  const isUser = directory.groups.length === 0;
  // On the wire a user's run is: probe for a user, match, write (§2.4). Groups are not asked for.
  const mapping = isUser ? { ...table, groups: { ...table.groups, enabled: false } } : table;
  const mappings = prepareMappings(mapping);
  const scope = options.scope ?? "all";
  const assignment = resolveAssignment(options.directory, scope);
  const sources = { directory, mappings, assignment, state: createState(), now: new Date() };
  const subject = isUser ? evaluateUsers(sources)[0] : evaluateGroups(sources)[0];
  if (subject === undefined) throw new OnDemandError(`"${options.subject}" cannot be provisioned.`);

  const entries: LogEntry[] = [];
  const exchanges: Exchange[] = [];
  const report = await runCycle({
    connection: options.connection,
    directory,
    mapping,
    scope,
    assignment,
    dialect: "legacy",
    onEntry: (entry) => entries.push(entry),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const probeCount = Object.keys(probedAttributes(mappings)).length;
  const probe = describeProbe(report, exchanges.slice(0, probeCount));
  if (probe.status === "failure") return { action: "Failure", provisioningSteps: [probe] };
  const exported = describeExport(entries);
  return {
    action: exported.action,
    provisioningSteps: [
      probe,
      {
        name: "EntryImport",
        status: "success",
        details: { objectId: subject.sourceId, displayName: subject.identity },
      },
      describeScope(subject),
      describeMatch(subject, exchanges.slice(probeCount)),
      exported.step,
    ],
  };
}

function describeProbe(report: CycleReport, probes: readonly Exchange[]): Step {
  const requests = probes.map(describeExchange);
  const failed = report.reason?.startsWith("EncounteredQuarantineException") === true;
  return failed
    ? { name: "TestConnection", status: "failure", details: { requests, error: report.reason } }
    : { name: "TestConnection", status: "success", details: { requests } };
}

function describeExport(entries: readonly LogEntry[]): {
  readonly action: OnDemandTrace["action"];
  readonly step: Step;
} {
  const failed = entries.find((entry) => entry.status === "failure");
  const written = entries.filter((entry) => entry.status === "success");
  const action = failed === undefined ? (written[0]?.action ?? "Skip") : "Failure";
  const status = failed === undefined ? (written.length > 0 ? "success" : "skipped") : "failure";
  return { action, step: { name: "EntryExport", status, details: { entries } } };
}

function describeScope(subject: SourceUser | SourceGroup): Step {
  const reason =
    "departure" in subject ? subject.departure : subject.isInScope ? undefined : "out of scope";
  return {
    name: "EntrySynchronizationScoping",
    status: reason === undefined ? "success" : "skipped",
    details: { isInScope: reason === undefined, ...(reason === undefined ? {} : { reason }) },
  };
}

function describeMatch(subject: SourceUser | SourceGroup, exchanges: readonly Exchange[]): Step {
  const queries = exchanges.filter(
    ({ call }) =>
      call.path === `/${subject.kind}s` &&
      call.query?.["filter"] !== undefined &&
      call.query["attributes"] === undefined,
  );
  return {
    name: "EntryMatching",
    status: queries.length === 0 ? "skipped" : "success",
    details: { requests: queries.map(describeExchange) },
  };
}

function describeExchange({ call, url, answer }: Exchange): Readonly<Record<string, unknown>> {
  return {
    request: `${call.verb} ${url}`,
    status: answer?.status ?? null,
    answer: answer?.text ?? null,
  };
}

/** The part of the directory an on-demand run sees: one user, or one group with its members. */
function takeExcerpt({ directory, subject, members }: OnDemandOptions): Directory {
  const { users, groups, appRoleAssignedTo } = directory;
  const group = groups.find((one) => isNamed(one, subject));
  if (group === undefined) {
    return { users: [findUser(users, subject)], groups: [], appRoleAssignedTo };
  }
  if (members !== undefined && members.length > mostMembers) {
    throw new OnDemandError(
      `On-demand provisioning takes at most ${mostMembers} members of a group.`,
    );
  }
  const chosen =
    members === undefined
      ? group.members.slice(0, mostMembers)
      : members.map((name) => ({ id: findUser(users, name).id }));
  const ids = new Set(chosen.map((member) => member.id));
  return {
    users: users.filter((user) => ids.has(user.id)),
    groups: [{ ...group, members: chosen }],
    appRoleAssignedTo,
  };
}

function findUser(users: Directory["users"], name: string): Directory["users"][number] {
  const found = users.filter((user) => isNamed(user, name));
  const [user] = found;
  if (user === undefined) throw new OnDemandError(`Nobody in the directory is called "${name}".`);
  if (found.length > 1)
    throw new OnDemandError(
      `${found.length} people are called "${name}": give a user principal name or an object id.`,
    );
  return user;
}

function isNamed(object: object, name: string): boolean {
  const attributes = object as Readonly<Record<string, unknown>>;
  return ["id", "userPrincipalName", "mail", "displayName"].some((attribute) => {
    const value = attributes[attribute];
    return typeof value === "string" && value.toLowerCase() === name.toLowerCase();
  });
}
