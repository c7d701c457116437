import type { Json } from "../scim/json.ts";
import { isJson } from "../scim/json.ts";
import { parseTargetPath, readTarget } from "../scim/target-path.ts";
import { canonical } from "../scim/differences.ts";
import { createFor, draftUser, enterpriseSchema, idOf, makeNonce } from "./check.ts";
import type { Check } from "./check.ts";
import type { Conversation } from "./conversation.ts";
import { expectEqual, expectJson, expectList, expectStatus, expectThat } from "./conversation.ts";
import { sampleUser, verboseValues } from "./samples.ts";

const managerPath = `${enterpriseSchema}:manager`;

/** The user tests of scimvalidator.microsoft.com (§5.1, U1 to U13). */
export const userChecks: readonly Check[] = [
  {
    id: "U1",
    suite: "users",
    title: "Create a new user",
    run: async (conversation, cleanUp) => {
      const user = sampleUser();
      await createFor(conversation, cleanUp, "Users", user);
      const [found, ...others] = await findByName(conversation, user.userName);
      expectThat(
        found !== undefined && others.length === 0,
        "the new user is not found by userName",
      );
      expectSent(found, user, "user");
    },
  },
  {
    id: "U2",
    suite: "users",
    title: "Create a duplicate user",
    run: async (conversation, cleanUp) => {
      const user = draftUser();
      await createFor(conversation, cleanUp, "Users", user);
      expectStatus(await conversation.post("/Users", user), 409);
    },
  },
  {
    id: "U3",
    suite: "users",
    title: "Filter for an existing user",
    run: async (conversation, cleanUp) => {
      const user = draftUser();
      await createFor(conversation, cleanUp, "Users", user);
      const reply = await conversation.get("/Users", { filter: `userName eq "${user.userName}"` });
      const [found] = expectList(reply);
      expectEqual(expectJson(reply)["totalResults"], 1, "totalResults");
      expectResource(found, "User");
    },
  },
  {
    id: "U4",
    suite: "users",
    title: "Filter for a user that does not exist",
    run: async (conversation) => {
      const reply = await conversation.get("/Users", { filter: `userName eq "${makeNonce()}"` });
      expectEqual(expectList(reply).length, 0, "Resources");
      expectEqual(expectJson(reply)["totalResults"], 0, "totalResults");
    },
  },
  {
    id: "U5",
    suite: "users",
    title: "Filter for an existing user in another letter case",
    run: async (conversation, cleanUp) => {
      const user = draftUser();
      await createFor(conversation, cleanUp, "Users", user);
      const found = await findByName(conversation, user.userName.toUpperCase());
      expectEqual(found.length, 1, "Resources");
    },
  },
  {
    id: "U6",
    suite: "users",
    title: "Replace attributes, one operation each",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Users", sampleUser());
      await applyVerbose(conversation, path, "replace");
    },
  },
  {
    id: "U7",
    suite: "users",
    title: "Replace userName, the joining property, without a path",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Users", draftUser());
      const { userName } = draftUser();
      const operations = [{ op: "replace", value: { userName } }];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      expectEqual((await read(conversation, path))["userName"], userName, "userName");
    },
  },
  {
    id: "U8",
    suite: "users",
    title: "Disable a user",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Users", draftUser());
      const operations = [{ op: "replace", path: "active", value: false }];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      expectEqual((await read(conversation, path))["active"], false, "active");
    },
  },
  {
    id: "U9",
    suite: "users",
    title: "Add every attribute to a user that has only a name",
    run: async (conversation, cleanUp) => {
      const { userName, schemas } = draftUser();
      const path = await createFor(conversation, cleanUp, "Users", { schemas, userName });
      await applyVerbose(conversation, path, "add");
    },
  },
  managerCheck("U10", "Add a manager", (id) => [{ op: "add", path: managerPath, value: id }], true),
  managerCheck(
    "U11",
    "Replace a manager",
    (id) => [
      { op: "add", path: managerPath, value: makeNonce() },
      { op: "replace", path: managerPath, value: { value: id } },
    ],
    true,
  ),
  managerCheck(
    "U12",
    "Remove a manager",
    (id) => [
      { op: "add", path: managerPath, value: id },
      { op: "replace", path: managerPath, value: "" },
    ],
    false,
  ),
  {
    id: "U13",
    suite: "users",
    title: "Delete a user",
    run: async (conversation, cleanUp) => {
      const path = await createFor(conversation, cleanUp, "Users", draftUser());
      expectStatus(await conversation.remove(path), 204);
      expectStatus(await conversation.get(path), 404);
    },
  },
];

function managerCheck(
  id: string,
  title: string,
  operations: (managerId: string) => readonly unknown[],
  staysSet: boolean,
): Check {
  return {
    id,
    suite: "users",
    title,
    run: async (conversation, cleanUp) => {
      const manager = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const path = await createFor(conversation, cleanUp, "Users", draftUser());
      for (const operation of operations(manager)) {
        expectStatus(await conversation.patch(path, [operation]), 200, 204);
      }
      const value = readTarget(await read(conversation, path), parseTargetPath(managerPath));
      expectEqual(value ?? null, staysSet ? manager : null, "manager.value");
    },
  };
}

async function applyVerbose(
  conversation: Conversation,
  path: string,
  op: "add" | "replace",
): Promise<void> {
  const values = verboseValues();
  const operations = Object.entries(values).map(([path, value]) => ({ op, path, value }));
  expectStatus(await conversation.patch(path, operations), 200, 204);
  const resource = await read(conversation, path);
  for (const [target, value] of Object.entries(values)) {
    const found = readTarget(resource, parseTargetPath(target));
    expectEqual(found === undefined ? null : canonical(found), canonical(value), target);
  }
}

/** Gives a resource read by its path. */
export async function read(conversation: Conversation, path: string): Promise<Json> {
  return expectJson(expectStatus(await conversation.get(path), 200));
}

/** Gives the users a search by user name finds. */
export async function findByName(
  conversation: Conversation,
  userName: string,
): Promise<readonly Json[]> {
  return expectList(await conversation.get("/Users", { filter: `userName eq "${userName}"` }));
}

/** Fails unless a listed resource carries id, schemas and meta.resourceType. */
export function expectResource(resource: Json | undefined, kind: "User" | "Group"): void {
  expectThat(resource !== undefined, "nothing was found");
  expectThat(typeof resource["id"] === "string", "the resource has no id");
  expectThat(Array.isArray(resource["schemas"]), "the resource lists no schemas");
  const meta = resource["meta"];
  expectEqual(isJson(meta) ? meta["resourceType"] : undefined, kind, "meta.resourceType");
}

/** Fails unless everything that was sent has come back as it was. */
export function expectSent(actual: unknown, sent: unknown, place: string): void {
  if (isJson(sent)) {
    expectThat(isJson(actual), `${place}: expected an object`);
    for (const [key, value] of Object.entries(sent)) {
      if (key !== "schemas" && key !== "meta") expectSent(actual[key], value, `${place}.${key}`);
    }
  } else if (Array.isArray(sent)) {
    const list: readonly unknown[] = Array.isArray(actual) ? actual : [];
    expectEqual(list.length, sent.length, `${place}.length`);
    sent.forEach((value, index) => expectSent(list[index], value, `${place}[${index}]`));
  } else {
    // The validator itself sends `primary: "True"` and reads it as a boolean (§5.1, R36).
    expectEqual(canonical(actual), canonical(sent), place);
  }
}
