import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withStore } from "./mapping-edit/open-store.ts";
import { requestApi, sessionFrom, type Session } from "../support/api-client.ts";
import { mapGroups, roleIds } from "../support/application.ts";
import { readOperations, type Operation } from "../support/described-operations.ts";
import {
  federatedIdentity,
  furnishOrganisation,
  type Ids,
  type Organisation,
} from "../support/furnished-organisation.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import {
  groupSchema,
  patchOf,
  readMirror,
  requestScim,
  userSchema,
  type ScimConnection,
} from "../support/scim-client.ts";

let product: Product;
let contoso: Organisation;
let fabrikam: Organisation;
/** A tenant of Contoso's, seen by its own administrator. */
let branch: Organisation;
let operations: Operation[];

beforeAll(async () => {
  product = await startProduct();
  const who = { email: "admin@fabrikam.test", password: "a-long-and-quiet-river" };
  const { code, complaint } = await product.run(
    "admin",
    "create",
    `--email=${who.email}`,
    `--password=${who.password}`,
    "--org=Fabrikam",
  );
  if (code !== 0) throw new Error(complaint);
  contoso = await furnishOrganisation(product, await product.signIn());
  fabrikam = await furnishOrganisation(product, await product.signIn(who));
  branch = await furnishOrganisation(product, await openTenant(contoso.session));
  operations = await readOperations(product.url);
});

/** Makes a tenant with an administrator of its own, pushed by a connection at the super tenant. Gives their session. */
const openTenant = async (session: Session): Promise<Session> => {
  const { body: tenant } = await session.post("/tenants", { name: "Branch" });
  const connection = await product.connect(session, "Administrators");
  const push = async (path: string, body: object) =>
    (await requestScim(connection, { path, method: "POST", body })).body;
  const email = "bo@contoso.test";
  const user = await push("/Users", { schemas: [userSchema], userName: email, active: true });
  const group = await push("/Groups", {
    schemas: [groupSchema],
    displayName: "Branch administrators",
    members: [{ value: user.id }],
  });
  const roleId = (await roleIds(session)).get("Administrator")!;
  await mapGroups(session, connection.id, [{ groupId: group.id, roleId, tenantId: tenant.id }]);
  const { items } = (await session.get(`/accounts?search=${email}&status=active`)).body;
  const { body: link } = await session.post(`/accounts/${items[0].id}/sign-in-link`);
  const answer = await requestApi(product.url, {
    method: "POST",
    path: `/sign-in-links/${link.url.split("/").at(-1)}`,
    body: { password: "a-long-and-quiet-river" },
  });
  return sessionFrom(product.url, answer);
};

afterAll(async () => {
  await product?.stop();
  endProducts();
});

/** What stands for the {parameters} of a path. */
const pathWith = ({ path }: Operation, ids: Ids): string => {
  const kinds: Record<string, keyof Ids> = {
    accounts: "account",
    connections: "connection",
    "role-applications": "application",
    assets: "asset",
    recoveries: "recovery",
    rehires: "rehire",
    "provisioning-log": "logEntry",
    ledger: "ledgerEntry",
    tenants: "tenant",
    lobby: "waiting",
    collisions: "collision",
    roles: "customRole",
  };
  const named = path
    .replace("{attributeId}", ids.attribute)
    .replace("{key}", "mistypedUrns")
    .replace("{checkId}", "silence")
    .replace("{tokenId}", ids.token)
    .replace("{secretId}", ids.secret)
    .replace("{federatedId}", ids.federated)
    .replace("/causes/{id}", `/causes/${ids.cause}`)
    .replace("/undos/{id}", `/undos/${ids.undo}`)
    .replace("{item}", ids.undoItem);
  return named.replace(/^\/([a-z-]+)\/\{id\}/, (_, noun: string) => {
    const kind = kinds[noun];
    if (kind === undefined) throw new Error(`What is an id of ${noun}? Say it here.`);
    return `/${noun}/${ids[kind]}`;
  });
};

