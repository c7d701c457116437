import type { Json } from "../scim/json.ts";
import { isJson } from "../scim/json.ts";
import { createFor, draftGroup, draftUser, idOf, makeNonce } from "./check.ts";
import type { Check } from "./check.ts";
import type { Conversation, Reply } from "./conversation.ts";
import { expectEqual, expectJson, expectList, expectStatus, expectThat } from "./conversation.ts";
import { expectResource, read } from "./user-checks.ts";

/** The group tests of scimvalidator.microsoft.com (§5.1, G1 to G12). */
export const groupChecks: readonly Check[] = [
  {
    id: "G1",
    suite: "groups",
    title: "Read a group without its members",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Groups", draftGroup());
      const reply = await conversation.get(path, { excludedAttributes: "members" });
      expectThat(
        !("members" in expectJson(expectStatus(reply, 200))),
        "members were to be left out",
      );
    },
  },
  {
    id: "G2",
    suite: "groups",
    title: "Filter for an existing group without its members",
    run: async (conversation, cleanUp) => {
      const group = draftGroup();
      await createFor(conversation, cleanUp, "Groups", group);
      const [found] = expectList(await search(conversation, group.displayName));
      expectResource(found, "Group");
      expectThat(found !== undefined && !("members" in found), "members were to be left out");
    },
  },
  {
    id: "G3",
    suite: "groups",
    title: "Filter for an existing group",
    run: async (conversation, cleanUp) => {
      const group = draftGroup();
      await createFor(conversation, cleanUp, "Groups", group);
      const reply = await search(conversation, group.displayName);
      expectResource(expectList(reply)[0], "Group");
      expectEqual(expectJson(reply)["totalResults"], 1, "totalResults");
    },
  },
  {
    id: "G4",
    suite: "groups",
    title: "Filter for a group that does not exist",
    run: async (conversation) => {
      expectEqual(expectList(await search(conversation, makeNonce())).length, 0, "Resources");
    },
  },
  {
    id: "G5",
    suite: "groups",
    title: "Filter for an existing group in another letter case",
    run: async (conversation, cleanUp) => {
      const group = draftGroup();
      await createFor(conversation, cleanUp, "Groups", group);
      expectEqual(
        expectList(await search(conversation, group.displayName.toUpperCase())).length,
        1,
        "Resources",
      );
    },
  },
  {
    id: "G6",
    suite: "groups",
    title: "Create a new group",
    run: async (conversation, cleanUp) => {
      const group = draftGroup();
      const path = await createFor(conversation, cleanUp, "Groups", group);
      const resource = await read(conversation, path);
      expectEqual(resource["displayName"], group.displayName, "displayName");
      expectEqual(resource["externalId"], group["externalId"], "externalId");
    },
  },
  {
    id: "G7",
    suite: "groups",
    title: "Create a duplicate group",
    run: async (conversation, cleanUp) => {
      const group = draftGroup();
      await createFor(conversation, cleanUp, "Groups", group);
      expectStatus(await conversation.post("/Groups", group), 409);
    },
  },
  {
    id: "G8",
    suite: "groups",
    title: "Replace attributes without a path",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Groups", draftGroup());
      const value = { displayName: draftGroup().displayName, externalId: makeNonce() };
      expectStatus(await conversation.patch(path, [{ op: "replace", value }]), 200, 204);
      const resource = await read(conversation, path);
      expectEqual(resource["displayName"], value.displayName, "displayName");
      expectEqual(resource["externalId"], value.externalId, "externalId");
    },
  },
  {
    id: "G9",
    suite: "groups",
    title: "Replace displayName, the joining property",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Groups", draftGroup());
      const { displayName } = draftGroup();
      const operations = [{ op: "replace", path: "displayName", value: displayName }];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      expectEqual(expectList(await search(conversation, displayName)).length, 1, "Resources");
    },
  },
  {
    id: "G10",
    suite: "groups",
    title: "Add a member",
    run: async (conversation, cleanUp) => {
      const member = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const path = await createFor(conversation, cleanUp, "Groups", draftGroup());
      await addMembers(conversation, path, [member]);
      expectEqual(listMembers(await read(conversation, path)), [member], "members");
    },
  },
  {
    id: "G11",
    suite: "groups",
    title: "Remove a member, and no other",
    run: async (conversation, cleanUp) => {
      const leaving = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const staying = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const path = await createFor(conversation, cleanUp, "Groups", draftGroup());
      await addMembers(conversation, path, [leaving, staying]);
      const operations = [{ op: "remove", path: `members[value eq "${leaving}"]` }];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      expectEqual(listMembers(await read(conversation, path)), [staying], "members");
    },
  },
  {
    id: "G12",
    suite: "groups",
    title: "Delete a group",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Groups", draftGroup());
      expectStatus(await conversation.remove(path), 204);
      expectStatus(await conversation.get(path), 404);
    },
  },
];

/** Adds members in one operation. */
export async function addMembers(
  conversation: Conversation,
  path: string,
  ids: readonly string[],
): Promise<void> {
  const value = ids.map((id) => ({ value: id }));
  expectStatus(await conversation.patch(path, [{ op: "add", path: "members", value }]), 200, 204);
}

/** Gives the member ids of a group, sorted. */
export function listMembers(group: Json): readonly string[] {
  const members = group["members"];
  return (Array.isArray(members) ? members : [])
    .filter(isJson)
    .map((member) => String(member["value"]))
    .sort((one, other) => one.localeCompare(other));
}

function search(conversation: Conversation, displayName: string): Promise<Reply> {
  const filter = `displayName eq "${displayName}"`;
  return conversation.get("/Groups", { excludedAttributes: "members", filter });
}
