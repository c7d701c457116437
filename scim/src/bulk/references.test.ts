import { describe, expect, test } from "vitest";
import { referencesOf, resolveId, resolveReferences } from "./references.ts";
import { setAside } from "./set-aside.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const upper = (bulkId: string) => bulkId.toUpperCase();

describe("references", () => {
  test.each<[object, object]>([
    [
      { members: [{ value: "bulkId:a" }, { value: "1" }] },
      { members: [{ value: "A" }, { value: "1" }] },
    ],
    [
      { [enterprise]: { manager: { value: "bulkId:a" } } },
      { [enterprise]: { manager: { value: "A" } } },
    ],
    [{ [enterprise]: { manager: "bulkId:a" } }, { [enterprise]: { manager: "A" } }],
    [
      { Operations: [{ op: "add", path: `${enterprise}:manager`, value: "bulkId:a" }] },
      { Operations: [{ op: "add", path: `${enterprise}:manager`, value: "A" }] },
    ],
    [
      {
        Operations: [
          {
            op: "add",
            value: { "manager.value": "bulkId:a", [`${enterprise}:manager`]: "bulkId:b" },
          },
        ],
      },
      {
        Operations: [
          { op: "add", value: { "manager.value": "A", [`${enterprise}:manager`]: "B" } },
        ],
      },
    ],
    [
      { Operations: [{ op: "remove", path: 'members[value eq "bulkId:a"]' }] },
      { Operations: [{ op: "remove", path: 'members[value eq "A"]' }] },
    ],
    [
      { members: [{ value: "bulkId:a", $ref: "https://x.test/Users/bulkId:a" }] },
      { members: [{ value: "A", $ref: "https://x.test/Users/A" }] },
    ],
  ])("%j", (data, expected) => {
    expect(resolveReferences(data as Record<string, unknown>, upper)).toEqual(expected);
    expect(referencesOf(data)).toContain("a");
  });

  test("what refers to nobody stays as it was sent", () => {
    const data = JSON.parse(
      '{"displayName":"bulkId:a","__proto__":{"title":"bulkId:a"},"members":[null,{"value":"xbulkId:a"}],"value":5}',
    );
    expect(JSON.stringify(resolveReferences(data, upper))).toBe(JSON.stringify(data));
    expect(referencesOf(data).size).toBe(0);
  });

  test("an id", () => {
    expect([resolveId("bulkId:a", upper), resolveId("7", upper)]).toEqual(["A", "7"]);
  });
});

test("what refers to others is set aside, to be added by one PATCH", () => {
  const { data, patch } = setAside(
    {
      displayName: "Both",
      members: [{ value: "bulkId:a" }, { value: "bulkId:b" }],
      [enterprise]: { department: "IT", manager: { value: "bulkId:b" } },
    },
    new Set(["b"]),
  );
  expect(data).toEqual({
    displayName: "Both",
    members: [{ value: "bulkId:a" }],
    [enterprise]: { department: "IT" },
  });
  expect(patch).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [
      { op: "add", path: "members", value: [{ value: "bulkId:b" }] },
      { op: "add", path: `${enterprise}:manager`, value: { value: "bulkId:b" } },
    ],
  });
});
