import { describe, expect, test } from "vitest";
import type { Rehire } from "../api/contract.ts";
import { describeFormer } from "./describe-rehire.ts";

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

describe("who left is described", () => {
  test("with their number, the day and what they held", () => {
    expect(describeFormer(rehire({ held: 3 }))).toMatch(
      /^employee E-77, left on .*2026.* holding 3 items$/,
    );
    expect(describeFormer(rehire({ held: 1 }))).toMatch(/ holding 1 item$/);
    expect(describeFormer(rehire({}))).toMatch(/ holding nothing$/);
  });

  test("without the items once they went over, and without a day where there is none", () => {
    expect(describeFormer(rehire({ held: 0 }, "same"))).not.toContain("holding");
    expect(describeFormer(rehire({ leftAt: null }))).toContain("left holding nothing");
  });
});
