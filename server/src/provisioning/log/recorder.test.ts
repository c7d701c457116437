import { newId } from "#tenancy";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";
import { weighNote } from "./recorder.ts";

let muster: TestApp;
let owner: Client;
beforeAll(async () => {
  muster = await createTestApp();
  owner = new Client(muster.database.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await muster.close();
});

const pathsOf = async (person: Person): Promise<string[]> => {
  const { body } = await muster.as(person).get("/provisioning-log");
  return (body.items as Loose[]).map(({ path }) => path);
};

test("what cannot be written of one organisation keeps nothing of another from being written", async () => {
  const fabrikam = await muster.createOrganisation("Fabrikam");
  const first = await createTestConnection(muster);
  const second = await createTestConnection(muster, "Entra", fabrikam);
  const { orgId } = muster.administrator;
  await owner.query(
    `alter table provisioning_log add constraint no_room check (org_id <> '${orgId}') not valid`,
  );
  // Soon enough behind each other to be written together.
  await Promise.all([first.send("GET", "/Users"), first.send("GET", "/Users")]);
  await second.send("GET", "/Users");
  await expect.poll(() => pathsOf(fabrikam)).toEqual(["/Users"]);
  expect(await pathsOf(muster.administrator)).toEqual([]);
});

test("a note weighs what is kept of a request: long addresses too", () => {
  const entry = {
    id: newId(),
    connectionId: newId(),
    at: new Date(),
    method: "GET",
    path: "p".repeat(2000),
    status: 400,
    outcome: "refused" as const,
    resourceType: null,
    resourceId: null,
    resourceName: null,
    summary: "s".repeat(1500),
    ignored: ["i".repeat(300), "i".repeat(400)],
    durationMs: 1,
    request: "r".repeat(65_536),
    response: "a".repeat(700),
  };
  const kept = 2000 + 1500 + 700 + 65_536 + 700;
  expect(weighNote({ entry })).toBeGreaterThan(kept);
  expect(weighNote({})).toBeGreaterThan(0);
});