/** A body that each route accepts; a route that is new needs one too. */
const bodies: Record<string, (ids: Ids) => object> = {
  changePassword: () => ({ current: "correct-horse-battery", next: "another-horse-battery" }),
  createAccount: ({ role }) => ({ name: "Ben", email: "ben@fabrikam.test", roleId: role }),
  lockRole: ({ role }) => ({ roleId: role }),
  setAccountStatus: () => ({ status: "disabled" }),
  saveGroupMappings: ({ group, role }) => ({ mappings: [{ groupId: group, roleId: role }] }),
  previewGroupMappings: ({ group, role }) => ({ mappings: [{ groupId: group, roleId: role }] }),
  createAsset: ({ model, category, status, location }) => ({
    modelId: model,
    categoryId: category,
    statusId: status,
    locationId: location,
  }),
  updateAsset: ({ model, category, status, location }) => ({
    modelId: model,
    categoryId: category,
    statusId: status,
    locationId: location,
  }),
  createAssetModel: ({ category }) => ({ name: "Slate 8", categoryId: category }),
  createAssetCategory: () => ({ name: "Cameras" }),
  createAssetStatus: () => ({ name: "Lent", kind: "deployable" }),
  createLocation: () => ({ name: "Leeds" }),
  checkOut: ({ account }) => ({ accountId: account }),
  checkIn: ({ status, location }) => ({ statusId: status, locationId: location }),
  createConnection: ({ tenant }) => ({ name: "Second", tenantId: tenant }),
  updateConnection: ({ role }) => ({ defaultRoleId: role }),
  planUndo: ({ ledgerEntry }) => ({ entryId: ledgerEntry }),
  createToken: () => ({ label: "Next" }),
  createClientSecret: () => ({ label: "Next" }),
  createFederatedCredential: () => federatedIdentity,
  simulateRules: ({ user, group, role }) => ({
    personId: user,
    mappings: [{ groupId: group, roleId: role }],
  }),
  placePerson: ({ tenant, role }) => ({ tenantId: tenant, roleId: role }),
  createRole: () => ({ name: "Lender", description: "", permissions: ["assets:view"] }),
  changeRole: () => ({ name: "Lender", description: "", permissions: ["assets:view"] }),
  confirmCollision: () => ({ keepRole: false }),
  confirmCollisions: ({ collision }) => ({ ids: [collision] }),
  changeSafeguard: () => ({ mode: "live" }),
  applyHeldChanges: () => ({ kind: "disabled" }),
  discardHeldChanges: () => ({ kind: "disabled" }),
  defineAttribute: () => ({
    urn: "urn:contoso:params:scim:schemas:extension:Badge:2.0:User",
    name: "colour",
    type: "string",
  }),
  changeAttribute: () => ({ caseExact: true }),
  setSwitch: () => ({ on: true }),
  muteCheck: () => ({ reason: "Known" }),
  setRequestLimit: () => ({ limit: null }),
  setLogRetention: () => ({ keepDays: 90 }),
  createTenant: () => ({ name: "Third" }),
  renameTenant: () => ({ name: "Theirs" }),
  switchAccount: ({ account }) => ({ accountId: account }),
};

const bodyOf = ({ name, hasBody }: Operation, ids: Ids): object | undefined => {
  if (!hasBody) return undefined;
  const body = bodies[name];
  if (body === undefined) throw new Error(`What is a good body for ${name}? Say it here.`);
  return body(ids);
};

const send = (session: Session, { method }: Operation, path: string, body?: object) =>
  session[method.toLowerCase() as "get"](path, ...((body ? [body] : []) as []));

/** Every reference that a body makes, theirs one at a time, the others ours. What both share (a role) is no attack. */
const foreignBodies = (operation: Operation, ours: Ids, theirs: Ids): object[] => {
  const own = bodyOf(operation, ours);
  if (own === undefined) return [];
  return Object.entries(ours).flatMap(([kind, id]) => {
    const text = JSON.stringify(own);
    const foreign = theirs[kind as keyof Ids];
    return text.includes(id) && id !== foreign
      ? [JSON.parse(text.replaceAll(id, foreign)) as object]
      : [];
  });
};

