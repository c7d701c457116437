import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groupResourceType, userResourceType, type ResourceType } from "@muster/scim";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createState,
  generateDirectory,
  loadMappingTable,
  presets,
  runCycle,
} from "../../../../entra-emulator/src/index.ts";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";
import { mappingTable } from "./mapping-table.ts";

const kinds = { user: userResourceType, group: groupResourceType };

describe("the table", () => {
  test("covers every row of Entra's default mapping", () => {
    const { users, groups } = mappingTable(kinds);
    const targets = (rows: readonly { target: string }[]) =>
      rows.map(({ target }) => target).toSorted();
    expect(targets(users)).toEqual(targets(presets.mail.users.attributes));
    expect(targets(groups)).toEqual(targets(presets.mail.groups.attributes));
  });

  test("says of each row what the schema says", () => {
    const { users } = mappingTable(kinds);
    const row = (target: string) => users.find((one) => one.target === target);
    expect(row("userName")).toMatchObject({
      level: "required",
      precedence: 1,
      targetType: "String",
    });
    expect(row("active")).toMatchObject({ targetType: "Boolean" });
    const manager = users.find(({ target }) => target.endsWith(":manager"));
    expect(manager).toMatchObject({ targetType: "Reference" });
  });

  test("has the connection's own attributes, from a source that its administrator chooses", () => {
    const badge = { ...userResourceType.schema.attributes[0]!, name: "badge", required: false };
    const id = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";
    const own: ResourceType = {
      ...userResourceType,
      extensions: [
        ...userResourceType.extensions,
        { schema: { id, name: "Contoso", description: "", attributes: [badge] }, required: false },
      ],
    };
    expect(mappingTable({ ...kinds, user: own }).users.at(-1)).toMatchObject({
      target: `${id}:badge`,
      source: null,
      level: "optional",
    });
  });
});

describe("the schema to import", () => {
  let product: TestApp;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    product = await createTestApp();
    url = await product.app.listen({ port: 0, host: "127.0.0.1" });
    folder = await mkdtemp(join(tmpdir(), "muster-mapping-"));
  });
  afterAll(async () => {
    await product.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("is what an Entra tenant provisions by, and then nothing is left to warn of", async () => {
    const { connectionId, token, send } = await createTestConnection(product);
    const admin = product.as(product.administrator);
    const { status, headers, body } = await admin.get(
      `/connections/${connectionId}/attribute-mapping/schema`,
    );
    expect(status).toBe(200);
    expect(headers["content-disposition"]).toContain("muster-mapping.json");
    const file = join(folder, "muster-mapping.json");
    await writeFile(file, JSON.stringify(body));

    const connection = { url: `${url}/scim/v2/${connectionId}`, token };
    const directory = generateDirectory(30);
    const options = {
      connection,
      directory,
      state: createState(),
      mapping: await loadMappingTable(file),
    };
    const first = await runCycle(options);
    expect(first.failures).toEqual([]);
    const second = await runCycle(options);
    expect(second.writes).toBe(0);

    const { body: people } = await send("GET", "/Users?count=100");
    expect(people.totalResults).toBeGreaterThan(20);
    const [ana] = people.Resources;
    expect(ana).toMatchObject({
      active: true,
      externalId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    const states = async () => {
      const { body: arrived } = await admin.get(`/connections/${connectionId}/arrivals`);
      return Object.fromEntries(arrived.checks.map((one: Loose) => [one.id, one.state]));
    };
    await expect.poll(states, { timeout: 15_000 }).toMatchObject({
      people: "done",
      active: "done",
      "external-id": "done",
      mail: "done",
      resent: "done",
      refusals: "done",
    });
  });

  test("and the table are shown to those who may see the connection", async () => {
    const { connectionId } = await createTestConnection(product, "Seen");
    const path = `/connections/${connectionId}/attribute-mapping`;
    const { body } = await product.as(product.administrator).get(path);
    expect(body.users[1]).toMatchObject({
      source: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      target: "active",
      level: "required",
    });
    const stranger = await product.createOrganisation("Fabrikam");
    for (const one of [path, `${path}/schema`]) {
      expect((await product.as(null).get(one)).status).toBe(401);
      expect((await product.as(stranger).get(one)).status).toBe(404);
    }
  });
});
