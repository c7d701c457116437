import type { Directory } from "../directory/model.ts";
import { prepareMappings } from "../mapping/load.ts";
import type { MappingTable } from "../mapping/model.ts";
import { presets } from "../mapping/presets.ts";
import { openScimClient } from "../scim/client.ts";
import { readTenantUrl } from "../scim/tenant-url.ts";
import { probedAttributes, runCycle } from "./cycle.ts";
import type { Connection } from "./cycle.ts";
import type { ScopeMode } from "../scope/assignment.ts";
import { resolveAssignment } from "../scope/assignment.ts";
import { createState } from "./job-state.ts";
import { matchTarget } from "./match.ts";
import { ProvisioningError } from "./provisioning-error.ts";
import type { LogEntry } from "./provisioning-log.ts";
import { evaluateGroups, evaluateUsers } from "./source-objects.ts";
import type { SourceGroup, SourceUser } from "./source-objects.ts";
import { openTarget } from "./target.ts";
import { probeConnection } from "./test-connection.ts";

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
  readonly name: "EntryImport" | "EntrySynchronizationScoping" | "EntryMatching" | "EntryExport" | "TestConnection";
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
  const excerpt = takeExcerpt(options);
  const mappings = prepareMappings(options.mapping ?? presets.mail);
  const { base } = readTenantUrl(options.connection.url);
  const client = openScimClient({ base, token: options.connection.token });
  const steps: Step[] = [];
  try {
    const probe = await probeConnection(client, { attributes: probedAttributes(mappings) });
    steps.push({ name: "TestConnection", status: probe.isSuccessful ? "success" : "failure", details: { probes: probe.probes } });
    if (!probe.isSuccessful) return { action: "Failure", provisioningSteps: steps };

    const sources = {
      directory: excerpt,
      mappings,
      assignment: resolveAssignment(options.directory, options.scope ?? "all"),
      state: createState(),
      now: new Date(),
    };
    const subject = findSubject(options, evaluateUsers(sources), evaluateGroups(sources));
    steps.push({ name: "EntryImport", status: "success", details: { objectId: subject.sourceId, displayName: subject.identity } });
    steps.push(describeScope(subject));
    steps.push(await describeMatch(subject, openTarget(client)));
  } finally {
    client.close();
  }
  const exported = await exportSubject(options, excerpt);
  return { action: exported.action, provisioningSteps: [...steps, exported.step] };
}

/** The action itself is an initial cycle over nothing but the subject and its members. */
async function exportSubject(
  options: OnDemandOptions,
  directory: Directory,
): Promise<{ readonly action: OnDemandTrace["action"]; readonly step: Step }> {
  const entries: LogEntry[] = [];
  await runCycle({
    connection: options.connection,
    directory,
    ...(options.mapping === undefined ? {} : { mapping: options.mapping }),
    ...(options.scope === undefined ? {} : { scope: options.scope }),
    dialect: "legacy",
    onEntry: (entry) => entries.push(entry),
  });
  const failed = entries.find((entry) => entry.status === "failure");
  const written = entries.filter((entry) => entry.status === "success");
  const action = failed === undefined ? (written[0]?.action ?? "Skip") : "Failure";
  const status = failed === undefined ? (written.length > 0 ? "success" : "skipped") : "failure";
  return { action, step: { name: "EntryExport", status, details: { entries } } };
}

function describeScope(subject: SourceUser | SourceGroup): Step {
  const reason = "departure" in subject ? subject.departure : subject.isInScope ? undefined : "out of scope";
  return {
    name: "EntrySynchronizationScoping",
    status: reason === undefined ? "success" : "skipped",
    details: { isInScope: reason === undefined, ...(reason === undefined ? {} : { reason }) },
  };
}

async function describeMatch(subject: SourceUser | SourceGroup, target: ReturnType<typeof openTarget>): Promise<Step> {
  const name = "EntryMatching";
  try {
    const values = subject.match();
    const match = await matchTarget(target, subject.kind, values);
    const targetId = match.type === "found" ? match.resource.id : null;
    const status = match.type === "unmatchable" ? "skipped" : "success";
    return { name, status, details: { matchingValues: values, result: match.type, targetId } };
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error;
    return { name, status: "failure", details: { code: error.code, message: error.message } };
  }
}

/** The part of the directory an on-demand run sees: one user, or one group with its members. */
function takeExcerpt({ directory, subject, members }: OnDemandOptions): Directory {
  const { users, groups, appRoleAssignedTo } = directory;
  const group = groups.find((one) => isNamed(one, subject));
  if (group === undefined) {
    return { users: [findUser(users, subject)], groups: [], appRoleAssignedTo };
  }
  if (members !== undefined && members.length > mostMembers) {
    throw new OnDemandError(`On-demand provisioning takes at most ${mostMembers} members of a group.`);
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
  if (found.length > 1) throw new OnDemandError(`${found.length} people are called "${name}": give a user principal name or an object id.`);
  return user;
}

function findSubject(
  { subject }: OnDemandOptions,
  users: readonly SourceUser[],
  groups: readonly SourceGroup[],
): SourceUser | SourceGroup {
  const found = groups[0] ?? users[0];
  if (found === undefined) throw new OnDemandError(`"${subject}" is not in the directory.`);
  return found;
}

function isNamed(object: object, name: string): boolean {
  const attributes = object as Readonly<Record<string, unknown>>;
  return ["id", "userPrincipalName", "mail", "displayName"].some((attribute) => {
    const value = attributes[attribute];
    return typeof value === "string" && value.toLowerCase() === name.toLowerCase();
  });
}
