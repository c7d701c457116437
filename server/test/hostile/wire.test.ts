import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../support/app.ts";
import { createTestConnection } from "../support/scim.ts";

let muster: TestApp;
let port: number;
let path: string;
let token: string;

beforeAll(async () => {
  muster = await createTestApp();
  const entra = await createTestConnection(muster);
  path = `/scim/v2/${entra.connectionId}`;
  ({ token } = entra);
  await muster.app.listen({ port: 0, host: "127.0.0.1" });
  ({ port } = muster.app.server.address() as AddressInfo);
});
afterAll(() => muster.close());

/** Sends bytes as they are, and gives all that comes back until the server closes, or until enough is there. */
const exchange = async (bytes: string, isEnough: (text: string) => boolean = () => false) => {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (isEnough(text)) socket.destroy();
  });
  socket.on("error", () => {});
  socket.write(bytes, "latin1");
  // Not once(): a reset after the answer is no failure.
  await new Promise((resolve) => socket.on("close", resolve));
  return text;
};

const host = "Host: localhost\r\n";
const close = "Connection: close\r\n";

const malformed: Record<string, readonly [bytes: string, status: number]> = {
  "bytes that are no HTTP": ["\0\u0001\u0002\r\n\r\n", 400],
  "the preface of HTTP/2": ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  "headers of 17,000 characters": [
    `GET / HTTP/1.1\r\n${host}X: ${"a".repeat(17_000)}\r\n\r\n`,
    431,
  ],
  "a negative length": [`POST / HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
  "two lengths": [
    `POST / HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    400,
  ],
  "a length and chunks (request smuggling)": [
    `POST / HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  "a raw byte in the address": [`GET /\u00FF HTTP/1.1\r\n${host}\r\n`, 400],
  "a header inside a header": [`GET / HTTP/1.1\r\n${host}X: a\u0000b\r\n\r\n`, 400],
};

test.each(Object.entries(malformed))(
  "%s is answered with a problem, and the connection ends",
  async (_name, [bytes, status]) => {
    const text = await exchange(bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toMatch(/content-type: application\/problem\+json/i);
    expect(text).toMatch(/x-content-type-options: nosniff/i);
    const { detail } = JSON.parse(text.slice(text.indexOf("\r\n\r\n")));
    expect(detail).toMatch(/\w+ \w+/);
  },
);

test("an address that cannot be decoded is refused in the words of whoever serves it", async () => {
  for (const [address, type] of [
    [`${path}/Users/%zz`, "scim"],
    ["/api/v1/%zz", "problem"],
  ]) {
    const text = await exchange(`GET ${address} HTTP/1.1\r\n${host}${close}\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toMatch(new RegExp(`content-type: application/${type}\\+json`, "i"));
    expect(text).toMatch(/content-security-policy: default-src 'self'/i);
  }
});

test.each(["TRACE", "OPTIONS", "PROPFIND", "PURGE", "LINK"])(
  "%s is served nowhere",
  async (method) => {
    for (const address of ["/", path, `${path}/Users`, "/api/v1/me"]) {
      const text = await exchange(`${method} ${address} HTTP/1.1\r\n${host}${close}\r\n`);
      expect(text).toMatch(/^HTTP\/1\.1 40[134] /);
      expect(text).toMatch(/content-type: application\/(problem|scim)\+json/i);
    }
  },
);

const addresses: Record<string, string> = {
  "an id of 5,000 characters": `/Users/${"a".repeat(5000)}`,
  "an encoded NUL": "/Users/%00",
  "an encoded way up": "/Users/%2e%2e%2f%2e%2e%2fapi%2fv1%2fme",
  "a fragment": "/Users/a#b",
};

test.each(Object.entries(addresses))("%s in a SCIM address is a SCIM 404", async (_name, below) => {
  const text = await exchange(
    `GET ${path}${below} HTTP/1.1\r\n${host}${close}Authorization: Bearer ${token}\r\n\r\n`,
  );
  expect(text).toMatch(/^HTTP\/1\.1 404 /);
  expect(text).toMatch(/content-type: application\/scim\+json/i);
});

test("a plain way up leads to no file and to no other address", async () => {
  for (const up of [
    "../../../api/v1/me",
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2fetc/passwd",
  ]) {
    const text = await exchange(
      `GET ${path}/Users/${up} HTTP/1.1\r\n${host}${close}Authorization: Bearer ${token}\r\n\r\n`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 40[34] /);
  }
});

test("two hundred requests in one go are answered in their order", async () => {
  const requests = Array.from(
    { length: 200 },
    (_, at) => `GET /api/v1/nothing${at} HTTP/1.1\r\n${host}\r\n`,
  );
  const served = (text: string) => [...text.matchAll(/GET \/api\/v1\/nothing(\d+)\./g)];
  const text = await exchange(requests.join(""), (soFar) => served(soFar).length === 200);
  expect(served(text).map(([, at]) => Number(at))).toEqual(requests.map((_, at) => at));
});

test("a body that breaks off changes nothing, and the server goes on", async () => {
  const body = JSON.stringify({ userName: "half@contoso.test" });
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(
    `POST ${path}/Users HTTP/1.1\r\n${host}Authorization: Bearer ${token}\r\nContent-Type: application/scim+json\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`,
  );
  socket.resetAndDestroy();
  await once(socket, "close");
  const filter = encodeURIComponent('userName eq "half@contoso.test"');
  const text = await exchange(
    `GET ${path}/Users?filter=${filter} HTTP/1.1\r\n${host}${close}Authorization: Bearer ${token}\r\n\r\n`,
  );
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
  expect(text).toContain('"totalResults":0');
});

test("who leaves before the answer has still been heard, whole", async () => {
  const send = async (userName: string) => {
    const body = JSON.stringify({ userName });
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const request = `POST ${path}/Users HTTP/1.1\r\n${host}Authorization: Bearer ${token}\r\nContent-Type: application/scim+json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    await new Promise<void>((resolve) => socket.write(request, () => resolve()));
    socket.end();
    socket.destroy();
  };
  await Promise.all(Array.from({ length: 20 }, (_, at) => send(`gone${at}@contoso.test`)));
  const filter = encodeURIComponent('userName sw "gone"');
  const read = () =>
    exchange(
      `GET ${path}/Users?filter=${filter} HTTP/1.1\r\n${host}${close}Authorization: Bearer ${token}\r\n\r\n`,
    );
  await expect.poll(read, { timeout: 10_000 }).toMatch(/^HTTP\/1\.1 200 /);
  const resources = JSON.parse((await read()).replace(/^[^]*?\r\n\r\n/, "")).Resources ?? [];
  for (const { userName, meta } of resources) {
    expect(userName).toMatch(/^gone\d+@contoso\.test$/);
    expect(meta.version).toBe('W/"1"');
  }
});

test("a request may take only so long to arrive", () => {
  const { server } = muster.app;
  expect(server.requestTimeout).toBeGreaterThan(0);
  expect(server.requestTimeout).toBeLessThanOrEqual(120_000);
  expect(server.headersTimeout).toBeGreaterThan(0);
  expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
});

test("every answer carries the headers that fence a browser in", async () => {
  for (const address of ["/", "/api/v1/me", `${path}/Users`, "/health/live", "/nowhere"]) {
    const { headers } = await muster.app.inject({ url: address });
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["x-powered-by"] ?? headers["server"]).toBeUndefined();
  }
});