/** What their own administrator sees, all of it, but for when, why and from where the connection was last called in vain. */
const readEverything = async ({ session, ids }: Organisation): Promise<object> => {
  const seen: Record<string, unknown> = {};
  for (const operation of operations)
    if (operation.method === "GET" && operation.needsSession) {
      const path = pathWith(operation, ids);
      const { status, body } = await session.get(path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      for (const told of [
        "lastRefusedAt",
        "lastRefusedReason",
        "lastRefusedFrom",
        "checks",
        "seal",
      ])
        delete body[told];
      seen[path] = body;
    }
  return seen;
};

/** What a connection is called with is written down a moment later, in turn: waits for all that there is by now. */
const awaitNotes = async ({ session, connection }: Organisation): Promise<void> => {
  marks += 1;
  const filter = encodeURIComponent(`userName eq "mark${marks}"`);
  expect((await requestScim(connection, { path: `/Users?filter=${filter}` })).status).toBe(200);
  const find = async () => (await session.get(`/provisioning-log?search=mark${marks}`)).body.items;
  await expect.poll(find).toHaveLength(1);
};
let marks = 0;

/** No id of theirs stands in an answer, but for what both share. */
const hides = (body: unknown, ours: Ids = fabrikam.ids): void => {
  const text = JSON.stringify(body ?? "");
  for (const [kind, id] of Object.entries(contoso.ids))
    if (id !== ours[kind as keyof Ids])
      expect(text.includes(id), `shows the other's ${kind}`).toBe(false);
};

/** Every route with ids of Contoso's: in the path, in each place of the body, in each filter. Gives what was tried. */
const attack = async ({ session, ids }: Organisation): Promise<string[]> => {
  const tried: string[] = [];
  for (const operation of operations.filter(({ needsSession }) => needsSession)) {
    const { name } = operation;
    const ownPath = pathWith(operation, ids);
    const theirPath = pathWith(operation, contoso.ids);
    if (theirPath !== ownPath) {
      tried.push(name);
      const body = bodyOf(operation, ids);
      const answer = await send(session, operation, theirPath, body);
      expect([401, 403, 404], `${name}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
      hides(answer.body, ids);
    }
    for (const foreign of foreignBodies(operation, ids, contoso.ids)) {
      tried.push(name);
      const { status, body } = await send(session, operation, ownPath, foreign);
      if (passesOver.has(name) && status === 200) {
        hides({ ...body, refused: undefined }, ids);
        continue;
      }
      expect([400, 403, 404], `${name} ${JSON.stringify(foreign)}`).toContain(status);
      expect(body.title, name).toEqual(expect.any(String));
    }
    for (const parameter of operation.query.filter((one) => one.endsWith("Id"))) {
      tried.push(name);
      const path = `${ownPath}?${parameter}=${idFor(parameter)}`;
      const body = operation.hasBody ? bodyOf(operation, ids) : undefined;
      const answer = await send(session, operation, path, body);
      // Where a tenant narrows what is seen to one's own anyhow, naming another changes nothing.
      if (operation.method === "GET" && answer.status === 200) hides(answer.body, ids);
      else expect([400, 403, 404], path).toContain(answer.status);
    }
    if (operation.method === "GET") hides((await session.get(ownPath)).body, ids);
  }
  return tried;
};

describe.each([
  ["Fabrikam's administrator", () => fabrikam],
  ["the administrator of a tenant", () => branch],
])("what %s asks of Contoso", (_who, attacker) => {
  test("is refused on every route of the API, and changes nothing", async () => {
    await awaitNotes(contoso);
    const before = await readEverything(contoso);

    const tried = await attack(attacker());

    expect(tried.length).toBeGreaterThan(50);
    expect(await readEverything(contoso)).toEqual(before);
  });
});

describe("what Fabrikam's administrator asks", () => {
  test("of what is their own would have been granted", async () => {
    for (const operation of operations.filter(({ needsSession }) => needsSession)) {
      if (concernsOneself.has(operation.name)) continue;
      const path = pathWith(operation, fabrikam.ids);
      const body = bodyOf(operation, fabrikam.ids);
      const answer = await send(fabrikam.session, operation, path, body);
      expect([200, 201, 204, 409], `${operation.name}: ${JSON.stringify(answer.body)}`).toContain(
        answer.status,
      );
    }
  });

  test("of Contoso is refused to whoever is nobody, on every route", async () => {
    for (const operation of operations.filter(({ needsSession }) => needsSession)) {
      const { method } = operation;
      const path = pathWith(operation, contoso.ids);
      const body = bodyOf(operation, contoso.ids);
      const answer = await requestApi(product.url, { method, path, ...(body && { body }) });
      expect(answer.status, operation.name).toBe(401);
      hides(answer.body);
    }
  });
});

describe.each([
  ["Fabrikam's identity provider", () => fabrikam],
  ["the identity provider of a tenant", () => branch],
])("what %s asks of Contoso", (_who, attacker) => {
  const user = { schemas: [userSchema], userName: "eve@fabrikam.test", active: true };
  const group = { schemas: [groupSchema], displayName: "Eve's" };
  const search = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
    filter: "id pr",
  };
  const bulk = (...Operations: readonly object[]) => ({
    method: "POST",
    path: "/Bulk",
    body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations },
  });
  /** Every deed that bulk can do to what there is. */
  const deeds = ({ user: userId, group: groupId }: Ids) => [
    { method: "PUT", path: `/Users/${userId}`, data: { ...user, userName: "ana@fabrikam.test" } },
    {
      method: "PATCH",
      path: `/Users/${userId}`,
      data: patchOf({ op: "replace", path: "displayName", value: "Eve" }),
    },
    { method: "DELETE", path: `/Users/${userId}` },
    { method: "PUT", path: `/Groups/${groupId}`, data: { ...group, displayName: "Ana's" } },
    {
      method: "PATCH",
      path: `/Groups/${groupId}`,
      data: patchOf({ op: "add", path: "members", value: [{ value: userId }] }),
    },
    { method: "DELETE", path: `/Groups/${groupId}` },
  ];
  const requests = ({ user: userId, group: groupId }: Ids) => [
    { method: "GET", path: "/Users" },
    { method: "POST", path: "/Users", body: user },
    { method: "GET", path: `/Users/${userId}` },
    { method: "PUT", path: `/Users/${userId}`, body: { ...user, userName: "ana@fabrikam.test" } },
    {
      method: "PATCH",
      path: `/Users/${userId}`,
      body: patchOf({ op: "replace", path: "displayName", value: "Eve" }),
    },
    { method: "DELETE", path: `/Users/${userId}` },
    { method: "GET", path: "/Groups" },
    { method: "POST", path: "/Groups", body: group },
    { method: "GET", path: `/Groups/${groupId}` },
    { method: "PUT", path: `/Groups/${groupId}`, body: { ...group, displayName: "Ana's" } },
    {
      method: "PATCH",
      path: `/Groups/${groupId}`,
      body: patchOf({ op: "replace", path: "displayName", value: "Ben's" }),
    },
    { method: "DELETE", path: `/Groups/${groupId}` },
    { method: "POST", path: "/Users/.search", body: search },
    { method: "POST", path: "/Groups/.search", body: search },
    { method: "POST", path: "/.search", body: search },
    { method: "GET", path: "/Schemas" },
    { method: "GET", path: "/ResourceTypes" },
    { method: "GET", path: "/ServiceProviderConfig" },
  ];

  test("is 401 with its token at their endpoint, 404 with their ids at its own, and changes nothing", async () => {
    const mirror = () =>
      Promise.all([
        readMirror(contoso.connection, "Users"),
        readMirror(contoso.connection, "Groups"),
      ]);
    const before = await mirror();
    const { connection, ids } = attacker();
    const crossed = { endpoint: contoso.connection.endpoint, token: connection.token };
    for (const request of [...requests(contoso.ids), bulk(...deeds(contoso.ids))]) {
      const refused = await requestScim(crossed, request);
      expect(refused.status, `${request.method} ${request.path}`).toBe(401);
      hides(refused.body, ids);
      if (!request.path.includes(contoso.ids.user) && !request.path.includes(contoso.ids.group))
        continue;
      const unknown = await requestScim(connection, request);
      expect(unknown.status, `${request.method} ${request.path}`).toBe(404);
      hides({ ...unknown.body, detail: undefined }, ids);
    }
    const answer = await requestScim(connection, bulk(...deeds(contoso.ids)));
    expect(answer.status).toBe(200);
    const statuses = answer.body.Operations.map(({ status }: { status: string }) => status);
    expect(statuses).toEqual(deeds(contoso.ids).map(() => "404"));
    expect(await mirror()).toEqual(before);
  });

  test("their people cannot be members, be found or be listed", async () => {
    const { connection, ids } = attacker();
    const added = await requestScim(connection, {
      path: `/Groups/${ids.group}`,
      method: "PATCH",
      body: patchOf({ op: "add", path: "members", value: [{ value: contoso.ids.user }] }),
    });
    expect(added).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    const made = await requestScim(
      connection,
      bulk({
        method: "POST",
        bulkId: "theirs",
        path: "/Groups",
        data: { ...group, members: [{ value: contoso.ids.user }] },
      }),
    );
    expect(made.body.Operations).toMatchObject([{ status: "400" }]);
    const filters = [
      `id eq "${contoso.ids.user}"`,
      'userName eq "ana.ito@contoso.test"',
      'externalId eq "ana.ito"',
      "userName pr",
    ];
    for (const filter of filters) {
      const listed = await requestScim(connection, {
        path: `/Users?${new URLSearchParams({ filter }).toString()}`,
      });
      expect(listed.status).toBe(200);
      hides(listed.body, ids);
      for (const path of ["/Users/.search", "/.search"]) {
        const body = { ...search, filter };
        const found = await requestScim(connection, { path, method: "POST", body });
        expect(found.status, `${path} ${filter}`).toBe(200);
        hides(found.body, ids);
      }
    }
    for (const path of ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
      hides((await requestScim(connection, { path })).body, ids);
  });

  test("it can change what is its own", async () => {
    const { connection, ids } = attacker();
    const own = bulk(...deeds(ids).filter(({ method }) => method !== "DELETE"));
    const { Operations } = (await requestScim(connection, own)).body;
    for (const { status } of Operations) expect(Number(status)).toBeLessThan(300);
    for (const request of requests(ids)) {
      const { status, body } = await requestScim(connection, request);
      expect(status, `${request.method} ${request.path} ${JSON.stringify(body)}`).toBeLessThan(300);
    }
  });
});

describe("a token that is not good", () => {
  let connection: ScimConnection;

  beforeAll(async () => {
    connection = await product.connect(contoso.session, "Rotation");
  });

  const issue = async (expiresAt: string | null): Promise<{ id: string; token: string }> => {
    const { body } = await contoso.session.post(`/connections/${connection.id}/tokens`, {
      label: "Rotated",
      expiresAt,
    });
    return { id: body.item.id, token: body.token };
  };
  const tokensPath = () => `/connections/${connection.id}/tokens`;

  test.for<[string, RegExp, () => Promise<string>]>([
    ["wrong", /not one of this connection's/, async () => "mst_wrong"],
    [
      "revoked",
      /revoked/,
      async () => {
        const { id, token } = await issue(null);
        expect((await requestScim({ ...connection, token }, { path: "/Users" })).status).toBe(200);
        expect((await contoso.session.delete(`${tokensPath()}/${id}`)).status).toBe(204);
        return token;
      },
    ],
    [
      "expired",
      /expired/,
      async () => {
        const { id, token } = await issue("2100-01-01T00:00:00Z");
        expect((await requestScim({ ...connection, token }, { path: "/Users" })).status).toBe(200);
        await withStore(product.dataFolder, async (store) => {
          await store.query("update connection_tokens set expires_at = now() where id = $1", [id]);
        });
        return token;
      },
    ],
  ])(
    "%s: 401 says what to do, and the connection's page says when and why",
    async ([, why, get]) => {
      const token = await get();
      const began = new Date().toISOString();

      const { status, headers, body } = await requestScim(
        { ...connection, token },
        { path: "/Users" },
      );

      expect(status).toBe(401);
      expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(body).toMatchObject({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "401",
        detail: expect.stringMatching(why),
      });
      expect(body.detail).toMatch(/Make a token in Muster .* paste it as Secret token/);
      await expect
        .poll(async () => {
          const arrivals = (await contoso.session.get(`/connections/${connection.id}/arrivals`))
            .body;
          return arrivals.lastRefusedAt >= began && arrivals.lastRefusedReason;
        })
        .toBe(body.detail);
    },
  );
});

/** Of a list, they do what they can and pass over what they do not find. */
const passesOver = new Set(["confirmCollisions"]);

/** What no two administrators share, ends the session, or takes away what is asked for next. */
const concernsOneself = new Set([
  "deleteRole",
  "signOut",
  "signOutEverywhere",
  "changePassword",
  "switchAccount",
]);

const idFor = (parameter: string): string => {
  const kinds: Record<string, keyof Ids> = {
    holderId: "account",
    personId: "user",
    subjectId: "account",
    actorId: "connection",
  };
  const id = contoso.ids[kinds[parameter] ?? (parameter.slice(0, -2) as keyof Ids)];
  if (id === undefined) throw new Error(`What is a ${parameter}? Say it here.`);
  return id;
};
