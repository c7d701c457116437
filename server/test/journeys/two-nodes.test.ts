import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateDirectory } from "../../../entra-emulator/src/index.ts";
import { startEmbedded, type EmbeddedServer } from "../../src/database/embedded/index.ts";
import type { Answered, Session } from "../support/api-client.ts";
import { awaitApplication, countMisdecided, mapGroups, roleIds } from "../support/application.ts";
import { createEntraTenant } from "../support/entra.ts";
import { quietLog } from "../support/log.ts";
import { mirroredSource, readSource } from "../support/mirror.ts";
import { administrator, endProducts, startProduct, type Product } from "../support/product.ts";
import {
  groupSchema,
  patchOf,
  requestScim,
  userSchema,
  type ScimConnection,
} from "../support/scim-client.ts";

let folder: string;
let database: EmbeddedServer;
let nodes: readonly [Product, Product];
let dana: Session;
let connection: ScimConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-nodes-"));
  database = await startEmbedded({ dataFolder: folder, purpose: "serve", log: quietLog });
  // At once on an empty database: both migrate it, and both make the administrator.
  nodes = await Promise.all([
    startProduct({ databaseUrl: database.url }),
    startProduct({ databaseUrl: database.url }),
  ]);
  dana = await nodes[0].signIn();
  connection = await nodes[0].connect(dana);
});

afterAll(async () => {
  await Promise.all(nodes?.map((node) => node.stop()) ?? []);
  endProducts();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The same connection through either node. */
const through = (which: 0 | 1): ScimConnection => ({
  ...connection,
  endpoint: connection.endpoint.replace(nodes[0].url, nodes[which].url),
});

describe("two nodes on one PostgreSQL", () => {
  test("have one organisation with one administrator", async () => {
    const sessions = await Promise.all(nodes.map((node) => node.signIn()));
    const answers = await Promise.all(sessions.map((session) => session.get("/me")));
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    const { body } = await dana.get(`/accounts?search=${administrator.email}`);
    expect(body.total).toBe(1);
  });

  test("share sessions: signed out at one, signed out at both", async () => {
    const here = await nodes[0].signIn();
    const there = here.at(nodes[1].url);
    expect((await there.get("/me")).status).toBe(200);
    expect((await here.post("/sign-out")).status).toBe(204);
    expect((await there.get("/me")).status).toBe(401);
  });

  test("take PATCHes of one group at once, and lose none", async () => {
    const ids = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const { body } = await requestScim(through(index % 2 === 0 ? 0 : 1), {
          path: "/Users",
          method: "POST",
          body: { schemas: [userSchema], userName: `person${index}@contoso.test`, active: true },
        });
        return body.id as string;
      }),
    );
    const group = await requestScim(through(1), {
      path: "/Groups",
      method: "POST",
      body: { schemas: [groupSchema], displayName: "Everybody" },
    });
    const path = `/Groups/${group.body.id}`;

    const answers = await Promise.all(
      ids.map((value, index) =>
        requestScim(through(index % 2 === 0 ? 1 : 0), {
          path,
          method: "PATCH",
          body: patchOf({ op: "add", path: "members", value: [{ value }] }),
        }),
      ),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    const { body } = await requestScim(through(0), { path });
    expect(new Set(body.members.map(({ value }: { value: string }) => value))).toEqual(
      new Set(ids),
    );
  });

  test("one takes a cycle while the rules are edited at the other, and the next cycle is the other's", async () => {
    const pushed = await nodes[1].connect(dana.at(nodes[1].url), "Fabrikam Entra");
    const directory = generateDirectory(100, 5);
    const entra = createEntraTenant(pushed, directory);
    const first = await entra.sync();
    expect(first).toMatchObject({ failures: [] });
    const roles = await roleIds(dana);
    const { body } = await dana.get(`/connections/${pushed.id}/group-mappings`);
    const groupIds = (body.items as Answered["body"][]).map(({ group }) => group.id as string);
    entra.change((source) => ({
      ...source,
      groups: source.groups.map((group) => ({ ...group, members: group.members.slice(1) })),
    }));

    const cycle = entra.sync();
    for (const name of ["Editor", "Viewer", "Editor"])
      await mapGroups(
        dana,
        pushed.id,
        groupIds.map((groupId) => ({ groupId, roleId: roles.get(name) as string })),
      );

    expect(await cycle).toMatchObject({ kind: "incremental", failures: [] });
    expect(await mirroredSource(pushed)).toEqual(readSource(entra.directory()));
    expect(await countMisdecided(dana, pushed.id)).toBe(0);
    expect(
      await entra.sync({
        connection: {
          url: pushed.endpoint.replace(nodes[1].url, nodes[0].url),
          token: pushed.token,
        },
      }),
    ).toMatchObject({ kind: "incremental", writes: 0 });
  });

  test("when one is killed, the other goes on, with the work of the first too", async () => {
    const other = dana.at(nodes[1].url);
    const roles = await roleIds(dana);
    const { body } = await dana.get(`/connections/${connection.id}/group-mappings`);
    const saved = await dana.put(`/connections/${connection.id}/group-mappings`, {
      mappings: [{ groupId: body.items[0].group.id, roleId: roles.get("Editor") }],
    });
    await nodes[0].kill();

    expect(await awaitApplication(other, saved.body.application.id)).toMatchObject({
      state: "done",
      total: 40,
      done: 40,
    });
    expect((await requestScim(through(1), { path: "/Users" })).body.totalResults).toBe(40);
    await nodes[0].restart();
    expect((await dana.get("/me")).status).toBe(200);
  });
});

test("a second Muster on one data folder says so and stops, and the first goes on", async () => {
  const first = await startProduct();
  const began = Date.now();

  const second = await first.run("start");

  expect(second).toMatchObject({ code: 1, output: "" });
  expect(second.complaint).toBe(
    `Muster cannot start. Muster is already running on this data folder (process ${first.server().id}). ` +
      "Stop it, or set MUSTER_DATA to another folder.\n",
  );
  expect(Date.now() - began).toBeLessThan(20_000);
  expect((await (await first.signIn()).get("/me")).status).toBe(200);
  await first.stop();
});
