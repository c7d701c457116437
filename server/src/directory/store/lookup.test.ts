import { sql } from "kysely";
import { expect, test } from "vitest";
import { asOrgId, newId } from "#tenancy";
import { byId } from "./slice.ts";
import { selectUsers } from "./users.ts";

const orgId = asOrgId(newId());
const slice = { order: byId, offset: 0, limit: 10 };

const select = (value: string, isNarrow: boolean) => {
  const where = (given: unknown) => sql<boolean>`facets @> ${given}::bigint[]`;
  const lookup = { kind: "facet", value, where };
  return selectUsers({ orgId }, orgId, { where: where(value), isNarrow, lookup }, slice).compile();
};

test("a lookup is one statement whatever its value, and another where many are expected", () => {
  const [many, few, fewOthers] = [select("{1}", false), select("{2}", true), select("{3}", true)];
  expect(few.sql).toBe(fewOthers.sql);
  expect(few.parameters).toContain("{2}");
  expect(fewOthers.parameters).toContain("{3}");
  expect(many.sql).not.toBe(few.sql);
});
