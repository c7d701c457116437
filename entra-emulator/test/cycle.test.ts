import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createState, loadDirectory, presets, runCycle } from "../src/index.ts";
import type { CycleOptions, CycleReport, Directory, GraphUser, LogEntry } from "../src/index.ts";
import { startStrictServer } from "./strict-server.ts";
import type { PatchOperation, StrictServer } from "./strict-server.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const day = 86_400_000;

let server: StrictServer;
beforeEach(async () => {
  server = await startStrictServer();
});
afterEach(() => server.close());

const sync = (directory: Directory, more: Partial<CycleOptions> = {}): Promise<CycleReport> =>
  runCycle({ connection: { url: server.url, token: server.token }, directory, ...more });

const person = (id: string, more: Partial<GraphUser> = {}): GraphUser => ({
  id,
  userPrincipalName: `${id}@contoso.test`,
  mail: `${id}@contoso.test`,
  displayName: id,
  accountEnabled: true,
  ...more,
});

const house = (users: readonly GraphUser[], members: readonly string[] = []): Directory => ({
  users,
  groups:
    members.length === 0
      ? []
      : [{ id: "g", displayName: "IT Ops", members: members.map((id) => ({ id })) }],
  appRoleAssignedTo: [],
});

const operations = (): readonly PatchOperation[] =>
  server.requests.flatMap((request) =>
    request.method === "PATCH" ? (request.body?.Operations ?? []) : [],
  );

const forget = (): void => void server.requests.splice(0);

const summary = (): string[] =>
  server.requests.map(
    ({ method, url }) =>
      `${method} ${decodeURIComponent(url.replaceAll("+", " ")).replace("/scim/v2", "")}`,
  );

describe("the sample organisation", () => {
  test.each(["legacy", "compliant"] as const)(
    "arrives in the %s dialect, and the second cycle writes nothing",
    async (dialect) => {
      const directory = await loadDirectory();
      const first = await sync(directory, { dialect });
      expect(first.failures).toEqual([]);
      expect(first.counts).toMatchObject({ created: 66, failed: 0, skipped: 4 });
      expect(first.skipped).toEqual({
        "disabled before it was ever provisioned": 2,
        "the source attribute for userName is empty": 2,
      });
      forget();
      const second = await sync(directory, { dialect });
      expect(second).toMatchObject({ kind: "initial", outcome: "completed", writes: 0 });
      expect(second.counts).toMatchObject({ unchanged: 66, created: 0, failed: 0 });
    },
  );

  test("an incremental cycle over an unchanged directory asks nothing but the probes", async () => {
    const directory = await loadDirectory();
    const state = createState();
    await sync(directory, { state });
    forget();
    expect(await sync(directory, { state })).toMatchObject({ kind: "incremental", writes: 0 });
    expect(server.requests.length).toBe(2);
  });

  test("a server that alters what it was given is written to again, every cycle", async () => {
    server.alter = (resource) => ({
      ...resource,
      displayName: String(resource["displayName"]).trim().toUpperCase(),
    });
    const directory = house([person("ana")]);
    await sync(directory);
    expect((await sync(directory)).counts.updated).toBe(1);
    expect((await sync(directory)).counts.updated).toBe(1);
  });
});

