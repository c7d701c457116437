import { prepareMappings } from "../mapping/load.ts";
import { presets } from "../mapping/presets.ts";
import { parseTargetPath, readTarget } from "../scim/target-path.ts";
import { createFor, draftUser, enterpriseSchema, idOf } from "./check.ts";
import type { Check, CleanUp } from "./check.ts";
import type { Conversation } from "./conversation.ts";
import { expectEqual, expectJson, expectList, expectStatus, expectThat } from "./conversation.ts";
import { listTargets } from "./discovery.ts";
import { sampleUser } from "./samples.ts";
import { read } from "./user-checks.ts";

const managerPath = `${enterpriseSchema}:manager`;
const mapped = prepareMappings(presets.mail);
/** What an emptied source may clear: everything mapped that is neither required nor a reference. */
const clearable = mapped.users.attributes
  .filter((row) => row.targetType === "String" && row.path.text !== "userName")
  .map((row) => row.path.text);

/** The gallery validation kit's tests that speak SCIM directly (§5.2). */
export const galleryChecks: readonly Check[] = [
  {
    id: "K15",
    suite: "gallery kit",
    title: "Every mapped attribute is found in /Schemas",
    run: async (conversation) => {
      const known = listTargets(expectList(await conversation.get("/Schemas")));
      const targets = [...mapped.users.attributes, ...mapped.groups.attributes].map(
        (row) => row.path.text,
      );
      const missing = targets.filter((target) => !known.has(target.toLowerCase()));
      expectThat(missing.length === 0, `not in /Schemas: ${missing.join(", ")}`);
    },
  },
  {
    id: "K16",
    suite: "gallery kit",
    title: "Clear attributes with an empty text and with null",
    run: async (conversation, cleanUp) => {
      for (const value of ["", null]) {
        const operations = clearable.map((path) => ({ op: "replace", path, value }));
        await expectCleared(conversation, cleanUp, operations);
        const flat = clearable.filter((path) => !path.includes("["));
        const merged = [
          { op: "replace", value: Object.fromEntries(flat.map((path) => [path, value])) },
        ];
        await expectCleared(conversation, cleanUp, merged, flat);
      }
    },
  },
  {
    id: "K17",
    suite: "gallery kit",
    title: "Create a user over SCIM",
    run: async (conversation, cleanUp) => {
      const user = draftUser({ displayName: "Kit" });
      const path = await createFor(conversation, cleanUp, "Users", user);
      expectEqual((await read(conversation, path))["userName"], user.userName, "userName");
    },
  },
  {
    id: "K18",
    suite: "gallery kit",
    title: "Update a user over SCIM",
    run: async (conversation, cleanUp) => {
      const path = await createFor(
        conversation,
        cleanUp,
        "Users",
        draftUser({ displayName: "Kit" }),
      );
      const operations = [{ op: "replace", path: "displayName", value: "Kit 2" }];
      expectStatus(await conversation.patch(path, operations), 200, 204);
      expectEqual((await read(conversation, path))["displayName"], "Kit 2", "displayName");
    },
  },
  {
    id: "K23",
    suite: "gallery kit",
    title: "Page through at least eleven users, five at a time",
    run: async (conversation, cleanUp) => {
      for (let made = 0; made < 11; made += 1)
        await createFor(conversation, cleanUp, "Users", draftUser());
      const seen = new Set<string>();
      for (const startIndex of [1, 6, 11]) {
        const reply = await conversation.get("/Users", {
          startIndex: String(startIndex),
          count: "5",
        });
        const page = expectList(reply);
        const { startIndex: echoed, totalResults } = expectJson(reply);
        expectEqual(echoed, startIndex, "startIndex");
        expectThat(Number(totalResults) >= 11, "totalResults must count all users");
        const expected = startIndex === 11 ? Math.min(5, Number(totalResults) - 10) : 5;
        expectEqual(page.length, expected, `Resources of the page from ${startIndex}`);
        for (const user of page) {
          const id = String(user["id"]);
          expectThat(!seen.has(id), `user ${id} is on two pages`);
          seen.add(id);
        }
      }
    },
  },
  {
    id: "K25",
    suite: "gallery kit",
    title: "Set, change and clear a manager",
    run: async (conversation, cleanUp) => {
      const first = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const second = idOf(await createFor(conversation, cleanUp, "Users", draftUser()));
      const path = await createFor(conversation, cleanUp, "Users", draftUser());
      const steps = [
        { op: "Add", value: first, expected: first },
        { op: "replace", value: second, expected: second },
        { op: "replace", value: "", expected: null },
      ];
      for (const { op, value, expected } of steps) {
        expectStatus(await conversation.patch(path, [{ op, path: managerPath, value }]), 200, 204);
        const manager = readTarget(await read(conversation, path), parseTargetPath(managerPath));
        expectEqual(manager ?? null, expected, "manager.value");
      }
    },
  },
];

async function expectCleared(
  conversation: Conversation,
  cleanUp: CleanUp,
  operations: readonly unknown[],
  paths: readonly string[] = clearable,
): Promise<void> {
  const path = await createFor(conversation, cleanUp, "Users", sampleUser());
  expectStatus(await conversation.patch(path, operations), 200, 204);
  const user = await read(conversation, path);
  for (const target of paths) {
    const left = readTarget(user, parseTargetPath(target));
    expectThat(left === undefined, `${target} still holds ${JSON.stringify(left)}`);
  }
}
