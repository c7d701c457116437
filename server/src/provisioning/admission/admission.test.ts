import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../app.ts";
import { createLogger } from "../../logger.ts";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection } from "../../../test/support/scim.ts";
import type { Answered } from "../../../test/support/api-client.ts";
import { requestScim, userSchema } from "../../../test/support/scim-client.ts";

type Connected = { readonly id: string; readonly endpoint: string; readonly token: string };

let muster: TestApp;
/** A second node on the same database. */
let other: TestApp["app"];
let urls: readonly [string, string];
let dana: ReturnType<TestApp["as"]>;
let made = 0;

beforeAll(async () => {
  muster = await createTestApp();
  other = await createApp(muster, createLogger("silent"));
  urls = [await listen(muster.app), await listen(other)];
  dana = muster.as(muster.administrator);
});
afterAll(async () => {
  await other.close();
  await muster.close();
});

const listen = async (app: TestApp["app"]): Promise<string> => {
  await app.listen({ port: 0, host: "127.0.0.1" });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
};

/**
 * Does something while writes of a connection must wait, as they do while its rules are edited.
 * @param work gives what to do when they may go on
 */
const holdWrites = async ({ id }: Connected, work: () => Promise<() => Promise<void>>) => {
  const { orgId } = muster.administrator;
  const after = await muster.organisations.within(orgId, work, {
    hold: { key: id, mode: "exclusive" },
  });
  await after();
};

const write = (connected: Connected) => {
  const body = { schemas: [userSchema], userName: `person${(made += 1)}@contoso.test` };
  return requestScim(connected, { path: "/Users", method: "POST", body });
};

/** A connection that has been heard of at both nodes. */
const connect = async (): Promise<Connected> => {
  const { connectionId: id, token } = await createTestConnection(muster, `Entra ${(made += 1)}`);
  const connected = { id, token, endpoint: `${urls[0]}/scim/v2/${id}` };
  await ask(connected);
  await ask(atOther(connected));
  return connected;
};

const atOther = (connected: Connected): Connected => ({
  ...connected,
  endpoint: connected.endpoint.replace(urls[0], urls[1]),
});

const ask = (connected: Connected) => requestScim(connected, { path: "/ServiceProviderConfig" });

const limitTo = async ({ id }: Connected, limit: object | null) => {
  const { status } = await dana.put(`/connections/${id}/request-limit`, { limit });
  expect(status).toBe(200);
};

const countByStatus = (answers: readonly { status: number }[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]),
  );

