import { createFor, draftGroup, draftUser, idOf, makeNonce } from "./check.ts";
import type { Check } from "./check.ts";
import { expectEqual, expectStatus } from "./conversation.ts";
import { addMembers, listMembers } from "./group-checks.ts";
import { read } from "./user-checks.ts";

/** The seven preview tests of scimvalidator.microsoft.com (§5.1). */
export const previewChecks: readonly Check[] = [
  {
    id: "P1",
    suite: "previews",
    title: "Several operations on different attributes of a user",
    run: async (conversation, cleanUp) => {
      const path = await createFor(
        conversation,
        cleanUp,
        "Users",
        draftUser({ title: "Old", displayName: "Old" }),
      );
      const operations = [
        { op: "remove", path: "title" },
        { op: "add", path: "nickName", value: "Ani" },
        { op: "replace", path: "displayName", value: "New" },
      ];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      const user = await read(conversation, path);
      expectEqual(user["title"] ?? null, null, "title");
      expectEqual(user["nickName"], "Ani", "nickName");
      expectEqual(user["displayName"], "New", "displayName");
    },
  },
  {
    id: "P2",
    suite: "previews",
    title: "Several operations on one attribute of a user, in order",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Users", draftUser({ title: "First" }));
      const operations = [
        { op: "remove", path: "title" },
        { op: "add", path: "title", value: "Second" },
        { op: "replace", path: "title", value: "Third" },
      ];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      expectEqual((await read(conversation, path))["title"], "Third", "title");
    },
  },
  deleteUnknown("P3", "Users", "Delete a user that does not exist"),
  deleteTwice("P4", "Users", "Delete the same user twice"),
  {
    id: "P5",
    suite: "previews",
    title: "Add and remove members in one request",
    run: async (conversation, cleanUp) => {
      const leaving = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const coming = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const path = await createFor(conversation, cleanUp, "Groups", draftGroup());
      await addMembers(conversation, path, [leaving]);
      const operations = [
        { op: "add", path: "members", value: [{ value: coming }] },
        { op: "remove", path: `members[value eq "${leaving}"]` },
      ];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      expectEqual(listMembers(await read(conversation, path)), [coming], "members");
    },
  },
  deleteUnknown("P6", "Groups", "Delete a group that does not exist"),
  deleteTwice("P7", "Groups", "Delete the same group twice"),
];

function deleteUnknown(id: string, kind: "Users" | "Groups", title: string): Check {
  return {
    id,
    suite: "previews",
    title,
    run: async (conversation) => {
      expectStatus(await conversation.remove(`/${kind}/${makeNonce()}`), 404);
    },
  };
}

function deleteTwice(id: string, kind: "Users" | "Groups", title: string): Check {
  return {
    id,
    suite: "previews",
    title,
    run: async (conversation, cleanUp) => {
      const draft = kind === "Users" ? draftUser() : draftGroup();
      const path = await createFor(conversation, cleanUp, kind, draft);
      expectStatus(await conversation.remove(path), 204);
      expectStatus(await conversation.remove(path), 404);
    },
  };
}
