import { describe, expect, test } from "vitest";
import type { Collision, Rehire } from "../api/contract.ts";
import { pairOfCollision, pairOfRehire } from "./pair.ts";

const rehire = (
  former: Partial<Rehire["former"]>,
  state: Rehire["state"] = "suggested",
): Rehire => ({
  id: "1",
  employeeNumber: "E-77",
  state,
  former: {
    name: "Ana Ito",
    email: null,
    accountId: null,
    leftAt: "2026-05-04T10:00:00Z",
    held: 0,
    ...former,
  },
  returned: { name: "Ana Ito", email: null, accountId: null, since: "2026-06-04T10:00:00Z" },
  suggestedAt: "2026-06-04T10:00:00Z",
  decidedAt: null,
  decidedBy: null,
});

describe("who left", () => {
  test("is told by the day and what they held", () => {
    const { former, reasons, weight } = pairOfRehire(rehire({ held: 3 }));
    expect(former.detail).toMatch(/^left on .*2026.* · holds 3 items$/);
    expect([reasons, weight]).toEqual(["Same employee number", "E-77"]);
    expect(pairOfRehire(rehire({ held: 1 })).former.detail).toMatch(/ · holds 1 item$/);
    expect(pairOfRehire(rehire({})).former.detail).toMatch(/ · holds nothing$/);
  });

  test("is told without the items once they went over, and without a day where there is none", () => {
    expect(pairOfRehire(rehire({}, "same")).former.detail).not.toContain("holds");
    expect(pairOfRehire(rehire({ leftAt: null })).former.detail).toBe("left · holds nothing");
  });
});

const collision: Collision = {
  id: "1",
  state: "same",
  score: 90,
  reasons: ["email", "name"],
  local: { name: "Ana", email: "ana@contoso.test", accountId: "2", held: 2 },
  person: { name: "Ana Ito", email: null, accountId: null },
  decidedAt: "2026-06-04T10:00:00Z",
  decidedBy: "Dana Reyes",
};

test("who was made by hand is told with the reasons, and who decided", () => {
  expect(pairOfCollision(collision)).toMatchObject({
    former: { detail: "made by hand · ana@contoso.test · holds 2 items" },
    current: { detail: "" },
    reasons: "Same e-mail address, name",
    weight: "90 of 100",
    decided: { at: "2026-06-04T10:00:00Z", by: "Dana Reyes" },
  });
});
