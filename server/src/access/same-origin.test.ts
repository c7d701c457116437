import type { FastifyRequest } from "fastify";
import { describe, expect, test } from "vitest";
import { messageOf } from "../../test/support/message.ts";
import { requireSameOrigin } from "./same-origin.ts";

const url = "https://muster.example.com";

type Case = { because: string; method?: string; headers: object; allowed: boolean };

const cases: Case[] = [
  { because: "our own page", headers: { "sec-fetch-site": "same-origin" }, allowed: true },
  { because: "another site", headers: { "sec-fetch-site": "cross-site" }, allowed: false },
  {
    because: "a sibling below one domain",
    headers: { "sec-fetch-site": "same-site" },
    allowed: false,
  },
  {
    because: "an address typed or followed",
    headers: { "sec-fetch-site": "none" },
    allowed: false,
  },
  { because: "an old browser, our page", headers: { origin: url }, allowed: true },
  {
    because: "an old browser, another site",
    headers: { origin: "https://evil.example" },
    allowed: false,
  },
  {
    because: "an address that only begins like ours",
    headers: { origin: `${url}.evil.example` },
    allowed: false,
  },
  { because: "a sandboxed frame", headers: { origin: "null" }, allowed: false },
  {
    because: "by the name of the machine",
    headers: { origin: "http://10.0.0.7:3000" },
    allowed: true,
  },
  { because: "a program that says nothing", headers: {}, allowed: false },
  {
    because: "Origin of ours, but the browser knows better",
    headers: { origin: url, "sec-fetch-site": "cross-site" },
    allowed: false,
  },
  {
    because: "reading, which changes nothing",
    method: "GET",
    headers: { "sec-fetch-site": "cross-site" },
    allowed: true,
  },
];

describe("a request that changes something", () => {
  test.each(cases)("$because: allowed $allowed", ({ method = "POST", headers, allowed }) => {
    const request = { method, headers, host: "10.0.0.7:3000" } as FastifyRequest;
    const message = messageOf(() => requireSameOrigin(request, url));
    expect(message).toMatch(allowed ? /^$/ : /^Changes are accepted from Muster's own pages/);
  });
});
