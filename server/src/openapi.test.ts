import { readFile } from "node:fs/promises";
import { join } from "node:path";
import SwaggerParser from "@apidevtools/swagger-parser";
import { expect, test } from "vitest";
import { describeApi } from "./cli/openapi.ts";

const committed = join(import.meta.dirname, "../openapi.json");

test("what the server serves is valid OpenAPI 3.1", async () => {
  const document = JSON.parse(await describeApi());
  expect(document.openapi).toMatch(/^3\.1\./);
  await expect(SwaggerParser.validate(document)).resolves.toBeDefined();
});

test("the validator can tell", async () => {
  const document = JSON.parse(await describeApi());
  document.paths["/api/v1/me"].get.responses = "none";
  await expect(SwaggerParser.validate(document)).rejects.toThrow("schema");
});

test("server/openapi.json is what the server serves (npx muster openapi > server/openapi.json)", async () => {
  expect(await readFile(committed, "utf8")).toBe(await describeApi());
});
