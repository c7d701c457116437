import { afterAll, expect, test } from "vitest";
import { endProducts } from "../support/product.ts";
import { faultOf } from "./check-answer.ts";
import { fuzz } from "./run.ts";

afterAll(endProducts);

test("a thousand random requests break nothing", async () => {
  const { requests, statuses, failures, aftermath } = await fuzz({ requests: 1000, seed: 7 });
  expect({ failures, aftermath }).toEqual({ failures: [], aftermath: [] });
  expect(requests).toBeGreaterThanOrEqual(1000);
  // Some of it must get through, or nothing was tried.
  for (const status of [200, 201, 204, 400, 404]) expect(statuses.get(status)).toBeGreaterThan(0);
});

const fine = {
  isScim: true,
  status: 400,
  contentType: "application/scim+json; charset=utf-8",
  text: JSON.stringify({ status: "400", detail: "userName is required." }),
  milliseconds: 5,
};
const faults: Record<string, Partial<typeof fine>> = {
  "a 500": { status: 500 },
  "a slow answer": { milliseconds: 11_000 },
  "a refusal of another media type": { contentType: "application/json" },
  "a refusal without a detail": { text: '{"status":"400"}' },
  "a detail of one word": { text: '{"status":"400","detail":"Forbidden"}' },
  "a status that is another": { text: '{"status":"404","detail":"It is not there."}' },
  "a stack": { text: '{"status":"400","detail":"x at async run (file.ts:3)"}' },
  "a SCIM answer as plain JSON": { status: 200, contentType: "application/json" },
};

test("the check lets a good refusal pass", () => {
  expect(faultOf(fine)).toBeUndefined();
});

test.each(Object.entries(faults))("the check sees %s", (_name, fault) => {
  expect(faultOf({ ...fine, ...fault })).toBeDefined();
});
