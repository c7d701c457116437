import { expect, test } from "vitest";
import { generateDirectory } from "./generate.ts";
import { DirectoryFileError, loadDirectory, parseDirectory } from "./load.ts";
import type { Directory } from "./model.ts";
import { retellStory, tellChapter } from "./story.ts";

test("the sample organisation has its awkward people", async () => {
  const { users, groups } = await loadDirectory();
  const named = (name: string): typeof users => users.filter((user) => user.displayName === name);
  expect([users.length, groups.length]).toEqual([61, 9]);
  expect(groups.find((group) => group.displayName === "All Employees")?.members).toHaveLength(30);
  expect(users.filter((user) => (user.mail ?? "") === "").length).toBeGreaterThan(0);
  expect(users.filter((user) => user.userType === "Guest").length).toBeGreaterThan(0);
  expect(users.filter((user) => user.accountEnabled === false).length).toBeGreaterThan(0);
  expect(named("Maria Silva")).toHaveLength(2);
  expect(named("Sukarno")[0]?.surname).toBeNull();
  const [one, other] = [named("Beatriz Conceição")[0], named("Rhys Price")[0]];
  expect([one?.manager?.id, other?.manager?.id]).toEqual([other?.id, one?.id]);
});

test("every reference of the sample and of a generated organisation has somebody behind it", async () => {
  for (const directory of [await loadDirectory(), generateDirectory(250, 5)]) {
    const ids = new Set(directory.users.map((user) => user.id));
    const references = [
      ...directory.users.flatMap((user) => user.manager?.id ?? []),
      ...directory.groups.flatMap((group) => group.members.map((member) => member.id)),
    ];
    expect(references.filter((id) => !ids.has(id))).toEqual([]);
    const mails = directory.users.flatMap((user) => user.mail ?? []);
    expect(new Set(mails.map((mail) => mail.toLowerCase())).size).toBe(mails.length);
  }
});

test("one seed gives one organisation, its managers a tree", () => {
  const directory = generateDirectory(300, 9);
  expect(generateDirectory(300, 9)).toEqual(directory);
  expect(generateDirectory(300, 10)).not.toEqual(directory);
  const managerOf = new Map(directory.users.map((user) => [user.id, user.manager?.id]));
  for (
    let id = directory.users.at(-1)?.id, steps = 0;
    id !== undefined;
    id = managerOf.get(id), steps += 1
  ) {
    expect(steps).toBeLessThan(10);
  }
});

test("the shapes of a Graph export are read: wrappers, bind addresses, deltas, tombstones, one mixed list", () => {
  const user = { id: "u1", userPrincipalName: "u1@x" };
  const wrapped = parseDirectory({
    users: {
      "@odata.context": "…",
      value: [
        { ...user, "manager@odata.bind": "https://graph.microsoft.com/v1.0/users/u2" },
        { id: "u2", userPrincipalName: "u2@x" },
      ],
    },
    groups: {
      value: [
        {
          id: "g1",
          displayName: "G",
          "members@delta": [
            { "@odata.type": "#microsoft.graph.user", id: "u1" },
            { id: "u2", "@removed": { reason: "deleted" } },
          ],
        },
      ],
    },
  });
  expect(wrapped.users[0]?.manager).toEqual({ id: "u2" });
  expect(wrapped.groups[0]?.members).toEqual([
    { "@odata.type": "#microsoft.graph.user", id: "u1" },
  ]);
  const mixed = parseDirectory({
    value: [
      user,
      {
        "@odata.type": "#microsoft.graph.group",
        id: "g1",
        displayName: "G",
        members: [{ id: "u1" }],
      },
      { "@odata.type": "#microsoft.graph.user", id: "gone", "@removed": { reason: "changed" } },
    ],
  });
  expect([mixed.users.length, mixed.groups.length]).toEqual([2, 1]);
});

test.each([
  [{ users: "none" }, "users is neither"],
  [{ users: [{ id: "u" }] }, "users[0] has no userPrincipalName"],
  [{ users: [{ userPrincipalName: "u@x" }] }, "users[0] has no id"],
  [{ groups: [{ id: "g", displayName: "G", members: [{}] }] }, "groups[0].members has no id"],
  [
    {
      users: [
        { id: "u", userPrincipalName: "a" },
        { id: "u", userPrincipalName: "b" },
      ],
    },
    "occurs twice",
  ],
  [7, "A directory is an object"],
])("%j is refused with the place", (json, message) => {
  expect(() => parseDirectory(json)).toThrow(DirectoryFileError);
  expect(() => parseDirectory(json)).toThrow(message);
});

test("the story is the same for one seed, everything it tells has happened, and it can be retold", async () => {
  const start = await loadDirectory();
  let directory: Directory = start;
  const kinds = new Set<string>();
  for (let chapter = 0; chapter < 8; chapter += 1) {
    const before = directory;
    const told = tellChapter(before, 3, chapter);
    expect(tellChapter(before, 3, chapter)).toEqual(told);
    directory = told.directory;
    for (const { kind, userId, sentence } of told.events) {
      kinds.add(kind);
      const user = directory.users.find((one) => one.id === userId);
      const old = before.users.find((one) => one.id === userId);
      expect(sentence).toContain(user?.displayName);
      if (kind === "joined") expect(old).toBeUndefined();
      if (kind === "moved") expect(user?.department).not.toBe(old?.department);
      if (kind === "left") expect(user?.accountEnabled).toBe(false);
      if (kind === "returned")
        expect([old?.accountEnabled, user?.accountEnabled]).toEqual([false, true]);
    }
  }
  expect([...kinds].toSorted()).toEqual(["joined", "left", "moved", "returned"]);
  expect(retellStory(start, 3, 8)).toEqual(directory);
});
