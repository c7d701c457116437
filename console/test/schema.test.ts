import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFreshSchema } from "../generate-schema.ts";

test("the committed types are those of server/openapi.json (node console/generate-schema.ts)", async () => {
  const committed = join(import.meta.dirname, "../src/api/schema.generated.ts");
  expect(await readFile(committed, "utf8")).toBe(await readFreshSchema());
});
