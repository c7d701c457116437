import { describe, expect, test } from "vitest";
import { certain, scoreMatch } from "./score.ts";

const local = {
  id: "l",
  tenantId: "t",
  name: "Ana Ito",
  email: "Ana@Contoso.test",
  employeeNumber: "E-77",
};
const nobody = { userId: "u", name: "Somebody", email: null, aliases: [], employeeNumber: null };

describe("how sure a match is", () => {
  test.each([
    ["nothing but the name is no match", { name: "Ana Ito" }, undefined],
    ["the same address", { email: "ana@contoso.test" }, { score: 70, reasons: ["email"] }],
    [
      "the same address and name",
      { email: "ana@contoso.test", name: "ana ito" },
      { score: 90, reasons: ["email", "name"] },
    ],
    [
      "another address of theirs",
      { aliases: ["ana@contoso.test"] },
      { score: 50, reasons: ["alias"] },
    ],
    [
      "the employee number",
      { employeeNumber: " e-77" },
      { score: 60, reasons: ["employee-number"] },
    ],
    [
      "everything",
      { email: "ana@contoso.test", employeeNumber: "E-77", name: "Ana Ito" },
      { score: 100, reasons: ["email", "employee-number", "name"] },
    ],
  ])("%s", (_what, person, expected) => {
    expect(scoreMatch(local, { ...nobody, ...person })).toEqual(expected);
  });

  test("what is empty on both sides is not the same", () => {
    const empty = { ...local, email: null, employeeNumber: "" };
    expect(scoreMatch(empty, { ...nobody, aliases: [""], name: local.name })).toBeUndefined();
  });

  test("an alias or a number is certain with nothing less than one more reason of weight", () => {
    const alias = scoreMatch(local, { ...nobody, aliases: [local.email], name: local.name });
    expect(alias!.score).toBeLessThan(certain);
    const both = scoreMatch(local, { ...nobody, aliases: [local.email], employeeNumber: "e-77" });
    expect(both!.score).toBeGreaterThanOrEqual(certain);
  });
});