describe("order and shape", () => {
  test("users, then the empty group, then manager and member, each in Entra's shape", async () => {
    const boss = person("boss", { department: "Finance", businessPhones: ["+351 22"] });
    await sync(house([boss, person("ana", { manager: { id: "boss" } })], ["ana"]), {
      concurrency: 1,
    });
    expect(summary().map((line) => line.replace(/"[0-9a-f-]{36}"/, '"guid"'))).toEqual([
      'GET /Users?filter=userName eq "guid"',
      'GET /Groups?excludedAttributes=members&filter=displayName eq "guid"',
      'GET /Users?filter=userName eq "boss@contoso.test"',
      "POST /Users",
      'GET /Users?filter=userName eq "ana@contoso.test"',
      "POST /Users",
      'GET /Groups?excludedAttributes=members&filter=displayName eq "IT Ops"',
      "POST /Groups",
      "PATCH /Users/t2",
      "PATCH /Groups/t3",
    ]);
    expect(server.requests[3]?.body).toEqual({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
      userName: "boss@contoso.test",
      active: true,
      displayName: "boss",
      emails: [{ primary: true, type: "work", value: "boss@contoso.test" }],
      meta: { resourceType: "User" },
      phoneNumbers: [{ primary: true, type: "work", value: "+351 22" }],
      roles: [],
      [enterprise]: { department: "Finance" },
    });
    expect(server.requests[7]?.body).toEqual({
      schemas: [
        "urn:ietf:params:scim:schemas:core:2.0:Group",
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
      ],
      externalId: "g",
      displayName: "IT Ops",
      meta: { resourceType: "Group" },
    });
    expect(operations()).toEqual([
      { op: "Add", path: `${enterprise}:manager`, value: "t1" },
      { op: "Add", path: "members", value: [{ $ref: null, value: "t2" }] },
    ]);
  });

  test("over what is there already, references are asked for before they are written", async () => {
    const directory = house([person("boss"), person("ana", { manager: { id: "boss" } })], ["ana"]);
    await sync(directory);
    forget();
    await sync(directory, { concurrency: 1 });
    expect(summary().slice(-2)).toEqual([
      'GET /Users?filter=id eq "t2" and manager eq "t1"&attributes=id',
      'GET /Groups?filter=id eq "t3" and members eq "t2"&attributes=id',
    ]);
  });

  test("never more than five members on their way to one group, one in each PATCH", async () => {
    const users = Array.from({ length: 23 }, (_, index) => person(`p${index}`));
    server.delay = 2;
    const report = await sync(
      house(
        users,
        users.map((user) => user.id),
      ),
      { concurrency: 20 },
    );
    expect(report.counts.membersAdded).toBe(23);
    const patches = server.requests.filter((request) => request.method === "PATCH");
    expect(patches.map((patch) => patch.body?.Operations?.length)).toEqual(
      Array.from({ length: 23 }, () => 1),
    );
    expect(server.mostAtOnce()).toBe(5);
  });

  test("a mapping change forces an initial cycle", async () => {
    const state = createState();
    const directory = house([person("ana")]);
    await sync(directory, { state });
    expect((await sync(directory, { state, mapping: presets.upn })).kind).toBe("initial");
  });

  test("a guest's user principal name loses its marker", async () => {
    const guest = person("g1", { userPrincipalName: "dana_fabrikam.test#EXT#@contoso.test" });
    await sync(house([guest]), { mapping: presets.upn });
    expect([...server.users.values()][0]?.["userName"]).toBe("dana_fabrikam.test@contoso.test");
  });
});

