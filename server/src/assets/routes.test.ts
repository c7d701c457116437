import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#tenancy";
import { createTestApp, type Person, type TestApp } from "../../test/support/app.ts";
import { assetFields } from "./fields.ts";

let muster: TestApp;
let admin: ReturnType<TestApp["as"]>;
let viewer: Person;
let loanee: Person;
let stranger: Person;
/** Of a tenant below the super tenant: with every right there, and none elsewhere. */
let branch: Person;
let assetId: string;

beforeAll(async () => {
  muster = await createTestApp();
  admin = muster.as(muster.administrator);
  viewer = await muster.createPerson("viewer");
  loanee = await muster.createPerson("loanee");
  stranger = await muster.createOrganisation("Fabrikam");
  const tenantId = (await admin.post("/tenants", { name: "Branch" })).body.id;
  branch = await muster.createPerson("administrator", "Bo Branch", {
    ...muster.administrator,
    tenantId,
  });
  assetId = (await admin.post("/assets", { name: "First" })).body.id;
});
afterAll(() => muster.close());

type Route = {
  method: "get" | "post" | "patch";
  path: () => string;
  body?: object;
  edits?: boolean;
};
const aboutOne: Route[] = [
  { method: "get", path: () => `/assets/${assetId}` },
  { method: "patch", path: () => `/assets/${assetId}`, body: { name: "X" }, edits: true },
  { method: "get", path: () => `/assets/${assetId}/history` },
];
const choiceLists = ["/asset-models", "/asset-categories", "/asset-statuses", "/locations"];
const routes: Route[] = [
  ...aboutOne,
  { method: "get", path: () => "/assets" },
  { method: "post", path: () => "/assets", body: {}, edits: true },
  { method: "get", path: () => "/asset-fields" },
  ...choiceLists.flatMap((list): Route[] => [
    { method: "get", path: () => list },
    { method: "post", path: () => list, body: { name: "New", kind: "pending" }, edits: true },
  ]),
];
const ask = (person: Person | null, { method, path, body }: Route, url = path()) =>
  muster.as(person)[method](url, body);
const label = (route: Route) =>
  [`${route.method.toUpperCase()} ${route.path().replace("undefined", ":id")}`, route] as const;

describe("a route", () => {
  test.each(routes.map(label))("%s is for people who are signed in", async (_name, route) => {
    expect((await ask(null, route)).status).toBe(401);
  });
  test.each(routes.map(label))("%s is for people who may", async (_name, route) => {
    expect((await ask(loanee, route)).status).toBe(403);
  });
  test.each(routes.filter(({ edits }) => edits).map(label))(
    "%s is not for people who may only look",
    async (_name, route) => {
      expect((await ask(viewer, route)).status).toBe(403);
    },
  );
  test.each(aboutOne.map(label))(
    "%s shows nothing of another organisation or tenant",
    async (_name, route) => {
      for (const person of [stranger, branch]) expect((await ask(person, route)).status).toBe(404);
    },
  );
  test.each(aboutOne.map(label))("%s says when there is no such asset", async (_name, route) => {
    expect(
      (await ask(muster.administrator, route, route.path().replace(assetId, newId()))).status,
    ).toBe(404);
    const mistyped = await ask(
      muster.administrator,
      route,
      route.path().replace(assetId, "laptop"),
    );
    expect(mistyped).toMatchObject({ status: 400, body: { errors: [{ path: "id" }] } });
  });
});