describe("a flood", () => {
  // In which order it is served, fair-queue.test.ts and the next test tell: here the requests arrive as they may.
  test("within its queue is never refused, nor is anybody else", async () => {
    const [flood, quiet] = [await connect(), await connect()];
    const flooding = Array.from({ length: 400 }, () => ask(flood));
    for (let count = 0; count < 10; count += 1) expect((await ask(quiet)).status).toBe(200);
    expect(countByStatus(await Promise.all(flooding))).toEqual({ 200: 400 });
  });

  test("that stands still, because the database makes it wait, holds nobody else up", async () => {
    const [stuck, quiet] = [await connect(), await connect()];
    await holdWrites(stuck, async () => {
      const writes = Array.from({ length: 100 }, () => write(stuck));
      for (let count = 0; count < 5; count += 1) expect((await write(quiet)).status).toBe(201);
      return async () => expect(countByStatus(await Promise.all(writes))).toEqual({ 201: 100 });
    });
  });

  test("larger than its queue is told when to come back", async () => {
    const flood = await connect();
    const refused: Answered[] = [];
    await holdWrites(flood, async () => {
      const writes = Array.from({ length: 12 + 500 + 20 }, async () => {
        const answer = await write(flood);
        if (answer.status === 429) refused.push(answer);
        return answer;
      });
      await expect.poll(() => refused.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(20);
      return async () => {
        const { 201: passed = 0, 429: told } = countByStatus(await Promise.all(writes));
        expect([passed + refused.length, told]).toEqual([532, refused.length]);
      };
    });
    for (const { headers, body } of refused) {
      expect(headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
      expect(headers.get("content-type")).toContain("application/scim+json");
      expect(body).toMatchObject({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "429",
        detail: expect.stringMatching(/Send this one again in .*, and fewer at a time\./),
      });
    }
    const seen = async () => (await dana.get(`/connections/${flood.id}/request-limit`)).body;
    await expect
      .poll(async () => (await seen()).refusedLastHour, { timeout: 5000 })
      .toBe(refused.length);
    expect(await seen()).toMatchObject({ limit: null, lastRefusedAt: expect.any(String) });
    const metrics = await (await fetch(`${urls[0]}/metrics`)).text();
    expect(metrics).toMatch(
      new RegExp(`^scim_requests_refused_total\\{reason="saturated"\\} ${refused.length}$`, "m"),
    );
  });

  test("with wrong credentials does not stand in the way of those with right ones", async () => {
    const connected = await connect();
    const wrong = { ...connected, token: "mst_wrong" };
    let ended = 0;
    const flooding = Array.from({ length: 300 }, () =>
      ask(wrong).then(({ status }) => {
        ended += 1;
        return status;
      }),
    );
    await expect.poll(() => ended, { interval: 1 }).toBeGreaterThan(0);
    const before = ended;
    expect((await ask(connected)).status).toBe(200);
    expect(ended - before).toBeLessThanOrEqual(32);
    expect(new Set(await Promise.all(flooding))).toEqual(new Set([401]));
  });

  test("with wrong credentials takes no share from a lone connection, and is answered meanwhile", async () => {
    // A node that has not seen the other tests' connections.
    const alone = await createApp(muster, createLogger("silent"));
    const url = await listen(alone);
    const { id, token } = await connect();
    const connected = { id, token, endpoint: `${url}/scim/v2/${id}` };
    const working = async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^scim_requests_working (\d+)$/m.exec(text)?.[1]);
    };
    await ask(connected);
    const flood = new AbortController();
    const statuses: number[] = [];
    const flooding = Array.from({ length: 32 }, async () => {
      while (!flood.signal.aborted)
        statuses.push((await ask({ ...connected, token: "mst_wrong" })).status);
    });
    await expect.poll(() => statuses.length).toBeGreaterThan(0);
    await holdWrites(connected, async () => {
      const writes = Array.from({ length: 12 }, () => write(connected));
      await expect.poll(working, { interval: 10 }).toBeGreaterThanOrEqual(12);
      const before = statuses.length;
      await expect.poll(() => statuses.length).toBeGreaterThan(before + 20);
      return async () => expect(countByStatus(await Promise.all(writes))).toEqual({ 201: 12 });
    });
    flood.abort();
    await Promise.all(flooding);
    expect(new Set(statuses)).toEqual(new Set([401]));
    await alone.close();
  });

  test("of large bodies finds no more memory than there is for them", async () => {
    const connected = await connect();
    const body = { schemas: [userSchema], userName: "x", note: "n".repeat(7_000_000) };
    const answers = await Promise.all(
      Array.from({ length: 24 }, () =>
        requestScim(connected, { path: "/Users", method: "POST", body }),
      ),
    );
    const told = new Set(answers.map(({ status }) => status));
    expect([201, 409, 429]).toEqual(expect.arrayContaining([...told]));
    expect(told).toContain(429);
    expect((await ask(connected)).status).toBe(200);
  });
});

