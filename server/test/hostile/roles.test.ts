import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#tenancy";
import { createTestApp, type Person, type TestApp } from "../support/app.ts";

type Operation = { readonly id: string; readonly method: string; readonly path: string };

let muster: TestApp;
let operations: Operation[];

beforeAll(async () => {
  muster = await createTestApp();
  const { body } = await muster.app.inject({ url: "/api/openapi.json" });
  const { paths } = JSON.parse(body) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id }]) => ({ id, method, path })),
  );
});
afterAll(() => muster.close());

const open = ["completeSetup", "getSetup", "getSignInLink", "signIn", "useSignInLink"];
const own = [
  "changePassword",
  "getMe",
  "listMyItems",
  "listRoles",
  "signOut",
  "signOutEverywhere",
  "switchAccount",
];

const seen = [
  "listCollisions",
  "listLobby",
  "listRehires",
  "explainAccount",
  "getAccount",
  "getAccountHistory",
  "getAsset",
  "getAssetHistory",
  "getOverview",
  "getRecovery",
  "listAccountAttributes",
  "listAccounts",
  "listAssetCategories",
  "listAssetCustody",
  "listAssetFields",
  "listAssetModels",
  "listAssetStatuses",
  "listAssets",
  "listHeldItems",
  "listLocations",
  "listRecoveries",
];
const handled = [
  "updateAsset",
  "checkIn",
  "checkOut",
  "createAsset",
  "createAssetCategory",
  "createAssetModel",
  "createAssetStatus",
  "createLocation",
];

/** What each may call beyond what is open to anybody; whoever adds an operation says here who gets it. */
const allowed: Record<"loanee" | "viewer" | "editor", readonly string[]> = {
  loanee: own,
  viewer: [...own, ...seen],
  editor: [...own, ...seen, ...handled],
};

/** Every operation that does not refuse the caller for who they are; the rest of the request is senseless. */
const reach = async (person: Person | null): Promise<string[]> => {
  const reached: string[] = [];
  for (const { id, method, path } of operations) {
    const response = await muster.app.inject({
      method: method.toUpperCase() as "GET",
      url: path.replaceAll(/\{\w+\}/g, newId()),
      headers: {
        origin: "http://localhost:3000",
        ...(person && { cookie: (await muster.signIn(person)).cookie }),
      },
      ...(method !== "get" && { payload: {} }),
    });
    expect(response.statusCode, id).toBeLessThan(500);
    if (response.statusCode >= 400) expect(JSON.parse(response.body).detail, id).toMatch(/\w/);
    if (person === null ? response.statusCode !== 401 : response.statusCode !== 403)
      reached.push(id);
  }
  return reached.filter((id) => !open.includes(id)).sort();
};

test("there are operations to try", () => {
  expect(operations.length).toBeGreaterThan(50);
});

test("nobody who is not signed in gets further than the doors", async () => {
  expect(await reach(null)).toEqual([]);
});

describe("a role reaches what it is for and nothing else", () => {
  test.each(Object.entries(allowed))("%s", async (role, expected) => {
    const person = await muster.createPerson(role as "viewer");
    expect(await reach(person)).toEqual([...expected].sort());
  });
});
