import { expect, test } from "vitest";
import { guardMetrics } from "./guard-metrics.ts";

const from = (ip: string, authorization?: string) => ({
  ip,
  headers: authorization === undefined ? {} : { authorization },
});

test.each(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])(
  "without a token, %s may read the metrics",
  (ip) => {
    expect(() => guardMetrics(from(ip), undefined)).not.toThrow();
  },
);

test.each(["10.0.0.7", "2001:db8::1", "::ffff:10.0.0.7", "unknown"])(
  "without a token, %s may not, and is told what to set",
  (ip) => {
    expect(() => guardMetrics(from(ip), undefined)).toThrow("MUSTER_METRICS_TOKEN");
  },
);

test("with a token, whoever has it may, from anywhere; nobody else, from nowhere", () => {
  expect(() => guardMetrics(from("10.0.0.7", "Bearer s3cret"), "s3cret")).not.toThrow();
  for (const wrong of [undefined, "Bearer s3cre", "s3cret", "Basic s3cret"])
    expect(() => guardMetrics(from("127.0.0.1", wrong), "s3cret")).toThrow("bearer token");
});
