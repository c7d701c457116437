import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../support/app.ts";
import { startDatabaseProxy, type DatabaseProxy } from "../support/database-proxy.ts";
import { errorSchema, patchSchema, userSchema } from "../support/wire-client.ts";
import { createTestConnection, type Loose } from "../support/scim.ts";

let proxy: DatabaseProxy;
let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
/** Whoever looks after the database: holds something, and ends connections. */
let operator: Client;
let killer: Client;

beforeAll(async () => {
  let direct = "";
  muster = await createTestApp({
    reach: async (url) => {
      direct = url;
      proxy = await startDatabaseProxy(url);
      return proxy.url;
    },
  });
  entra = await createTestConnection(muster);
  operator = new Client(direct);
  // Another one, because within a transaction pg_stat_activity stays as it was first seen.
  killer = new Client(direct);
  await Promise.all([operator.connect(), killer.connect()]);
});
afterAll(async () => {
  await Promise.all([operator.end(), killer.end()]);
  await muster.close();
  proxy.close();
});

beforeEach(() => operator.query("begin"));
afterEach(() => operator.query("rollback"));

/** Ends the connection of whoever waits for what the operator holds. Gives how many did. */
const killWaiting = async (): Promise<number> => {
  const { rows } = await killer.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'muster' and wait_event_type = 'Lock'`,
  );
  return rows.length;
};

/** Gives the answer to a request that must wait for what the operator holds, and whose connection is ended then. */
const killed = async <Answer>(request: Promise<Answer>): Promise<Answer> => {
  const running = new AbortController();
  const answered = request.finally(() => running.abort());
  // Something in the background may wait there too.
  while (!running.signal.aborted) await killWaiting();
  return answered;
};

const person = (userName: string) => ({ schemas: [userSchema], userName, active: true });
const rename = (displayName: string) => ({
  schemas: [patchSchema],
  Operations: [{ op: "replace", path: "displayName", value: displayName }],
});
const api = () => muster.as(muster.administrator);

const namesOf = async (): Promise<string[]> => {
  const { body } = await api().get("/tenants");
  return (body.items as Loose[]).map(({ name }) => name as string);
};

const nothingChanged = /Nothing was changed\. Send this again in 5 seconds\./;
const notKnown = /it is not known whether it was/;

const unavailable = (detail: RegExp) => ({
  status: 503,
  headers: {
    "content-type": "application/scim+json; charset=utf-8",
    "retry-after": "5",
  },
  body: { schemas: [errorSchema], status: "503", detail: expect.stringMatching(detail) },
});

const problem = (detail: RegExp) => ({
  status: 503,
  headers: {
    "content-type": "application/problem+json; charset=utf-8",
    "retry-after": "5",
  },
  body: {
    status: 503,
    title: "The database cannot be used just now",
    detail: expect.stringMatching(detail),
  },
});

describe("a connection that the database ends", () => {
  test("in the middle of a request: nothing was changed, and the next ones work", async () => {
    const id = await entra.createUser("middle@contoso.test");
    await operator.query("select 1 from directory_users where id = $1 for update", [id]);
    const answer = await killed(entra.send("PATCH", `/Users/${id}`, rename("Lost")));
    expect(answer).toMatchObject(unavailable(nothingChanged));
    await operator.query("rollback");
    expect((await entra.send("GET", `/Users/${id}`)).body.displayName).toBe("middle");
    expect((await entra.send("PATCH", `/Users/${id}`, rename("Kept"))).status).toBe(200);
  });

  test("is a failure in the provisioning log, not a refusal", async () => {
    const id = await entra.createUser("logged@contoso.test");
    await operator.query("select 1 from directory_users where id = $1 for update", [id]);
    await killed(entra.send("PATCH", `/Users/${id}`, rename("Lost")));
    await operator.query("rollback");
    const failures = async () => {
      const { body } = await api().get("/provisioning-log?outcome=failed");
      return (body.items as Loose[]).find(({ path }) => path === `/Users/${id}`);
    };
    await expect.poll(failures).toMatchObject({ status: 503 });
  });

  test("with COMMIT on its way: nobody knows, and it may be sent again", async () => {
    await operator.query("lock table ledger in exclusive mode");
    const sent = person("commit@contoso.test");
    const answer = await killed(entra.send("POST", "/Users", sent));
    expect(answer).toMatchObject(unavailable(notKnown));
    await operator.query("rollback");
    expect((await entra.send("POST", "/Users", sent)).status).toBe(201);
  });

  test("after COMMIT, before its answer: nobody knows, and it is there", async () => {
    const lost = proxy.loseCommitOf("stored@contoso.test");
    const sent = person("stored@contoso.test");
    expect(await entra.send("POST", "/Users", sent)).toMatchObject(unavailable(notKnown));
    await lost;
    const filter = encodeURIComponent('userName eq "stored@contoso.test"');
    expect((await entra.send("GET", `/Users?filter=${filter}`)).body.totalResults).toBe(1);
    expect((await entra.send("POST", "/Users", sent)).status).toBe(409);
  });

  test("after COMMIT, before its answer: the log tells both, and loses nothing else", async () => {
    const lost = proxy.loseCommitOf("told@contoso.test");
    await Promise.all([
      entra.send("GET", "/Users?filter=userName%20eq%20%22beside%22"),
      entra.send("POST", "/Users", person("told@contoso.test")),
    ]);
    await lost;
    await entra.send("GET", "/Users?filter=userName%20eq%20%22behind%22");
    const told = async () => {
      const { body } = await api().get("/provisioning-log");
      const latest = (body.items as Loose[]).slice(0, 4);
      return latest.map(({ method, status }) => `${method} ${status}`).toSorted();
    };
    await expect.poll(told).toEqual(["GET 200", "GET 200", "POST 201", "POST 503"]);
  });

  test("while the log is written: it is written once more", async () => {
    await operator.query("lock table provisioning_log in exclusive mode");
    expect((await entra.send("GET", "/Users?startIndex=7")).status).toBe(200);
    await expect.poll(killWaiting).toBeGreaterThan(0);
    await operator.query("rollback");
    const paths = async () => {
      const { body } = await api().get("/provisioning-log?outcome=read");
      return (body.items as Loose[]).map(({ path }) => path);
    };
    await expect.poll(paths).toContain("/Users?startIndex=7");
  });

  test("in the middle of a read", async () => {
    await operator.query("lock table directory_users in access exclusive mode");
    const answer = await killed(entra.send("GET", "/Users?count=1"));
    expect(answer).toMatchObject(unavailable(nothingChanged));
    await operator.query("rollback");
    expect((await entra.send("GET", "/Users?count=1")).status).toBe(200);
  });

  test("in an operation of a bulk request: that one is told, the others are done", async () => {
    await operator.query("lock table ledger in exclusive mode");
    const operation = (bulkId: string) => ({
      method: "POST",
      path: "/Users",
      bulkId,
      data: person(`${bulkId}@contoso.test`),
    });
    const answered = entra.send("POST", "/Bulk", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: [operation("first"), operation("second")],
    });
    await expect.poll(killWaiting).toBe(1);
    await operator.query("rollback");
    const { status, body } = await answered;
    expect(status).toBe(200);
    expect(body.Operations.map(({ status: each }: Loose) => each)).toEqual(["503", "201"]);
    expect(body.Operations[0].response.detail).toMatch(notKnown);
  });

  test("below /api, in the middle and with COMMIT on its way", async () => {
    await operator.query("lock table tenants in exclusive mode");
    const answer = await killed(api().post("/tenants", { name: "North" }));
    expect(answer).toMatchObject(problem(nothingChanged));
    await operator.query("rollback");

    const lost = proxy.loseCommitOf("South");
    expect(await api().post("/tenants", { name: "South" })).toMatchObject(problem(notKnown));
    await lost;
    expect(await namesOf()).toContain("South");
    expect(await namesOf()).not.toContain("North");
  });
});

describe("a database that cannot be reached", () => {
  afterEach(() => proxy.comeBack());

  test("answers nothing, and everything again as soon as it is back", async () => {
    proxy.goAway();
    expect(await lookedFor()).toMatchObject(unavailable(nothingChanged));
    expect(await api().get("/tenants")).toMatchObject(problem(nothingChanged));
    const token = await muster.app.inject({
      method: "POST",
      url: "/oauth2/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: `grant_type=client_credentials&client_id=${entra.connectionId}&client_secret=wrong`,
    });
    expect([token.statusCode, token.headers["retry-after"]]).toEqual([503, "5"]);
    expect(token.json()).toMatchObject({ error: "temporarily_unavailable" });
    proxy.comeBack();
    expect((await lookedFor()).status).toBe(200);
    expect((await api().get("/tenants")).status).toBe(200);
  });

  test("is nobody's wrong credential", async () => {
    expect((await lookedFor()).status).toBe(200);
    proxy.goAway();
    expect((await lookedFor()).status).toBe(503);
    proxy.comeBack();
    const back = new Date().toISOString();
    expect((await lookedFor()).status).toBe(200);
    const arrivals = async () =>
      (await api().get(`/connections/${entra.connectionId}/arrivals`)).body;
    // What the failed request left behind is written down with it, or before.
    await expect.poll(async () => (await arrivals()).lastRequestAt >= back).toBe(true);
    expect(await arrivals()).toMatchObject({ lastRefusedAt: null, lastRefusedReason: null });
  });

  test("has connections that are like those before, fenced and without memory", async () => {
    const other = await muster.createOrganisation("Fabrikam");
    proxy.goAway();
    expect((await lookedFor()).status).toBe(503);
    proxy.comeBack();
    const { rows } = await muster.database.pool.query(
      "select current_user as role, (select count(*)::int from tenants) as seen",
    );
    expect(rows).toEqual([{ role: "muster_app", seen: 0 }]);
    expect(await namesOf()).not.toContain("Fabrikam");
    const { body } = await muster.as(other).get("/tenants");
    expect(body.items).toHaveLength(1);
    // Statements that the connections before had prepared are prepared again.
    const id = await entra.createUser("again@contoso.test");
    expect((await entra.send("PATCH", `/Users/${id}`, rename("Again"))).status).toBe(200);
    expect((await entra.send("DELETE", `/Users/${id}`)).status).toBe(204);
  });

  test("or has no connection left", async () => {
    const { pool } = muster.database;
    const { options } = pool as unknown as {
      options: { max: number; connectionTimeoutMillis: number };
    };
    const patience = options.connectionTimeoutMillis;
    const taken = await Promise.all(Array.from({ length: options.max }, () => pool.connect()));
    options.connectionTimeoutMillis = 50;
    expect(await lookedFor()).toMatchObject(unavailable(nothingChanged));
    options.connectionTimeoutMillis = patience;
    for (const client of taken) client.release();
    expect((await lookedFor()).status).toBe(200);
  });
});

const lookedFor = () => entra.send("GET", "/Users?count=1");