describe("changes", () => {
  test.each([
    [
      "legacy",
      [
        { op: "Replace", path: "displayName", value: "Ana B. Ito" },
        { op: "Add", path: "title", value: "Lead" },
        { op: "Replace", path: `${enterprise}:department`, value: "Audit" },
      ],
    ],
    [
      "compliant",
      [
        {
          op: "replace",
          value: { displayName: "Ana B. Ito", [`${enterprise}:department`]: "Audit" },
        },
        { op: "add", path: "title", value: "Lead" },
      ],
    ],
  ] as const)("are spelled in the %s dialect", async (dialect, expected) => {
    const state = createState();
    await sync(house([person("ana", { department: "Finance" })]), { state, dialect });
    forget();
    const changed = person("ana", {
      displayName: "Ana B. Ito",
      jobTitle: "Lead",
      department: "Audit",
    });
    const report = await sync(house([changed]), { state, dialect });
    expect(report).toMatchObject({ kind: "incremental", writes: 1 });
    const sorted = (list: readonly PatchOperation[]): string[] =>
      list.map((one) => JSON.stringify(one)).toSorted();
    expect(sorted(operations())).toEqual(sorted(expected));
  });

  test("an emptied attribute is left alone, as Entra does, unless clearing is asked for", async () => {
    await sync(house([person("ana", { jobTitle: "Lead" })]));
    expect((await sync(house([person("ana", { jobTitle: null })]))).writes).toBe(0);
    await sync(house([person("ana", { jobTitle: null })]), { clears: true });
    expect(operations()).toEqual([{ op: "Remove", path: "title" }]);
  });

  test("members who come and go are sent as a delta, several in one PATCH", async () => {
    const state = createState();
    const users = ["a", "b", "c", "d"].map((id) => person(id));
    await sync(house(users, ["a", "b"]), { state });
    forget();
    const report = await sync(house(users, ["c", "d"]), { state });
    expect(report.counts).toMatchObject({ membersAdded: 2, membersRemoved: 2 });
    expect(operations()).toEqual([
      {
        op: "Add",
        path: "members",
        value: [
          { $ref: null, value: "t3" },
          { $ref: null, value: "t4" },
        ],
      },
      {
        op: "Remove",
        path: "members",
        value: [
          { $ref: null, value: "t1" },
          { $ref: null, value: "t2" },
        ],
      },
    ]);
  });

  test("compliant removals name one member each", async () => {
    const state = createState();
    await sync(house([person("a"), person("b")], ["a", "b"]), { state, dialect: "compliant" });
    forget();
    await sync(house([person("a"), person("b")], ["b"]), { state, dialect: "compliant" });
    expect(operations()).toEqual([{ op: "remove", path: 'members[value eq "t1"]' }]);
  });

  test("a manager is replaced, and removed", async () => {
    const state = createState();
    const bosses = [person("b1"), person("b2")];
    await sync(house([...bosses, person("ana", { manager: { id: "b1" } })]), {
      state,
      concurrency: 1,
    });
    forget();
    await sync(house([...bosses, person("ana", { manager: { id: "b2" } })]), { state });
    await sync(house([...bosses, person("ana", { manager: null })]), { state });
    expect(operations()).toEqual([
      { op: "Replace", path: `${enterprise}:manager`, value: "t2" },
      { op: "Remove", path: `${enterprise}:manager` },
    ]);
  });

  test("a manager who has left is not written", async () => {
    const state = createState();
    await sync(house([person("boss"), person("ana")]), { state });
    const boss = person("boss", { accountEnabled: false });
    await sync(house([boss, person("ana")]), { state });
    forget();
    await sync(house([boss, person("ana", { manager: { id: "boss" } })]), { state });
    expect(server.writes()).toEqual([]);
  });

  test("SkipOutOfScopeDeletions keeps a group that is no longer assigned, not one that is gone", async () => {
    const state = createState();
    const mapping = { ...presets.mail, skipOutOfScopeDeletions: true };
    const directory = house([person("ana")], ["ana"]);
    const assigned = { ...directory, appRoleAssignedTo: [{ principalId: "g" }] };
    await sync(assigned, { state, mapping, scope: "assigned" });
    await sync(directory, { state, mapping, scope: "assigned" });
    expect(server.groups.size).toBe(1);
    await sync(house([person("ana")]), { state, mapping, scope: "assigned" });
    expect(server.groups.size).toBe(0);
  });

  test("a group that leaves the directory is deleted, a renamed one is patched", async () => {
    const state = createState();
    const directory = house([person("ana")], ["ana"]);
    await sync(directory, { state });
    await sync(
      {
        ...directory,
        groups: directory.groups.map((group) => ({ ...group, displayName: "IT Ops EU" })),
      },
      { state },
    );
    expect(operations().at(-1)).toEqual({ op: "Replace", path: "displayName", value: "IT Ops EU" });
    expect((await sync(house([person("ana")]), { state })).counts.deleted).toBe(1);
    expect(server.groups.size).toBe(0);
  });
});

