import { expect, test } from "vitest";
import { resolveAssignment } from "./assignment.ts";

const directory = {
  users: ["ana", "ben", "cleo", "dan"].map((id) => ({ id, userPrincipalName: id })),
  groups: [
    {
      id: "outer",
      displayName: "Outer",
      members: [{ id: "ana" }, { "@odata.type": "#microsoft.graph.group", id: "inner" }],
    },
    { id: "inner", displayName: "Inner", members: [{ id: "ben" }] },
  ],
  appRoleAssignedTo: [{ principalId: "outer" }, { principalId: "cleo" }],
};

test("assigned are the principals and the direct members of assigned groups; nested groups stay shut (§2.3)", () => {
  const { isAssigned } = resolveAssignment(directory, "assigned");
  const ids = ["ana", "ben", "cleo", "dan", "outer", "inner"];
  expect(ids.filter(isAssigned)).toEqual(["ana", "cleo", "outer"]);
});

test("in mode all everybody is", () => {
  expect(resolveAssignment(directory, "all").isAssigned("dan")).toBe(true);
});

test("a user bears the roles of their own assignment and of their assigned groups", () => {
  expect([...resolveAssignment(directory, "all").principalsOf("ana")]).toEqual(["outer"]);
  expect([...resolveAssignment(directory, "all").principalsOf("ben")]).toEqual([]);
});
