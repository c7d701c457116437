import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection } from "../../../test/support/scim.ts";

let muster: TestApp;
let connectionId: string;
const people = 120;

beforeAll(async () => {
  muster = await createTestApp();
  const entra = await createTestConnection(muster, "=Entra");
  ({ connectionId } = entra);
  for (let index = 0; index < people; index += 1)
    await entra.createUser(`p${index}@contoso.test`, {
      displayName: index === 7 ? "=HYPERLINK(1)" : `Person ${index}`,
    });
  await entra.send("GET", "/Users?count=1");
});
afterAll(() => muster.close());

const exported = async (query: string, person = muster.administrator) => {
  const { cookie } = person;
  const url = `/api/v1/provisioning-log/export?${query}`;
  return muster.app.inject({ url, headers: { cookie } });
};

test("as JSON lines: all that the filters leave, newest first, with the bodies, in as many pages as it takes", async () => {
  const { statusCode, headers, body } = await exported(
    `outcome=created&connectionId=${connectionId}`,
  );
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toContain("application/x-ndjson");
  expect(headers["content-disposition"]).toMatch(
    /^attachment; filename="provisioning-log-\d{4}-\d\d-\d\d\.ndjson"$/,
  );
  const entries = body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries).toHaveLength(people);
  const ids: string[] = entries.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((one, other) => (one < other ? 1 : -1)));
  expect(entries[0]).toMatchObject({
    connectionName: "=Entra",
    method: "POST",
    outcome: "created",
    status: 201,
    request: expect.stringContaining(`p${people - 1}@contoso.test`),
    response: expect.stringContaining("urn:ietf"),
  });
});

test("as CSV: a head, a line each, no cell that a spreadsheet would run", async () => {
  const { headers, body } = await exported("format=csv&outcome=created&search=HYPERLINK");
  expect(headers["content-type"]).toContain("text/csv");
  const [head, line, ...rest] = body.trimEnd().split("\r\n");
  expect(head).toContain('"id","at","connection","method"');
  expect(line).toContain(`"'=Entra"`);
  expect(line).not.toContain('"=');
  expect(rest).toEqual([]);
});

test("by a person, and nothing of another organisation", async () => {
  const { body } = await muster.as(muster.administrator).get("/accounts?search=Person 3&limit=1");
  const mine = await exported(`personId=${body.items[0].id}`);
  expect(mine.body.trimEnd().split("\n")).toHaveLength(1);
  const stranger = await muster.createOrganisation("Fabrikam");
  expect((await exported("", stranger)).body).toBe("");
});
