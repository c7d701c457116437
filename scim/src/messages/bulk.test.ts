import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planBulk } from "../bulk/plan-bulk.ts";
import { groupResourceType } from "../schema/group.ts";
import { userResourceType } from "../schema/user.ts";
import { BULK_REQUEST } from "../urns.ts";
import { bulkResponse, parseBulk } from "./bulk.ts";
import { ScimError, scimErrors, errorBody } from "./error.ts";

const limits = { types: [userResourceType, groupResourceType], maxOperations: 3 };
const schemas = [BULK_REQUEST];
const readOne = (operation: unknown) =>
  parseBulk({ schemas, Operations: [operation] }, limits).operations[0];

describe("a bulk request", () => {
  test("is read, whatever the case of its names and of its methods", () => {
    const data = { userName: "ana" };
    const body = {
      SCHEMAS: schemas,
      failonerrors: 1,
      operations: [
        { METHOD: "post", bulkid: "a", Path: "/Users", Data: data },
        { method: "PATCH", path: "Groups/bulkId:g/", version: 'W/"3"', data: {} },
        { method: "DELETE", path: "/Users/7?x=1", data: "of no account" },
      ],
    };
    expect(parseBulk(body, limits)).toEqual({
      failOnErrors: 1,
      operations: [
        { method: "POST", type: userResourceType, bulkId: "a", data },
        { method: "PATCH", type: groupResourceType, id: "bulkId:g", version: 'W/"3"', data: {} },
        { method: "DELETE", type: userResourceType, id: "7" },
      ],
    });
  });

  test("may have the operations of a PATCH bare, as RFC 7644 §3.7.3 shows them", () => {
    const operations = [{ op: "remove", path: "nickName" }];
    const { data } = readOne({ method: "PATCH", path: "/Users/1", data: operations }) as {
      data: unknown;
    };
    expect(data).toEqual({ Operations: operations });
  });

  test.each([
    [undefined, 400],
    [[], 400],
    [{ Operations: [] }, 400],
    [{ schemas: ["urn:x"], Operations: [] }, 400],
    [{ schemas }, 400],
    [{ schemas, Operations: {} }, 400],
    [{ schemas, Operations: [], failOnErrors: 0 }, 400],
    [{ schemas, Operations: [], failOnErrors: "1" }, 400],
    [{ schemas, Operations: [{}, {}, {}, {}] }, 413],
  ])("%j is refused as a whole: %d", (body, status) => {
    expect(() => parseBulk(body, limits)).toThrow(expect.objectContaining({ status }));
  });

  test("too many operations are told how many there may be (RFC 7644 §3.7.4)", () => {
    const body = { schemas, Operations: [{}, {}, {}, {}] };
    expect(() => parseBulk(body, limits)).toThrow("3 operations at most (maxOperations)");
  });

  test.each([
    [null, 400],
    [{}, 400],
    [{ method: "GET", path: "/Users/1" }, 400],
    [{ method: "POST", path: "/Users", data: {} }, 400],
    [{ method: "POST", path: "/Users", bulkId: 5, data: {} }, 400],
    [{ method: "POST", path: "/Users", bulkId: "a" }, 400],
    [{ method: "POST", path: "/Users/1", bulkId: "a", data: {} }, 405],
    [{ method: "PUT", path: "/Users", data: {} }, 405],
    [{ method: "PUT", path: "/Users/1", data: [] }, 400],
    [{ method: "PATCH", path: "/Users/1", data: {}, version: 1 }, 400],
    [{ method: "DELETE", path: "/Bulk/1" }, 404],
    [{ method: "DELETE", path: "/Users/1/2" }, 404],
    [{ method: "DELETE" }, 404],
    [
      {
        method: "POST",
        path: "/Users",
        bulkId: "a",
        data: JSON.parse(`${'{"a":'.repeat(99)}1${"}".repeat(99)}`),
      },
      400,
    ],
  ])("the operation %j alone is refused: %d", (operation, status) => {
    expect(readOne(operation)).toMatchObject({ refused: { status } });
  });

  test("a bulkId taken before refuses the second, and is shown with it", () => {
    const post = { method: "POST", path: "/Users", bulkId: "a", data: {} };
    const [first, second] = parseBulk({ schemas, Operations: [post, post] }, limits).operations;
    expect(first).not.toHaveProperty("refused");
    expect(second).toMatchObject({ refused: { status: 400 }, method: "POST", bulkId: "a" });
  });

  test("whatever comes in is read and planned, or refused by a ScimError", () => {
    const operation = fc.record(
      {
        method: fc.oneof(fc.constantFrom("POST", "PUT", "PATCH", "DELETE"), fc.jsonValue()),
        path: fc.oneof(fc.constantFrom("/Users", "/Groups/1", "/Groups/bulkId:a"), fc.jsonValue()),
        bulkId: fc.oneof(fc.constantFrom("a", "b"), fc.jsonValue()),
        version: fc.jsonValue(),
        data: fc.oneof(fc.constant({ members: [{ value: "bulkId:a" }] }), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const body = fc.record({
      schemas: fc.oneof(fc.constant(schemas), fc.jsonValue()),
      failOnErrors: fc.oneof(fc.constant(1), fc.jsonValue()),
      Operations: fc.array(fc.oneof(operation, fc.jsonValue()), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.oneof({ weight: 5, arbitrary: body }, fc.jsonValue()), (sent) => {
        try {
          const request = parseBulk(sent, limits);
          expect(planBulk(request).length).toBeGreaterThanOrEqual(request.operations.length);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

test("an answer says the status as text", () => {
  const response = errorBody(scimErrors.notFound("No such user."));
  expect(
    bulkResponse([
      {
        method: "POST",
        bulkId: "a",
        status: 201,
        location: "https://x.test/Users/1",
        version: 'W/"1"',
      },
      { method: "DELETE", status: 404, location: "https://x.test/Users/2", response },
    ]),
  ).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],
    Operations: [
      {
        method: "POST",
        bulkId: "a",
        status: "201",
        location: "https://x.test/Users/1",
        version: 'W/"1"',
      },
      { method: "DELETE", status: "404", location: "https://x.test/Users/2", response },
    ],
  });
});
