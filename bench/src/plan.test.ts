import { expect, test } from "vitest";
import { limitPlan, plans } from "./plan.ts";

test("a limited plan keeps its steps and grows nothing beyond the limit", () => {
  const limited = limitPlan(plans.full, 6000);
  expect(limited.map((step) => step.do)).toEqual(plans.full.map((step) => step.do));
  for (const step of limited) {
    if (step.do === "fill") expect(step.to).toBeLessThanOrEqual(6000);
    if (step.do === "grow group") expect(step.members).toBeLessThanOrEqual(4000);
  }
});
