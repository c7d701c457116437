import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateDirectory } from "../../../entra-emulator/src/index.ts";
import { listAll, type Answered, type Session } from "../support/api-client.ts";
import { countMisdecided, mapGroups, roleIds } from "../support/application.ts";
import { createEntraTenant } from "../support/entra.ts";
import { mirroredSource, readSource } from "../support/mirror.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import {
  enterpriseSchema,
  groupSchema,
  patchOf,
  readMirror,
  requestScim,
  userSchema,
  type ScimConnection,
} from "../support/scim-client.ts";

let product: Product;
let dana: Session;
let connection: ScimConnection;
let roles: Map<string, string>;

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
  connection = await product.connect(dana);
  // So many lose something here that the guard would hold what the races are about.
  const { status } = await dana.patch(`/connections/${connection.id}/safeguard`, { guard: null });
  if (status !== 200) throw new Error(`The guard stays: ${status}`);
  roles = await roleIds(dana);
});

afterAll(async () => {
  await product?.stop();
  endProducts();
});

let made = 0;

const createPeople = async (count: number): Promise<string[]> => {
  const people = Array.from({ length: count }, () => {
    made += 1;
    const userName = `person${made}@contoso.test`;
    return { schemas: [userSchema], userName, externalId: userName, active: true };
  });
  const answers = await Promise.all(
    people.map((body) => requestScim(connection, { path: "/Users", method: "POST", body })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  return answers.map(({ body }) => body.id as string);
};

const createGroup = async (memberIds: readonly string[] = []): Promise<string> => {
  made += 1;
  const { status, body } = await requestScim(connection, {
    path: "/Groups",
    method: "POST",
    body: {
      schemas: [groupSchema],
      displayName: `Group ${made}`,
      members: memberIds.map((value) => ({ value })),
    },
  });
  expect(status).toBe(201);
  return body.id;
};

const membersOf = async (groupId: string): Promise<Set<string>> => {
  const { body } = await requestScim(connection, { path: `/Groups/${groupId}` });
  return new Set((body.members ?? []).map(({ value }: { value: string }) => value));
};

const patch = (path: string, ...operations: readonly object[]) =>
  requestScim(connection, { path, method: "PATCH", body: patchOf(...operations) });

const statuses = (answers: readonly Answered[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

const times = (count: number, status: number): number[] =>
  Array.from({ length: count }, () => status);

describe("PATCHes of one group at once", () => {
  test.for([5, 40])("%i that each add a member: all of them are in", async (count) => {
    const people = await createPeople(count);
    const groupId = await createGroup();

    const answers = await Promise.all(
      people.map((value) =>
        patch(`/Groups/${groupId}`, { op: "Add", path: "members", value: [{ value }] }),
      ),
    );

    expect(statuses(answers)).toEqual(times(count, 204));
    expect(await membersOf(groupId)).toEqual(new Set(people));
  });

  test.for([5, 40])("%i that take one out and bring another: none is lost", async (count) => {
    const leaving = await createPeople(count);
    const coming = await createPeople(count);
    const groupId = await createGroup(leaving);

    const answers = await Promise.all(
      leaving.map((value, index) =>
        patch(
          `/Groups/${groupId}`,
          { op: "Remove", path: "members", value: [{ value }] },
          { op: "Add", path: "members", value: [{ value: coming[index] }] },
        ),
      ),
    );

    expect(statuses(answers)).toEqual(times(count, 204));
    expect(await membersOf(groupId)).toEqual(new Set(coming));
  });

  test("of a mapped group, over people who are in others too: their roles are the rules'", async () => {
    const people = await createPeople(12);
    const first = await createGroup();
    const second = await createGroup();
    await mapGroups(dana, connection.id, [
      { groupId: first, roleId: roles.get("Editor") as string },
      { groupId: second, roleId: roles.get("Viewer") as string },
    ]);
    // In the opposite order, so that locks taken as they come would meet crosswise.
    const orders = [people, people.toReversed()];

    const answers = await Promise.all(
      [first, second].flatMap((groupId, which) =>
        (orders[which] as string[]).flatMap((_, index, order) =>
          (["Add", "Remove"] as const).map((op) =>
            patch(`/Groups/${groupId}`, {
              op,
              path: "members",
              value: [order[index], order[(index + 5) % order.length]].map((value) => ({ value })),
            }),
          ),
        ),
      ),
    );

    expect(statuses(answers)).toEqual(times(48, 204));
    const members = [await membersOf(first), await membersOf(second)] as const;
    const accounts = await accountsByUserName();
    for (const { id, userName } of await readMirror(connection, "Users"))
      if (people.includes(id))
        expect(accounts.get(userName)?.role.name, userName).toBe(
          members[0].has(id) ? "Editor" : members[1].has(id) ? "Viewer" : await defaultRole(),
        );
  });
});

test("one person created ten times at once: one 201, the others 409 uniqueness", async () => {
  const body = { schemas: [userSchema], userName: "Twin@contoso.test", active: true };
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      requestScim(connection, {
        path: "/Users",
        method: "POST",
        body: { ...body, userName: index % 2 === 0 ? body.userName : body.userName.toLowerCase() },
      }),
    ),
  );

  expect(statuses(answers)).toEqual([201, ...times(9, 409)]);
  for (const { body, status } of answers)
    if (status === 409) expect(body).toMatchObject({ scimType: "uniqueness", status: "409" });
  const found = await requestScim(connection, {
    path: `/Users?filter=${encodeURIComponent('userName eq "twin@contoso.test"')}`,
  });
  expect(found.body.totalResults).toBe(1);
  const twins = (await listAll(dana, "/accounts")).filter(({ userName }) =>
    /^twin@/i.test(userName),
  );
  expect(twins).toHaveLength(1);
});

test("ten PATCHes of different attributes of one person at once: all ten are there", async () => {
  const [id] = (await createPeople(1)) as [string];
  const attributes: Record<string, string> = {
    displayName: "Ana Ito",
    nickName: "Ana",
    title: "Buyer",
    preferredLanguage: "pt-PT",
    locale: "pt-PT",
    timezone: "Europe/Lisbon",
    "name.givenName": "Ana",
    "name.familyName": "Ito",
    [`${enterpriseSchema}:department`]: "Purchasing",
    [`${enterpriseSchema}:employeeNumber`]: "E-77",
  };

  const answers = await Promise.all(
    Object.entries(attributes).map(([path, value]) =>
      patch(`/Users/${id}`, { op: "replace", path, value }),
    ),
  );

  expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
  const { body } = await requestScim(connection, { path: `/Users/${id}` });
  const { displayName, nickName, title, preferredLanguage, locale, timezone, name } = body;
  expect({
    displayName,
    nickName,
    title,
    preferredLanguage,
    locale,
    timezone,
    "name.givenName": name.givenName,
    "name.familyName": name.familyName,
    [`${enterpriseSchema}:department`]: body[enterpriseSchema].department,
    [`${enterpriseSchema}:employeeNumber`]: body[enterpriseSchema].employeeNumber,
  }).toEqual(attributes);
  const history = await listAll(dana, `/accounts/${await accountIdOf(body.userName)}/history`);
  expect(history.filter(({ action }) => action === "user.changed")).toHaveLength(10);
});

test("a group's PATCHes race with its members being disabled: both hold", async () => {
  const people = await createPeople(10);
  const groupId = await createGroup();
  await mapGroups(dana, connection.id, [{ groupId, roleId: roles.get("Editor") as string }]);

  const answers = await Promise.all(
    people.flatMap((value) => [
      patch(`/Groups/${groupId}`, { op: "Add", path: "members", value: [{ value }] }),
      patch(`/Users/${value}`, { op: "Replace", path: "active", value: "False" }),
    ]),
  );

  expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
  expect(await membersOf(groupId)).toEqual(new Set(people));
  const accounts = await accountsByUserName();
  for (const { id, userName } of await readMirror(connection, "Users"))
    if (people.includes(id))
      expect(accounts.get(userName)).toMatchObject({
        status: "disabled",
        role: { name: "Editor" },
        origin: "mapping",
      });
});

test("a group's PATCHes race with its members being deleted: nobody deleted is a member", async () => {
  const people = await createPeople(10);
  const groupId = await createGroup(people.slice(0, 5));

  const answers = await Promise.all(
    people.flatMap((value) => [
      requestScim(connection, { path: `/Users/${value}`, method: "DELETE" }),
      patch(`/Groups/${groupId}`, { op: "Add", path: "members", value: [{ value }] }),
    ]),
  );

  // Whoever was deleted first cannot be added: 400 says so. Anything else would be ours.
  expect([204, 400]).toEqual(expect.arrayContaining(statuses(answers)));
  expect(await membersOf(groupId)).toEqual(new Set());
});

test("mapping edits race with a running cycle: the cycle loses nothing, everybody ends by the last edit", async () => {
  const other = await product.connect(dana, "Fabrikam Entra");
  const directory = generateDirectory(120, 3);
  const entra = createEntraTenant(other, directory);
  const failed: number[] = [];
  const over = new AbortController();
  let edits = 0;

  /** Maps the groups that are there by now to another role, over and over. */
  const editMappings = async () => {
    for (; !over.signal.aborted; edits += 1) {
      const role = ["Editor", "Viewer", "Administrator"][edits % 3] as string;
      const { body } = await dana.get(`/connections/${other.id}/group-mappings`);
      const mappings = (body.items as Answered["body"][]).slice(0, 6).map(({ group }) => ({
        groupId: group.id as string,
        roleId: roles.get(role) as string,
      }));
      await mapGroups(dana, other.id, mappings);
    }
  };

  const cycle = entra.sync({
    onExchange: ({ answer }) => {
      if (answer !== undefined && (answer.status >= 500 || [409, 412].includes(answer.status)))
        failed.push(answer.status);
    },
  });
  const editing = editMappings();
  const report = await cycle.finally(() => over.abort());
  await editing;

  expect(edits).toBeGreaterThan(2);
  expect(failed).toEqual([]);
  expect(report).toMatchObject({ outcome: "completed", failures: [] });
  expect(await mirroredSource(other)).toEqual(readSource(directory));
  expect(await countMisdecided(dana, other.id)).toBe(0);
  expect(await entra.sync()).toMatchObject({ writes: 0 });
});

test("afterwards every account is what the rules give for the mirror, in whatever order they came", async () => {
  const { body } = await dana.get("/connections");
  for (const { id, users } of body.items) {
    expect(users).toBeGreaterThan(0);
    expect(await countMisdecided(dana, id)).toBe(0);
  }
});

const accountsByUserName = async (): Promise<Map<string, Answered["body"]>> =>
  new Map((await listAll(dana, "/accounts")).map((account) => [account.userName, account]));

const accountIdOf = async (userName: string): Promise<string> =>
  (await accountsByUserName()).get(userName)?.id;

const defaultRole = async (): Promise<string> =>
  (await dana.get(`/connections/${connection.id}`)).body.defaultRole.name;