describe("disable, restore and delete", () => {
  const active = (): unknown => [...server.users.values()][0]?.["active"];

  test("a leaver is disabled once, keeps their memberships, and gets them without a word on return", async () => {
    const state = createState();
    await sync(house([person("ana")], ["ana"]), { state });
    forget();
    const gone = house([person("ana", { accountEnabled: false })], ["ana"]);
    expect((await sync(gone, { state })).counts.disabled).toBe(1);
    expect(operations()).toEqual([{ op: "Replace", path: "active", value: "False" }]);
    expect((await sync(gone, { state })).writes).toBe(0);
    forget();
    const report = await sync(house([person("ana")], ["ana"]), { state });
    expect(report.counts).toMatchObject({ restored: 1, membersAdded: 0, membersRemoved: 0 });
    expect(operations()).toEqual([{ op: "Replace", path: "active", value: "True" }]);
    expect(summary()[2]).toBe('GET /Users?filter=userName eq "ana@contoso.test"');
  });

  test("compliant sends a real boolean", async () => {
    const state = createState();
    await sync(house([person("ana")]), { state, dialect: "compliant" });
    await sync(house([person("ana", { accountEnabled: false })]), { state, dialect: "compliant" });
    expect(operations()).toEqual([{ op: "replace", path: "active", value: false }]);
  });

  test("who vanishes from the directory is disabled, and deleted 30 days later, and stays a member until then", async () => {
    const state = createState();
    const start = new Date("2026-11-01T00:00:00Z");
    const at = (days: number): Date => new Date(start.getTime() + days * day);
    await sync(house([person("ana"), person("ben")], ["ana", "ben"]), {
      state,
      now: at(0),
      concurrency: 1,
    });
    const after = house([person("ben")], ["ben"]);
    const disabled = await sync(after, { state, now: at(1) });
    expect(disabled.counts).toMatchObject({ disabled: 1, membersRemoved: 0 });
    expect(active()).toBe(false);
    expect((await sync(after, { state, now: at(30.9) })).writes).toBe(0);
    expect((await sync(after, { state, now: at(31) })).counts.deleted).toBe(1);
    expect(server.users.has("t1")).toBe(false);
    expect((await sync(after, { state, now: at(32) })).writes).toBe(0);
  });

  test("who is purged is deleted at once", async () => {
    const state = createState();
    await sync(house([person("ana")]), { state });
    const tombstone = { id: "ana", userPrincipalName: "", "@removed": { reason: "deleted" } };
    expect((await sync(house([tombstone]), { state })).counts.deleted).toBe(1);
  });

  test("who is unassigned is disabled, and no longer managed: a later deletion is not sent", async () => {
    const state = createState();
    const assigned = { ...house([person("ana")]), appRoleAssignedTo: [{ principalId: "ana" }] };
    await sync(assigned, { state, scope: "assigned" });
    expect((await sync(house([person("ana")]), { state, scope: "assigned" })).counts.disabled).toBe(
      1,
    );
    forget();
    await sync(house([]), { state, scope: "assigned" });
    const muchLater = new Date(Date.now() + 90 * day);
    await sync(house([]), { state, scope: "assigned", now: muchLater });
    expect(server.writes()).toEqual([]);
  });

  test("who is unassigned is sent as inactive and nothing else; purged later, nothing at all", async () => {
    const state = createState();
    const assigned = { ...house([person("ana")]), appRoleAssignedTo: [{ principalId: "ana" }] };
    await sync(assigned, { state, scope: "assigned" });
    await sync(house([person("ana", { jobTitle: "Lead" })]), { state, scope: "assigned" });
    expect(operations()).toEqual([{ op: "Replace", path: "active", value: "False" }]);
    forget();
    const purged = { ...person("ana"), "@removed": { reason: "deleted" } };
    await sync(house([purged]), { state, scope: "assigned" });
    expect(server.writes()).toEqual([]);
  });

  test("SkipOutOfScopeDeletions sends nothing when somebody is unassigned", async () => {
    const state = createState();
    const mapping = { ...presets.mail, skipOutOfScopeDeletions: true };
    const assigned = { ...house([person("ana")]), appRoleAssignedTo: [{ principalId: "ana" }] };
    await sync(assigned, { state, mapping, scope: "assigned" });
    forget();
    await sync(house([person("ana")]), { state, mapping, scope: "assigned" });
    expect(server.writes()).toEqual([]);
  });

  test("too many departures are staged, not sent", async () => {
    const state = createState();
    const users = ["a", "b", "c"].map((id) => person(id));
    await sync(house(users), { state });
    forget();
    const gone = house(users.map((user) => ({ ...user, accountEnabled: false })));
    const staged = await sync(gone, { state, deletionThreshold: 2 });
    expect(staged).toMatchObject({ outcome: "quarantined", reason: "TooManyDeletes", writes: 0 });
    expect((await sync(gone, { state })).counts.disabled).toBe(3);
  });

  test("without a state, a disabled person known to the target is disabled there", async () => {
    await sync(house([person("ana")]));
    expect((await sync(house([person("ana", { accountEnabled: false })]))).counts.disabled).toBe(1);
    expect((await sync(house([person("ana", { accountEnabled: false })]))).writes).toBe(0);
  });
});

