import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openScimClient, TransportFailure } from "../src/scim/client.ts";
import { readTenantUrl, TenantUrlError } from "../src/scim/tenant-url.ts";

const answer =
  "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: 2\r\n\r\n{}";

/** What a request is, byte for byte, before any HTTP library has touched it. */
describe("on the raw socket", () => {
  let received = "";
  let connections = 0;
  let close: () => void;
  let base = "";

  beforeEach(async () => {
    received = "";
    connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        received += chunk.toString("utf8");
        const head = received.lastIndexOf("\r\n\r\n");
        const length = Number(
          /Content-Length: (\d+)\r\n[^{]*$/.exec(received.slice(0, head + 2))?.[1] ?? 0,
        );
        if (head !== -1 && Buffer.byteLength(received.slice(head + 4)) >= length)
          socket.write(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
    close = () => server.close();
  });
  afterEach(() => close());

  const headerNames = (text: string): string[] =>
    text
      .split("\r\n\r\n")[0]
      ?.split("\r\n")
      .slice(1)
      .map((line) => line.split(":")[0]?.toLowerCase() ?? "") ?? [];

  test("a GET carries Authorization and nothing that Entra does not send", async () => {
    const client = openScimClient({ base, token: "T" });
    await client.send({
      verb: "GET",
      path: "/Users",
      query: { filter: 'userName eq "ana+b@contoso.test"' },
    });
    client.close();
    expect(received.split("\r\n")[0]).toBe(
      "GET /scim/v2/Users?filter=userName+eq+%22ana%2Bb%40contoso.test%22 HTTP/1.1",
    );
    expect(received).toContain("\r\nAuthorization: Bearer T\r\n");
    expect(headerNames(received).toSorted()).toEqual(["authorization", "connection", "host"]);
  });

  test("a body goes as application/scim+json; charset=utf-8, in UTF-8", async () => {
    const client = openScimClient({ base, token: "T" });
    await client.send({ verb: "POST", path: "/Users", body: { displayName: "Łukasz Żak" } });
    client.close();
    expect(received).toContain("\r\nContent-Type: application/scim+json; charset=utf-8\r\n");
    expect(received.endsWith('{"displayName":"Łukasz Żak"}')).toBe(true);
    expect(headerNames(received).toSorted()).toEqual([
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
    ]);
  });

  test("requests one after another share a connection", async () => {
    const client = openScimClient({ base, token: "T" });
    for (let count = 0; count < 3; count += 1) {
      received = "";
      await client.send({ verb: "GET", path: "/Users/1" });
    }
    client.close();
    expect(connections).toBe(1);
  });
});

describe("a kept connection that breaks", () => {
  /** Answers the first request of a connection and hangs up on the second. */
  const startFickle = async (): Promise<{ base: string; seen: string[]; close: () => void }> => {
    const seen: string[] = [];
    const server = createServer((socket) => {
      let isFirst = true;
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        const line = chunk.toString("utf8").split(" ")[0] ?? "";
        if (line !== "GET" && line !== "POST") return;
        seen.push(line);
        if (isFirst) socket.write(answer);
        else socket.destroy();
        isFirst = false;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { base, seen, close: () => server.close() };
  };

  test("a GET is sent again on a new one, a POST is not: it may have been done", async () => {
    const { base, seen, close } = await startFickle();
    const client = openScimClient({ base, token: "T" });
    await client.send({ verb: "GET", path: "/Users/1" });
    expect((await client.send({ verb: "GET", path: "/Users/2" })).status).toBe(200);
    expect(seen).toEqual(["GET", "GET", "GET"]);
    await expect(client.send({ verb: "POST", path: "/Users", body: {} })).rejects.toThrow(
      TransportFailure,
    );
    expect(seen).toEqual(["GET", "GET", "GET", "POST"]);
    client.close();
    close();
  });
});

test("a server that never answers is a Timeout", async () => {
  const server = createServer((socket) => void socket.on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = openScimClient({ base, token: "T", timeoutMilliseconds: 50 });
  await expect(client.send({ verb: "GET", path: "/Users" })).rejects.toMatchObject({
    name: "TransportFailure",
    code: "Timeout",
    isUnreachable: false,
  });
  client.close();
  server.close();
});

test("nobody listening is unreachable", async () => {
  const client = openScimClient({ base: "http://127.0.0.1:1", token: "T" });
  const failure: unknown = await client
    .send({ verb: "GET", path: "/Users" })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TransportFailure);
  expect(failure).toMatchObject({ isUnreachable: true });
});

test.each([
  ["https://h/scim/v2", "https://h/scim/v2", undefined],
  ["https://h/scim/v2/", "https://h/scim/v2", undefined],
  ["https://h/scim/v2/?aadOptscim062020", "https://h/scim/v2", "compliant"],
  ["https://h/scim/v2?aadOptscim062020=", "https://h/scim/v2", "compliant"],
  ["https://h/scim/v2?AzureAdScimPatch2017", "https://h/scim/v2", "legacy"],
  ["https://h", "https://h", undefined],
])("the tenant URL %s is the base %s in dialect %s", (pasted, base, dialect) => {
  expect(readTenantUrl(pasted)).toEqual({ base, dialect });
});

test("a tenant URL that is none is refused", () => {
  expect(() => readTenantUrl("ftp://h/scim")).toThrow(TenantUrlError);
  expect(() => readTenantUrl("scim")).toThrow(TenantUrlError);
});