describe("the register over HTTP", () => {
  test("registers, changes and explains an asset", async () => {
    const model = await admin.post("/asset-models", {
      name: "MacBook Pro 14",
      manufacturer: "Apple",
    });
    expect(model).toMatchObject({ status: 201, body: { manufacturer: "Apple", category: null } });
    const location = await admin.post("/locations", { name: "Oslo" });
    const made = await admin.post("/assets", {
      name: "Dana's laptop",
      serial: "C02XK",
      modelId: model.body.id,
      locationId: location.body.id,
      purchasedOn: "2026-02-28",
      cost: 0,
      notes: null,
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        tag: expect.stringMatching(/^AST-\d{5}$/),
        model: { name: "MacBook Pro 14" },
        manufacturer: "Apple",
        status: { name: "Ready to deploy", kind: "deployable" },
        location: { name: "Oslo" },
        tenant: { name: "Contoso" },
        purchasedOn: "2026-02-28",
        cost: 0,
        notes: null,
        holder: null,
        custody: null,
      },
    });
    const { id } = made.body;
    const changed = await admin.patch(`/assets/${id}`, {
      cost: null,
      locationId: null,
      tag: "LAP-9",
    });
    expect(changed.body).toMatchObject({
      tag: "LAP-9",
      cost: null,
      location: null,
      serial: "C02XK",
    });
    expect((await admin.get(`/assets/${id}`)).body).toEqual(changed.body);
    const history = await admin.get(`/assets/${id}/history`);
    expect(history.body).toMatchObject({
      total: 2,
      items: [
        {
          sentence: "Asset tag, location and cost changed",
          actor: "Dana Reyes",
          before: { cost: 0 },
        },
        { action: "asset.created" },
      ],
    });
    const found = await admin.get("/assets?search=apple%20c02xk&sort=-changed");
    expect(found.body).toMatchObject({ total: 1, next: null, items: [{ id }] });
  });

  test("pages go on where the one before ended", async () => {
    for (let index = 0; index < 5; index += 1)
      await admin.post("/assets", { name: `Paged ${index}` });
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const cursor: string = next === "" ? "" : `&cursor=${next}`;
      const { body } = await admin.get(`/assets?search=paged&sort=-name&limit=2${cursor}`);
      expect(body.total).toBe(5);
      seen.push(...body.items.map(({ name }: { name: string }) => name));
      next = body.next;
    }
    expect(seen).toEqual(["Paged 4", "Paged 3", "Paged 2", "Paged 1", "Paged 0"]);
  });

  const refused: [string, object, number, string[]][] = [
    ["a field that is not one", { colour: "red" }, 400, [""]],
    ["an empty tag", { tag: "  " }, 400, ["tag"]],
    ["a tag that is null", { tag: null }, 400, ["tag"]],
    ["a day that is none", { purchasedOn: "2026-02-30" }, 400, ["purchasedOn"]],
    ["a negative cost", { cost: -1 }, 400, ["cost"]],
    ["a huge cost", { cost: 1e30 }, 400, ["cost"]],
    ["a name that is too long", { name: "x".repeat(201) }, 400, ["name"]],
    ["text that cannot be stored", { name: "a\u0000b" }, 400, []],
    ["a status that is not there", { statusId: newId() }, 400, ["statusId"]],
    ["a tenant that is not there", { tenantId: newId() }, 404, []],
  ];
  test.each(refused)("refuses %s", async (_what, body, status, paths) => {
    const answer = await admin.post("/assets", body);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    const errors: { path: string }[] = answer.body.errors ?? [];
    expect(errors.map(({ path }) => path)).toEqual(paths);
  });

  test("a cursor of no list, or of another list, is no server error", async () => {
    for (const cursor of [
      "x",
      Buffer.from('["a","b"]').toString("base64url"),
      Buffer.from('["a"]').toString("base64url"),
    ])
      for (const sort of ["tag", "changed"])
        expect((await admin.get(`/assets?sort=${sort}&cursor=${cursor}`)).status).toBeLessThan(500);
  });

  test("one of two choices of one name is refused", async () => {
    for (const path of choiceLists) {
      const body = {
        name: `Twice ${path}`,
        ...(path === "/asset-statuses" && { kind: "pending" }),
      };
      expect((await admin.post(path, body)).status).toBe(201);
      expect(await admin.post(path, { ...body, name: ` twice ${path}` })).toMatchObject({
        status: 409,
      });
      const { body: list } = await admin.get(path);
      expect(list.items.filter(({ name }: { name: string }) => name === body.name)).toHaveLength(1);
    }
  });

  test("the fields are those declared", async () => {
    const { body } = await admin.get("/asset-fields");
    expect(body.items.map(({ key }: { key: string }) => key)).toEqual(
      assetFields.map(({ key }) => key),
    );
    expect(body.items[3]).toEqual({
      key: "modelId",
      label: "Model",
      type: "select",
      required: false,
      searchable: true,
      sortable: false,
      inList: true,
      options: "models",
    });
  });
});

describe("tenants", () => {
  test("the super tenant registers in a tenant, sees everything, and can ask for one", async () => {
    const made = await admin.post("/assets", { name: "Branch's", tenantId: branch.tenantId });
    expect(made).toMatchObject({
      status: 201,
      body: { tag: "AST-00001", tenant: { name: "Branch" } },
    });
    expect((await muster.as(branch).get("/assets")).body).toMatchObject({
      total: 1,
      items: [{ id: made.body.id }],
    });
    const all = await admin.get("/assets?search=branch");
    expect(all.body.total).toBe(1);
    expect(
      (await admin.get(`/assets?tenantId=${muster.administrator.tenantId}&search=branch`)).body
        .total,
    ).toBe(0);
    const statuses = await admin.get(`/asset-statuses?tenantId=${branch.tenantId}`);
    expect(statuses.body.items).toHaveLength(5);
    expect(statuses.body.items[0].id).toBe(made.body.status.id);
  });

  test("a tenant sees and uses nothing of another", async () => {
    const own = muster.as(branch);
    const other = muster.administrator.tenantId;
    expect((await own.get(`/assets?tenantId=${other}`)).body.total).toBe(1);
    expect((await own.post("/assets", { tenantId: other })).status).toBe(404);
    expect((await own.get(`/asset-models?tenantId=${other}`)).status).toBe(404);
    const category = (await admin.get("/asset-categories")).body.items[0];
    expect((await own.post("/asset-models", { name: "M", categoryId: category.id })).status).toBe(
      400,
    );
  });
});