describe("what the answers lead to", () => {
  const failWith = (status: number, body = '{"detail":"because"}'): void => {
    server.intercept = ({ method }) => (method === "POST" ? { status, body } : undefined);
  };

  test.each([
    [400, "SystemForCrossDomainIdentityManagementBadRequest"],
    [401, "Unauthorized"],
    [403, "InsufficientRights"],
    [405, "MethodNotAllowed"],
    [409, "EntryConflict"],
    [422, "UnprocessableEntity"],
    [500, "InternalServerError"],
    [501, "NotImplemented"],
    [204, "SystemForCrossDomainIdentityManagementServiceIncompatible"],
  ])("POST answered %d is logged as %s, with the server's own words", async (status, code) => {
    failWith(status, status === 204 ? "" : '{"detail":"because"}');
    const entries: LogEntry[] = [];
    const report = await sync(house([person("ana")]), { onEntry: (entry) => entries.push(entry) });
    expect(report).toMatchObject({ outcome: "completed", counts: { failed: 1, created: 0 } });
    expect(report.failures[0]).toMatchObject({ code, identity: "ana" });
    expect(entries[0]?.error?.message).toContain("This operation was retried 0 times.");
    const words = status === 204 ? "Web Response: " : 'Web Response: {"detail":"because"}';
    expect(entries[0]?.error?.message).toContain(words);
  });

  test("an outage is tried again in the next cycle, a refusal after six hours or when the source changes", async () => {
    const state = createState();
    const start = new Date("2026-11-01T00:00:00Z");
    const at = (hours: number): Date => new Date(start.getTime() + hours * 3_600_000);
    const posts = (): number =>
      server.requests.splice(0).filter((request) => request.method === "POST").length;
    failWith(500);
    await sync(house([person("ana")]), { state, now: at(0) });
    await sync(house([person("ana")]), { state, now: at(0.7) });
    expect(posts()).toBe(2);
    failWith(400);
    await sync(house([person("ana")]), { state, now: at(1) });
    expect(posts()).toBe(1);
    // The first failure was at hour 0: the next retry is due at hour 6.
    await sync(house([person("ana")]), { state, now: at(5) });
    expect(posts()).toBe(0);
    await sync(house([person("ana", { jobTitle: "Lead" })]), { state, now: at(5.5) });
    expect(posts()).toBe(1);
    server.intercept = undefined;
    expect(
      (await sync(house([person("ana", { jobTitle: "Lead" })]), { state, now: at(12) })).counts
        .created,
    ).toBe(1);
    expect(state.escrows).toEqual({});
  });

  test("several hits are DuplicateTargetEntries, one target for two sources DuplicateSourceEntries", async () => {
    const list = (count: number): string =>
      JSON.stringify({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        totalResults: count,
        Resources: Array.from({ length: count }, (_, index) => ({ id: `x${index}`, active: true })),
      });
    const answerMatches = (count: number): void => {
      server.intercept = ({ method, url }) => {
        if (method === "PATCH") return { status: 204, body: "" };
        return url.includes("contoso.test") ? { status: 200, body: list(count) } : undefined;
      };
    };
    answerMatches(2);
    expect((await sync(house([person("ana")]))).failures[0]?.code).toBe("DuplicateTargetEntries");
    answerMatches(1);
    const report = await sync(house([person("ana"), person("ben")]));
    expect(report.failures.map((failure) => failure.code)).toEqual(["DuplicateSourceEntries"]);
  });

  const emptyList = JSON.stringify({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: 0,
    Resources: [],
  });

  test("a match query answered 404 is a failure, not a licence to create", async () => {
    server.intercept = ({ url }) =>
      url.includes("contoso.test") ? { status: 404, body: emptyList } : undefined;
    const report = await sync(house([person("ana")]));
    expect(report.failures[0]?.code).toBe(
      "SystemForCrossDomainIdentityManagementServiceIncompatible",
    );
    expect(report.writes).toBe(0);
  });

  test("a linked target that is gone is an InvalidAnchor", async () => {
    const state = createState();
    await sync(house([person("ana")]), { state });
    server.users.clear();
    const report = await sync(house([person("ana", { jobTitle: "Lead" })]), { state });
    expect(report.failures[0]?.code).toBe("InvalidAnchor");
  });

  test.each([
    ["active as a text", { active: "True" }],
    ["a manager as a text", { [enterprise]: { manager: "t9" } }],
    ["the enterprise extension as a text", { [enterprise]: "Finance" }],
    ["emails as an object", { emails: {} }],
  ])("%s cannot be deserialised", async (_name, wrong) => {
    server.alter = (resource) => ({ ...resource, ...wrong });
    const report = await sync(house([person("ana")]));
    expect(report.failures[0]?.code).toBe(
      "SystemForCrossDomainIdentityManagementServiceIncompatible",
    );
  });

  test("a probe that fails puts the job in quarantine and nothing is sent", async () => {
    const report = await runCycle({
      connection: { url: server.url, token: "wrong" },
      directory: house([person("ana")]),
    });
    expect(report).toMatchObject({ outcome: "quarantined", writes: 0 });
    expect(report.reason).toContain("invalid credentials");
  });

  test("429 is honoured: the request is sent again after Retry-After", async () => {
    let refusals = 1;
    server.intercept = ({ method }) => {
      if (method !== "POST" || refusals === 0) return undefined;
      refusals -= 1;
      return { status: 429, body: "{}", headers: { "Retry-After": "0" } };
    };
    expect((await sync(house([person("ana")]))).counts).toMatchObject({ created: 1, failed: 0 });
    refusals = 1;
    const escrowed = await sync(house([person("ben")]), { throttling: "escrow" });
    expect(escrowed.failures[0]?.code).toBe("TooManyRequests");
  });

  test("what failed to come in is made a member in the cycle that brings it in", async () => {
    const state = createState();
    server.intercept = ({ method, body }) =>
      method === "POST" && body?.["userName"] === "ben@contoso.test"
        ? { status: 503, body: "{}" }
        : undefined;
    const directory = house(
      [
        person("ana"),
        person("ben", { manager: { id: "ana" } }),
        person("cleo", { manager: { id: "ben" } }),
      ],
      ["ana", "ben"],
    );
    expect((await sync(directory, { state })).counts).toMatchObject({ failed: 1, membersAdded: 1 });
    server.intercept = undefined;
    expect((await sync(directory, { state })).counts).toMatchObject({
      created: 1,
      membersAdded: 1,
      managersSet: 2,
      failed: 0,
    });
  });
});

