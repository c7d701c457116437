import { expect, test } from "vitest";
import { reachable } from "./destinations.ts";

const cases = [
  {
    who: "a viewer",
    permissions: ["assets:view", "custody:view", "accounts:view"],
    sees: ["Overview", "Assets", "Sub Accounts", "Recoveries"],
  },
  { who: "a role manager", permissions: ["roles:view"], sees: ["Settings"] },
  { who: "a loanee", permissions: [], sees: ["My items"] },
];

test.for(cases)("$who is led to $sees", ({ permissions, sees }) => {
  expect(reachable(permissions).map(({ label }) => label)).toEqual(sees);
});
