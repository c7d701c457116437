import { describe, expect, test } from "vitest";
import { createTestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";
import { readTyped } from "./filter.ts";

describe("what is typed for a value", () => {
  test.each([
    ["integer", " 7 ", 7],
    ["integer", "-7", -7],
    ["integer", "third", "third"],
    ["integer", "", ""],
    ["integer", "0x10", "0x10"],
    ["decimal", "1.50", 1.5],
    ["decimal", "1e3", 1000],
    ["decimal", "Infinity", "Infinity"],
    ["boolean", "Yes", true],
    ["boolean", "FALSE", false],
    ["boolean", "perhaps", "perhaps"],
    ["string", "7", "7"],
    ["dateTime", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  ] as const)("as %s %j is %j", (type, text, read) => {
    expect(readTyped(type, text)).toBe(read);
  });
});

const urn = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";

test("Sub Accounts are filtered by the custom attributes that whoever asks may see", async () => {
  const muster = await createTestApp({ startJobs: true });
  const admin = muster.as(muster.administrator);
  const entra = await createTestConnection(muster, "Entra");
  const okta = await createTestConnection(muster, "Okta");
  const define = async ({ connectionId }: { connectionId: string }, definition: object) => {
    const { body } = await admin.post(`/connections/${connectionId}/attributes`, {
      urn,
      ...definition,
    });
    return body.items.at(-1).id as string;
  };
  try {
    // Before it is defined, as text.
    await entra.createUser("early@x.test", { [urn]: { floor: "7" } });
    const floor = await define(entra, { name: "floor", type: "integer", shownAs: "Storey" });
    const skills = await define(entra, { name: "skills", type: "string", multiValued: true });
    const remote = await define(entra, { name: "remote", type: "boolean" });
    const since = await define(entra, { name: "since", type: "dateTime" });
    const badge = await define(entra, { name: "badge", type: "string", caseExact: true });
    const others = await define(okta, { name: "floor", type: "integer" });
    const at = { since: "2026-01-01T01:00:00+01:00", badge: "B-1" };
    const ana = await entra.createUser("ana@x.test", {
      [urn]: { floor: 7, skills: ["Welding", "First aid"], remote: true, ...at },
    });
    await entra.createUser("bo@x.test", { [urn]: { floor: 8, skills: ["welding"] } });
    await okta.createUser("otto@x.test", { [urn]: { floor: 7 } });

    const listed = async (attributeId: string, attributeValue: string, more = "", by = admin) => {
      const asked = new URLSearchParams({ attributeId, attributeValue });
      const { status, body } = await by.get(`/accounts?${asked.toString()}${more}`);
      expect(status, JSON.stringify(body)).toBe(200);
      const names = body.items.map(({ name }: Loose) => name);
      expect(body.total).toBe(names.length);
      return names;
    };
    await expect.poll(() => listed(floor, "7")).toEqual(["ana", "early"]);
    expect(await listed(floor, "8")).toEqual(["bo"]);
    expect(await listed(floor, "7", "&search=ear")).toEqual(["early"]);
    expect(await listed(floor, "7", "&sort=-name")).toEqual(["early", "ana"]);
    expect(await listed(others, "7")).toEqual(["otto"]);
    expect(await listed(skills, "WELDING")).toEqual(["ana", "bo"]);
    expect(await listed(skills, "first aid")).toEqual(["ana"]);
    expect(await listed(remote, "yes")).toEqual(["ana"]);
    expect(await listed(since, "2026-01-01T00:00:00Z")).toEqual(["ana"]);
    expect(await listed(badge, "B-1")).toEqual(["ana"]);
    expect(await listed(badge, "b-1")).toEqual([]);
    expect(await listed(floor, "nobody's ' or 1=1 \\ %")).toEqual([]);

    // A leaver is found by what they had last.
    await entra.send("DELETE", `/Users/${ana}`);
    expect(await listed(floor, "7", "&status=disabled")).toEqual(["ana"]);

    const { items } = (await admin.get("/accounts/attributes")).body;
    expect(items).toHaveLength(6);
    expect(items).toContainEqual({
      id: floor,
      label: "Storey",
      type: "integer",
      connection: { id: entra.connectionId, name: "Entra" },
    });
    expect(items).toContainEqual(expect.objectContaining({ id: badge, label: "badge" }));

    for (const query of [
      `attributeId=${floor}`,
      "attributeValue=7",
      `attributeId=${entra.connectionId}&attributeValue=7`,
      "attributeId=x&attributeValue=7",
      `attributeId=${floor}&attributeValue=${"x".repeat(501)}`,
    ])
      expect((await admin.get(`/accounts?${query}`)).status, query).toBe(400);

    const viewer = muster.as(await muster.createPersonWhoMay(["accounts:view"]));
    expect(await listed(floor, "8", "", viewer)).toEqual(["bo"]);
    const nobody = muster.as(await muster.createPersonWhoMay(["assets:view"]));
    expect((await nobody.get("/accounts/attributes")).status).toBe(403);
    const stranger = muster.as(await muster.createOrganisation("Fabrikam"));
    expect((await stranger.get("/accounts/attributes")).body.items).toEqual([]);
    const asked = `/accounts?attributeId=${floor}&attributeValue=8`;
    expect((await stranger.get(asked)).status).toBe(400);

    // Two definitions of one name: each of its connection.
    await admin.delete(`/connections/${okta.connectionId}/attributes/${others}`);
    expect((await admin.get(`/accounts?attributeId=${others}&attributeValue=7`)).status).toBe(400);
  } finally {
    await muster.close();
  }
});