describe("a limit", () => {
  test("lets the burst pass, then refuses with the time to come back", async () => {
    const connected = await connect();
    await limitTo(connected, { perSecond: 25, burst: 30 });
    await ask(connected);
    const began = performance.now();

    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(connected)));

    const flowed = ((performance.now() - began) * 25) / 1000;
    const { 200: passed = 0, 429: refused = 0 } = countByStatus(answers);
    expect(passed + refused).toBe(200);
    expect(passed).toBeGreaterThanOrEqual(29);
    // Requests that were in work before the limit was known are made up for.
    expect(passed).toBeLessThanOrEqual(Math.ceil(30 + flowed));
    const one = answers.find(({ status }) => status === 429);
    expect(one?.headers.get("retry-after")).toBe("1");
    expect(one?.body.detail).toBe(
      "This connection may send 25 requests a second (30 at once after a rest): an administrator of Muster has set this limit under Settings › Integrations › SCIM. Send this one again in a second.",
    );
  });

  test("is one limit for all nodes", async () => {
    const connected = await connect();
    await limitTo(connected, { perSecond: 25, burst: 40 });
    await Promise.all([ask(connected), ask(atOther(connected))]);
    const began = performance.now();

    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        ask(index % 2 === 0 ? connected : atOther(connected)),
      ),
    );

    const flowed = ((performance.now() - began) * 25) / 1000;
    const { 200: passed = 0, 429: refused = 0 } = countByStatus(answers);
    expect(passed + refused).toBe(300);
    expect(passed).toBeGreaterThanOrEqual(38);
    expect(passed).toBeLessThanOrEqual(Math.ceil(40 + flowed));
  });

  test("holds from one request to the next when it is changed or taken away", async () => {
    const connected = await connect();
    await limitTo(connected, { perSecond: 25, burst: 1 });
    await ask(connected);
    const began = performance.now();
    const slow = await Promise.all(Array.from({ length: 60 }, () => ask(connected)));
    const flowed = ((performance.now() - began) * 25) / 1000;
    expect(countByStatus(slow)[200] ?? 0).toBeLessThanOrEqual(Math.ceil(1 + flowed));

    await limitTo(connected, null);
    await expect.poll(async () => (await ask(connected)).status, { timeout: 1000 }).toBe(200);
    const fast = await Promise.all(Array.from({ length: 60 }, () => ask(connected)));
    expect(countByStatus(fast)).toEqual({ 200: 60 });
  });

  test("is not for who was right once and is revoked: they empty nobody's bucket", async () => {
    const connected = await connect();
    const tokens = `/connections/${connected.id}/tokens`;
    const { body } = await dana.post(tokens, { label: "Leaked", expiresAt: null });
    const revoked: Connected = { ...connected, token: body.token };
    expect((await ask(revoked)).status).toBe(200);
    expect((await dana.delete(`${tokens}/${body.item.id}`)).status).toBe(204);
    await limitTo(connected, { perSecond: 25, burst: 30 });
    expect((await ask(connected)).status).toBe(200);
    expect((await ask(revoked)).status).toBe(401);
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(revoked)));
    expect(countByStatus(answers)).toEqual({ 401: 200 });
    expect((await ask(connected)).status).toBe(200);
  });

  test("counts every operation of a bulk request", async () => {
    const connected = await connect();
    await limitTo(connected, { perSecond: 25, burst: 1000 });
    for (let count = 0; count < 2; count += 1) await ask(connected);
    const operations = Array.from({ length: 100 }, (_, index) => ({
      method: "POST",
      path: "/Users",
      bulkId: `b${index}`,
      data: { schemas: [userSchema], userName: `bulk${index}@contoso.test` },
    }));
    const bulk = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: operations,
    };
    const drawn = async () => {
      const { rows } = await muster.organisations.within(muster.administrator.orgId, (tx) =>
        tx.executeSql(
          "select drawn_until from request_budgets where org_id = $1 and connection_id = $2",
          [muster.administrator.orgId, connected.id],
        ),
      );
      return (rows[0] as { drawn_until: number }).drawn_until;
    };
    const before = await drawn();
    const { status } = await requestScim(connected, { path: "/Bulk", method: "POST", body: bulk });
    expect(status).toBe(200);
    await ask(connected);
    // A hundred requests of 40 ms each, but for the few that were drawn before, are paid for by the next draw.
    expect((await drawn()) - before).toBeGreaterThanOrEqual(3800);
  });

  test("below what Entra asks for is refused, with the reason", async () => {
    const { id } = await connect();
    const { status, body } = await dana.put(`/connections/${id}/request-limit`, {
      limit: { perSecond: 24, burst: 50 },
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      title: "That limit is too low",
      detail: expect.stringContaining("at least 25 requests a second"),
      errors: [{ path: "perSecond", message: "is below 25" }],
    });
    expect((await dana.get(`/connections/${id}/request-limit`)).body.limit).toBeNull();
  });
});
