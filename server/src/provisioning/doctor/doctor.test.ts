import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

let product: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let owner: Client;

beforeAll(async () => {
  product = await createTestApp({ startJobs: true });
  owner = new Client({ connectionString: product.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await product.close();
});

const admin = () => product.as(product.administrator);
const guid = (n: number) => `6f1c0d2e-4242-4000-8000-${String(n).padStart(12, "0")}`;
const probe = (attribute: string) => `/Users?filter=${attribute}+eq+"${guid(0)}"`;

const arrivals = async (connectionId = entra.connectionId): Promise<Loose> =>
  (await admin().get(`/connections/${connectionId}/arrivals`)).body;

/** What a check says once it is in a state, and says something; fails with what it says instead. */
const check = async (id: string, state: string, saying = ""): Promise<Loose> => {
  for (let tries = 0; ; tries += 1) {
    const body = await arrivals();
    const found = body.checks.find((one: { id: string }) => one.id === id);
    if (found.state === state && found.sentence.includes(saying)) return found;
    if (tries > 300)
      expect(found).toMatchObject({ id, state, sentence: expect.stringContaining(saying) });
    await new Promise((done) => setTimeout(done, 50));
  }
};

/** Waits until a request sent since then is noted. */
const noted = async (since: Date) => {
  for (let tries = 0; tries < 300; tries += 1) {
    const { rows } = await owner.query(
      "select last_at from connection_sightings where connection_id = $1 and kind = 'cycle' and last_at >= $2",
      [entra.connectionId, since],
    );
    if (rows.length > 0) return;
    await new Promise((done) => setTimeout(done, 30));
  }
  throw new Error("The request was not noted.");
};

/** Lets everything that was noted about the connection have happened so much earlier. */
const letPass = async (minutes: number) => {
  const earlier = `- interval '${minutes} minutes'`;
  for (const statement of [
    `update connection_activity set last_request_at = last_request_at ${earlier}`,
    `update connection_sightings set last_at = last_at ${earlier},
       recent = array(select at ${earlier} from unnest(recent) at order by at desc)`,
    `update resent_changes set last_at = last_at ${earlier}`,
  ])
    await owner.query(`${statement} where connection_id = $1`, [entra.connectionId]);
};

/** A cycle in which nothing has changed. */
const runCycle = async () => {
  const started = new Date();
  await entra.send("GET", probe("userName"));
  await noted(started);
};

const connectTo = async (name: string) => {
  entra = await createTestConnection(product, name);
};

describe("arriving", () => {
  beforeAll(() => connectTo("Arriving"));

  test("before anything has come, each check says what to do or that it cannot know", async () => {
    const { checks } = await arrivals();
    const states = Object.fromEntries(checks.map((one: Loose) => [one.id, one.state]));
    expect(states).toEqual({
      credentials: "todo",
      "test-connection": "todo",
      "token-expiry": "done",
      silence: "unknown",
      refusals: "unknown",
      resent: "unknown",
      people: "todo",
      matching: "unknown",
      active: "unknown",
      "soft-deleted": "unknown",
      "external-id": "unknown",
      mail: "unknown",
      "display-name": "unknown",
      guests: "unknown",
      groups: "unknown",
      "group-mappings": "unknown",
    });
    for (const one of checks) {
      expect(one.meaning).toMatch(/\.$/);
      expect(one.clicks.length, one.id).toBeGreaterThan(1);
    }
  });

  test("wrong credentials warn, right ones and Test Connection are seen, with what people are matched by", async () => {
    await entra.send("GET", probe("userName"), undefined, { authorization: "Bearer mst_wrong" });
    await check("credentials", "warning", "wrong credentials");
    await entra.send("GET", probe("userName"));
    await check("credentials", "done");
    await check("test-connection", "done");
    await check("matching", "done", "userName");
    await entra.send("GET", probe("userName"), undefined, { authorization: "Bearer mst_wrong" });
    await check("credentials", "done", "a later call had wrong ones");
    await entra.send("GET", probe("emails.value"));
    await check("matching", "warning");
    await entra.send("GET", probe("externalId"));
    await check("matching", "done", "externalId");
  });

  test("silence is longer than two cycles of the rhythm that was seen", async () => {
    const started = new Date();
    await entra.createUser("ana@arriving.test");
    await noted(started);
    await check("silence", "done", "every 40 minutes");
    await letPass(79);
    await check("silence", "done");
    await letPass(2);
    await check("silence", "warning", "nothing for 81 minutes");
    await runCycle();
    await check("silence", "done");

    for (let cycle = 0; cycle < 5; cycle += 1) {
      await letPass(120);
      await runCycle();
    }
    await check("silence", "done", "every 2 hours");
    await letPass(239);
    await check("silence", "done");
    await letPass(2);
    await check("silence", "warning");
  });

  test("a refusal shows with its log entry", async () => {
    await check("refusals", "done");
    await entra.send("POST", "/Users", { schemas: [], displayName: "No name" });
    const { evidence } = await check("refusals", "warning");
    const entry = await admin().get(`/provisioning-log/${evidence[0].id}`);
    expect(entry.body.outcome).toBe("refused");
  });

  test("a token that ends soon warns until another is live", async () => {
    const path = `/connections/${entra.connectionId}/tokens`;
    const inDays = (days: number) =>
      new Date(Date.now() + days * 86_400_000 + 60_000).toISOString();
    const soon = (await admin().post(path, { label: "Soon", expiresAt: inDays(10) })).body;
    const [first] = (await admin().get(path)).body.items.slice(-1);
    await check("token-expiry", "done");
    await admin().delete(`${path}/${first.id}`);
    await check("token-expiry", "warning", "10 days");
    const next = (await admin().post(path, { label: "Next", expiresAt: inDays(100) })).body;
    await check("token-expiry", "done", "100 days");
    for (const { item } of [soon, next]) await admin().delete(`${path}/${item.id}`);
    await check("token-expiry", "todo");
  });
});

describe("a change that arrives again and again", () => {
  beforeAll(() => connectTo("Resending"));

  test.each([
    ["changes nothing", { op: "Add", path: "displayName", value: "Always" }, ": 3 times"],
    ["is refused", { op: "Replace", path: "userName", value: "" }, ": 3 times, refused"],
  ])("and %s warns at the third time, until it stops", async (what, operation, said) => {
    const id = await entra.createUser(`${what.replace(" ", ".")}@resending.test`, {
      displayName: "Always",
    });
    for (let cycle = 0; cycle < 2; cycle += 1) await entra.patch(`/Users/${id}`, operation);
    await check("people", "done");
    await check("resent", "done");
    await entra.patch(`/Users/${id}`, operation);
    const { sentence, evidence } = await check("resent", "warning");
    expect(sentence).toContain(operation.path);
    expect(evidence[0].text).toContain(said);
    const entry = await admin().get(`/provisioning-log/${evidence[0].id}`);
    expect(entry.body).toMatchObject({
      method: "PATCH",
      resource: what === "is refused" ? null : { id },
    });
    await letPass(81);
    await check("resent", "done");
  });

  test("different changes that change nothing do not add up", async () => {
    const id = await entra.createUser("kwame@resending.test");
    for (const value of ["a", "b", "c", "d"])
      await entra.patch(`/Users/${id}`, { op: "Add", path: "favouriteColour", value });
    await new Promise((done) => setTimeout(done, 400));
    await check("resent", "done");
  });
});

describe("people", () => {
  beforeAll(() => connectTo("People"));
  const mail = (value: string) => ({ emails: [{ type: "work", value }] });

  test("the first one, without much", async () => {
    const ana = await entra.createUser("ana@people.test", {
      active: undefined,
      externalId: undefined,
      displayName: undefined,
    });
    const { evidence } = await check("people", "done");
    expect(evidence).toEqual([{ kind: "person", id: ana, text: "ana@people.test" }]);
    const { evidence: entries } = await check("active", "warning");
    expect((await admin().get(`/provisioning-log/${entries[0].id}`)).body.path).toBe("/Users");
    await check("external-id", "todo");
    await check("mail", "todo");
    await check("display-name", "todo");
    await check("guests", "done");
    await check("groups", "todo");
    await entra.send("DELETE", `/Users/${ana}`);
    await check("people", "todo");
  });

  test("active is seen with the next person; leavers say where it comes from", async () => {
    const ben = await entra.createUser("ben@people.test", mail("ben@people.test"));
    await check("active", "done");
    const cho = await entra.createUser("cho@people.test", {
      active: false,
      ...mail("cho@people.test"),
    });
    await check("soft-deleted", "warning", "accountEnabled");
    await entra.patch(`/Users/${ben}`, { op: "Replace", path: "active", value: "False" });
    await check("soft-deleted", "warning", "All 2 people are Disabled");
    await entra.patch(`/Users/${cho}`, { op: "Replace", path: "active", value: "True" });
    await check("soft-deleted", "done");
    await entra.send("DELETE", `/Users/${cho}`);
    await check("soft-deleted", "warning", "without having been Disabled");
    await entra.patch(`/Users/${ben}`, { op: "Replace", path: "active", value: "True" });
    await entra.patch(`/Users/${ben}`, { op: "Replace", path: "active", value: "False" });
    const dan = await entra.createUser("dan@people.test", {
      externalId: guid(4),
      ...mail("dan@people.test"),
    });
    await check("soft-deleted", "done");
    await entra.send("DELETE", `/Users/${dan}`);
  });

  test("externalId: mailNickname warns, a change of it counts, an object id settles it", async () => {
    const eve = await entra.createUser("eve@people.test", {
      externalId: "eve",
      ...mail("eve@people.test"),
    });
    await check("external-id", "warning", "mailNickname");
    await entra.patch(`/Users/${eve}`, { op: "Replace", path: "externalId", value: "eve.smith" });
    await check("external-id", "warning", "changed 1 time");
    const { body } = await entra.send("GET", "/Users?count=100");
    for (const [index, { id }] of body.Resources.entries())
      await entra.patch(`/Users/${id}`, {
        op: "Replace",
        path: "externalId",
        value: guid(index + 10),
      });
    await check("external-id", "done");
  });

  test("somebody without mail and a guest are named, and no longer once they have one or are gone", async () => {
    await check("mail", "done");
    const fay = await entra.createUser("fay@people.test", { externalId: guid(6) });
    expect((await check("mail", "warning")).evidence).toEqual([
      { kind: "person", id: fay, text: "fay" },
    ]);
    await entra.patch(`/Users/${fay}`, {
      op: "Add",
      path: 'emails[type eq "work"].value',
      value: "fay@people.test",
    });
    await check("mail", "done");

    for (const [userName, more] of [
      ["gus_fabrikam.com#EXT#@contoso.test", {}],
      ["hal@fabrikam.test", { userType: "Guest" }],
    ] as const) {
      const guest = await entra.createUser(userName, {
        externalId: guid(7),
        ...mail("g@x.test"),
        ...more,
      });
      expect((await check("guests", "warning")).evidence).toMatchObject([
        { kind: "person", id: guest },
      ]);
      await entra.patch(`/Users/${guest}`, { op: "Replace", path: "active", value: "False" });
      await entra.send("DELETE", `/Users/${guest}`);
      await check("guests", "done");
    }
  });
});

describe("groups", () => {
  beforeAll(() => connectTo("Groups"));

  test("none, one without a mapping, all mapped", async () => {
    const ana = await entra.createUser("ana@groups.test");
    await check("groups", "todo");
    await check("group-mappings", "unknown");
    const staff = await entra.createGroup("Staff", [ana]);
    expect((await check("groups", "done")).evidence).toEqual([
      { kind: "group", id: staff, text: "Staff" },
    ]);
    const { body: roles } = await admin().get("/roles");
    const roleId = roles.items[0].id;
    const byTitle = { attribute: { path: "title", operator: "is", values: ["Boss"] }, roleId };
    const path = `/connections/${entra.connectionId}`;
    const say = async (mappings: object[], defaultRoleId: string | null, sentence: string) => {
      expect((await admin().patch(path, { defaultRoleId })).status).toBe(200);
      expect((await admin().put(`${path}/group-mappings`, { mappings })).status).toBe(200);
      expect((await check("group-mappings", "todo")).sentence).toBe(
        `No group is mapped: ${sentence}.`,
      );
    };
    await say([], roleId, "everybody has the default access role");
    await say([], null, "everybody waits in the lobby");
    const one = "1 rule by attribute decides, and everybody else";
    await say([byTitle], null, `${one} waits in the lobby`);
    await say([byTitle], roleId, `${one} has the default access role`);
    const save = await admin().put(`/connections/${entra.connectionId}/group-mappings`, {
      defaultRoleId: roleId,
      mappings: [{ groupId: staff, roleId }],
    });
    expect(save.status, JSON.stringify(save.body)).toBeLessThan(300);
    await check("group-mappings", "done");
    await entra.createGroup("Visitors");
    const { sentence, evidence } = await check("group-mappings", "todo");
    expect(sentence).toContain("1 group has no mapping");
    expect(evidence).toMatchObject([{ kind: "group", text: "Visitors" }]);
  });
});

describe("muting", () => {
  let stranger: Person;
  let editor: Person;
  beforeAll(async () => {
    await connectTo("Muting");
    stranger = await product.createOrganisation("Fabrikam");
    editor = await product.createPerson("editor");
  });
  const path = (id: string) => `/connections/${entra.connectionId}/checks/${id}/mute`;

  test("keeps the reason and who gave it, in the ledger too, until it is taken back", async () => {
    expect((await admin().put(path("guests"), { reason: "Partners work here" })).status).toBe(204);
    const { checks } = await arrivals();
    const guests = checks.find((one: Loose) => one.id === "guests");
    expect(guests.muted).toMatchObject({ reason: "Partners work here", by: "Dana Reyes" });
    const { rows } = await owner.query("select sentence from ledger where action = 'check.muted'");
    expect(rows).toEqual([{ sentence: "Muted the check Guests: Partners work here" }]);
    expect((await admin().delete(path("guests"))).status).toBe(204);
    expect((await admin().delete(path("guests"))).status).toBe(404);
  });

  test("is not for what provisioning needs, nor for what does not exist, nor without a reason", async () => {
    expect((await admin().put(path("active"), { reason: "x" })).status).toBe(409);
    expect((await admin().put(path("nonsense"), { reason: "x" })).status).toBe(404);
    expect((await admin().put(path("guests"), { reason: " " })).status).toBe(400);
  });

  test("is for whoever may edit the connection", async () => {
    for (const [person, status] of [
      [null, 401],
      [editor, 403],
      [stranger, 404],
    ] as const)
      expect((await product.as(person).put(path("guests"), { reason: "x" })).status).toBe(status);
  });
});
