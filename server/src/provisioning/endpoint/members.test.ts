import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

let muster: TestApp;
let entra: Awaited<ReturnType<typeof createTestConnection>>;
let ids: string[];

beforeAll(async () => {
  muster = await createTestApp();
  entra = await createTestConnection(muster, "Entra");
  ids = [];
  for (let at = 0; at < 24; at += 1) ids.push(await entra.createUser(`m${at}@x.test`));
});
afterAll(() => muster.close());

const membersOf = async (groupId: string): Promise<string[]> => {
  const { body } = await entra.send("GET", `/Groups/${groupId}`);
  return (body.members ?? []).map(({ value }: Loose) => value).sort();
};

const change = (groupId: string, op: "add" | "remove", ...members: string[]) =>
  entra.patch(`/Groups/${groupId}`, {
    op,
    path: "members",
    value: members.map((value) => ({ value })),
  });

test("members that many requests add at once are all there, each noted once", async () => {
  const groupId = await entra.createGroup("At once");
  // Every person is added twice, by two requests.
  const answers = await Promise.all(
    [...ids, ...ids].map((id, at) => change(groupId, "add", id, ids[(at + 1) % ids.length]!)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect(await membersOf(groupId)).toEqual(ids.toSorted());
  const { rows } = await muster.organisations.within(muster.administrator.orgId, (tx) =>
    tx.executeSql(
      "select count(*)::int as added from ledger where action = 'membership.added' and after ->> 'groupId' = $1",
      [groupId],
    ),
  );
  expect(rows).toEqual([{ added: ids.length }]);
});

test("who is deleted while they are added is a member of nothing", async () => {
  const groupId = await entra.createGroup("Leavers");
  const leavers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => entra.createUser(`leaver${at}@x.test`)),
  );
  const answers = await Promise.all(
    leavers.flatMap((id) => [
      change(groupId, "add", id),
      entra.send("DELETE", `/Users/${id}`),
      change(groupId, "remove", id),
    ]),
  );
  expect(answers.every(({ status }) => status < 500)).toBe(true);
  expect(await membersOf(groupId)).toEqual([]);
});

test("one request may add and remove the same member; what is left counts, and is noted", async () => {
  const groupId = await entra.createGroup("Back and forth", [ids[0]!]);
  const operation = (op: string, id: string) => ({ op, path: "members", value: [{ value: id }] });
  await entra.patch(
    `/Groups/${groupId}`,
    operation("remove", ids[0]!),
    operation("add", ids[0]!),
    operation("add", ids[1]!),
    operation("remove", ids[1]!),
    operation("add", ids[2]!),
  );
  expect(await membersOf(groupId)).toEqual([ids[0]!, ids[2]!].sort());
  const log = await muster
    .as(muster.administrator)
    .get(`/provisioning-log?outcome=changed&limit=1`);
  expect(JSON.stringify(log.body.items)).toContain("added 1 member");
});

test("groups are members too, and a member that is neither is refused by its id", async () => {
  const inner = await entra.createGroup("Inner");
  const outer = await entra.createGroup("Outer");
  expect(await change(outer, "add", inner, ids[0]!)).toMatchObject({ status: 204 });
  expect(await membersOf(outer)).toEqual([inner, ids[0]!].sort());
  const nobody = "01900000-0000-7000-8000-000000000000";
  const refused = await change(outer, "add", ids[1]!, nobody);
  expect(refused).toMatchObject({ status: 400 });
  expect(refused.body.detail).toContain(nobody);
  expect(await membersOf(outer)).toEqual([inner, ids[0]!].sort());
  await change(outer, "remove", inner);
  expect(await membersOf(outer)).toEqual([ids[0]!]);
});
