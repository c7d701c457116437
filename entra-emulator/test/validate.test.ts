import { afterEach, beforeEach, expect, test } from "vitest";
import { runConformance } from "../src/index.ts";
import type { ConformanceReport } from "../src/index.ts";
import { startStrictServer } from "./strict-server.ts";
import type { Fault, Recorded, StrictServer } from "./strict-server.ts";

let server: StrictServer;
beforeEach(async () => {
  server = await startStrictServer();
});
afterEach(() => server.close());

const run = (): Promise<ConformanceReport> =>
  runConformance({ url: server.url, token: server.token });

const failed = (report: ConformanceReport): string[] =>
  report.results.filter((result) => !result.isPassed).map((result) => result.id);

test("a strict server passes every check, and is left as it was", async () => {
  const report = await run();
  expect(failed(report)).toEqual([]);
  expect(report).toMatchObject({ SFComplianceFailed: false, passed: 47, failed: 0 });
  expect(report.results.map((result) => result.id)).toEqual(
    expect.arrayContaining([
      "U1",
      "U13",
      "G1",
      "G12",
      "P1",
      "P7",
      "K15",
      "K16",
      "K17",
      "K18",
      "K23",
      "K25",
      "O9",
    ]),
  );
  expect([server.users.size, server.groups.size]).toEqual([0, 0]);
});

const empty = JSON.stringify({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: 0,
  Resources: [],
});

type Planted = readonly [string, (server: StrictServer) => void, readonly string[]];

const answering = (fault: (request: Recorded) => Fault | undefined) => (server: StrictServer) => {
  server.intercept = fault;
};

/** Servers that are wrong in one way each, and the checks that must say so. */
const planted: readonly Planted[] = [
  [
    "finds nobody",
    answering(({ method, url }) =>
      method === "GET" && url.includes("/Users?filter") ? { status: 200, body: empty } : undefined,
    ),
    ["U1", "U3", "U5", "O7"],
  ],
  [
    "answers a search for nobody with 404",
    answering(({ url }) =>
      url.includes("Users?filter") ? { status: 404, body: "{}" } : undefined,
    ),
    ["U4", "O3"],
  ],
  [
    "has no PATCH",
    answering(({ method }) => (method === "PATCH" ? { status: 405, body: "{}" } : undefined)),
    ["U6", "U7", "U8", "U9", "U10", "G8", "G10", "G11", "P1", "P2", "P5", "K16", "K18", "K25"],
  ],
  [
    "ignores PATCH with 200",
    answering(({ method }) => (method === "PATCH" ? { status: 200, body: "{}" } : undefined)),
    ["U6", "U7", "U8", "U9", "U10", "G8", "G9", "G10", "G11", "K16", "K18"],
  ],
  [
    "never deletes",
    answering(({ method }) => (method === "DELETE" ? { status: 204, body: "" } : undefined)),
    ["U13", "G12", "P3", "P4", "P6", "P7"],
  ],
  [
    "publishes no schemas",
    answering(({ url }) => (url.endsWith("/Schemas") ? { status: 200, body: empty } : undefined)),
    ["K15"],
  ],
  [
    "asks for no token",
    answering(({ rawHeaders }) =>
      rawHeaders.join(" ").includes("secret") ? undefined : { status: 200, body: empty },
    ),
    ["O9"],
  ],
  [
    "lower-cases what it stores",
    (server) => {
      server.alter = (one) => ({ ...one, title: String(one["title"]).toLowerCase() });
    },
    ["U1", "U6", "U9"],
  ],
  [
    "forgets the resource type",
    (server) => {
      server.alter = (one) => ({ ...one, meta: {} });
    },
    ["U3", "G2", "G3"],
  ],
];

test.each(planted)("a server that %s is caught", async (_name, plant, ids) => {
  plant(server);
  const report = await run();
  expect(report.SFComplianceFailed).toBe(true);
  expect(failed(report)).toEqual(expect.arrayContaining([...ids]));
  const result = report.results.find((one) => one.id === ids[0]);
  expect(result?.problem).toEqual(expect.any(String));
  expect(result?.turns?.length).toBeGreaterThan(0);
});

test("a target that is not there fails every check", async () => {
  await server.close();
  expect((await run()).passed).toBe(0);
  server = await startStrictServer();
});
