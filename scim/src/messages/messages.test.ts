import { describe, expect, test } from "vitest";
import { userResourceType } from "../schema/user.ts";
import { ENTERPRISE_USER_SCHEMA } from "../urns.ts";
import { errorBody, ScimError, scimErrors } from "./error.ts";
import { parseListQuery } from "./list-query.ts";
import { listResponse } from "./list-response.ts";

test("an error is flat and its status is text (R44)", () => {
  expect(errorBody(scimErrors.uniqueness("userName ana is taken."))).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: "409",
    scimType: "uniqueness",
    detail: "userName ana is taken.",
  });
  expect(errorBody(scimErrors.notFound("No such user."))).not.toHaveProperty("scimType");
  expect(scimErrors.invalidVersion("x")).toBeInstanceOf(ScimError);
  expect(scimErrors.invalidVersion("x").scimType).toBe("invalidVers");
});

test("a list of nothing has all five members (entra-wire §1.1)", () => {
  expect(JSON.stringify(listResponse([]))).toBe(
    '{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}',
  );
  expect(listResponse([1], { nextCursor: "c" })).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    itemsPerPage: 1,
    nextCursor: "c",
    Resources: [1],
  });
});

describe("list parameters", () => {
  const plain = { sortOrder: "ascending", startIndex: 1 };
  test.each([
    [{}, plain],
    [{ aadOptscim062020: "" }, plain],
    [
      { startIndex: "0", count: "-5" },
      { ...plain, count: 0 },
    ],
    [
      { startIndex: "11", count: "5" },
      { ...plain, startIndex: 11, count: 5 },
    ],
    [
      { startIndex: 11, count: 0 },
      { ...plain, startIndex: 11, count: 0 },
    ],
    [{ count: "" }, plain],
    [{ filter: 'userName eq "a"' }, { ...plain, filter: 'userName eq "a"' }],
    [{ filter: " " }, plain],
    [
      { attributes: "id, userName,,", excludedAttributes: ["members", "groups"] },
      { ...plain, attributes: ["id", "userName"], excludedAttributes: ["members", "groups"] },
    ],
    [
      { cursor: "", count: "5" },
      { ...plain, cursor: "", count: 5 },
    ],
    [{ cursor: "abc" }, { ...plain, cursor: "abc" }],
    [{ sortOrder: "Descending" }, { ...plain, sortOrder: "descending" }],
  ])("%j", (query, expected) => {
    expect(parseListQuery(query, userResourceType)).toEqual(expected);
  });

  test.each(["emails", "roles", "groups", `${ENTERPRISE_USER_SCHEMA}:manager`])(
    "sortBy %s goes by its value",
    (sortBy) => {
      expect(parseListQuery({ sortBy }, userResourceType).sortBy?.attribute.type).toBe("complex");
    },
  );

  test("sortBy is resolved", () => {
    const { sortBy } = parseListQuery({ sortBy: "NAME.familyname" }, userResourceType);
    expect([sortBy?.attribute.name, sortBy?.subAttribute?.name]).toEqual(["name", "familyName"]);
  });

  test.each([
    [{ startIndex: "one" }, "invalidValue"],
    [{ count: "1.5" }, "invalidValue"],
    [{ count: {} }, "invalidValue"],
    [{ filter: ["a", "b"] }, "invalidValue"],
    [{ attributes: 5 }, "invalidValue"],
    [{ sortOrder: "up" }, "invalidValue"],
    [{ cursor: "", count: "-1" }, "invalidCount"],
    [{ cursor: "", count: "x" }, "invalidCount"],
    [{ sortBy: "nonsense" }, "invalidPath"],
    [{ sortBy: "password" }, "invalidPath"],
    [{ sortBy: "name" }, "invalidPath"],
    [{ sortBy: "addresses" }, "invalidPath"],
    [{ sortBy: "meta" }, "invalidPath"],
  ])("%j is refused", (query, scimType) => {
    expect(() => parseListQuery(query, userResourceType)).toThrow(
      expect.objectContaining({ status: 400, scimType }),
    );
  });
});
