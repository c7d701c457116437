import { isJson } from "../scim/json.ts";
import type { Json } from "../scim/json.ts";
import { createFor, draftUser, makeNonce } from "./check.ts";
import type { Check } from "./check.ts";
import type { Reply } from "./conversation.ts";
import { expectEqual, expectJson, expectList, expectStatus, expectThat } from "./conversation.ts";
import { findByName, read } from "./user-checks.ts";

const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

/** Okta's published SPEC test (§6). */
export const oktaChecks: readonly Check[] = [
  {
    id: "O1",
    suite: "Okta SPEC",
    title: "List one user with names, mail and numbers as numbers",
    run: async (conversation, cleanUp) => {
      await createFor(conversation, cleanUp, "Users", oktaUser());
      const reply = await conversation.get("/Users", { count: "1", startIndex: "1" });
      const [user] = expectList(reply);
      const body = expectJson(reply);
      for (const key of ["itemsPerPage", "startIndex", "totalResults"]) {
        expectEqual(typeof body[key], "number", `type of ${key}`);
      }
      expectThat(user !== undefined, "Resources must not be empty");
      expectThat(
        typeof user["id"] === "string" && typeof user["userName"] === "string",
        "id or userName is missing",
      );
    },
  },
  {
    id: "O2",
    suite: "Okta SPEC",
    title: "Read a user by id",
    run: async (conversation, cleanUp) => {
      const user = oktaUser();
      const path = await createFor(conversation, cleanUp, "Users", user);
      expectOkta(await read(conversation, path), user.userName);
    },
  },
  {
    id: "O3",
    suite: "Okta SPEC",
    title: "Filter for a user that does not exist",
    run: async (conversation) => {
      expectEqual(
        (await findByName(conversation, `${makeNonce()}@contoso.test`)).length,
        0,
        "Resources",
      );
    },
  },
  {
    id: "O4",
    suite: "Okta SPEC",
    title: "Read a user that does not exist",
    run: async (conversation) => expectError(await conversation.get(`/Users/${makeNonce()}`), 404),
  },
  {
    id: "O5",
    suite: "Okta SPEC",
    title: "Create a user as Okta does, and read it",
    run: async (conversation, cleanUp) => {
      const user = oktaUser();
      const reply = expectStatus(await conversation.post("/Users", user), 201);
      const created = expectJson(reply);
      cleanUp(`/Users/${String(created["id"])}`);
      expectOkta(created, user.userName);
      expectOkta(await read(conversation, `/Users/${String(created["id"])}`), user.userName);
    },
  },
  {
    id: "O6",
    suite: "Okta SPEC",
    title: "Create the same user again",
    run: async (conversation, cleanUp) => {
      const user = oktaUser();
      await createFor(conversation, cleanUp, "Users", user);
      expectError(await conversation.post("/Users", user), 409);
    },
  },
  {
    id: "O7",
    suite: "Okta SPEC",
    title: "Filter for a user in another letter case",
    run: async (conversation, cleanUp) => {
      const user = oktaUser();
      await createFor(conversation, cleanUp, "Users", user);
      expectEqual(
        (await findByName(conversation, user.userName.toUpperCase())).length,
        1,
        "Resources",
      );
    },
  },
  {
    id: "O8",
    suite: "Okta SPEC",
    title: "List groups",
    run: async (conversation) => {
      expectList(await conversation.get("/Groups"));
    },
  },
  {
    id: "O9",
    suite: "Okta SPEC",
    title: "No token and a wrong token",
    run: async (conversation) => {
      expectError(await conversation.getAs(null, "/Users"), 401);
      expectError(await conversation.getAs(makeNonce(), "/Users"), 401);
    },
  },
];

function oktaUser(): Record<string, unknown> & { userName: string } {
  const user = draftUser();
  return {
    ...user,
    name: { givenName: "Ana", familyName: "Ito" },
    emails: [{ primary: true, value: user.userName, type: "work" }],
    displayName: "Ana Ito",
    locale: "en-US",
    externalId: makeNonce(),
    groups: [],
    password: `${makeNonce()}A1!`,
    active: true,
  };
}

function expectOkta(user: Json, userName: string): void {
  const { id, active, name, emails } = user;
  expectThat(typeof id === "string", "id is missing");
  expectEqual(user["userName"], userName, "userName");
  expectEqual(active, true, "active");
  expectEqual(
    isJson(name) ? [name["givenName"], name["familyName"]] : null,
    ["Ana", "Ito"],
    "name",
  );
  const [first] = Array.isArray(emails) ? emails.filter(isJson) : [];
  expectEqual(first?.["value"], userName, "emails[0].value");
  expectThat(!("password" in user), "the password must never be returned");
}

function expectError(reply: Reply, status: number): void {
  const { schemas, status: told, detail } = expectJson(expectStatus(reply, status));
  expectThat(Array.isArray(schemas) && schemas.includes(errorSchema), "not an Error message");
  expectEqual(told, String(status), "status, as a text");
  expectThat(status === 409 || typeof detail === "string", "an error needs a detail");
}