describe("a target that dies in mid-cycle", () => {
  test("the cycle is given up, keeps its links but not its watermark, and the next one finishes the work", async () => {
    const users = Array.from({ length: 40 }, (_, index) =>
      person(`p${index}`, index > 0 ? { manager: { id: "p0" } } : {}),
    );
    const directory = house(
      users,
      users.map((user) => user.id),
    );
    const state = createState();
    const url = server.url;
    server.intercept = () => {
      if (server.users.size >= 15) void server.close();
      return undefined;
    };
    const broken = await sync(directory, { state, giveUpAfter: 5 });
    expect(broken.outcome).toBe("interrupted");
    expect(broken.counts.failed).toBeGreaterThan(0);
    expect(state.watermark).toBeNull();
    const stored = new Map(server.users);

    for (const { targetId } of Object.values(state.users)) expect(stored.has(targetId)).toBe(true);

    server = await startStrictServer(Number(new URL(url).port), "later");
    for (const [id, user] of stored) server.users.set(id, user);
    const healed = await sync(directory, { state });
    expect(healed).toMatchObject({ kind: "initial", outcome: "completed", counts: { failed: 0 } });
    expect((await sync(directory)).writes).toBe(0);
    expect(server.users.size).toBe(40);
    expect([...server.groups.values()][0]?.["members"]).toHaveLength(40);
  });
});
