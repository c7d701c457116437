import { expect, test } from "vitest";
import { isGoodPassword } from "./password-rules.ts";

const cases = [
  { password: "elevenchars", isGood: false },
  { password: "twelve chars", isGood: true },
  { password: "Dana@contoso.example", isGood: false },
  { password: "🦊🦊🦊🦊🦊🦊", isGood: false },
];

test.for(cases)("“$password” is good: $isGood", ({ password, isGood }) => {
  expect(isGoodPassword(password, "dana@contoso.example")).toBe(isGood);
});
