import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../app.ts";
import { createTestApp, type Person, type TestApp } from "../../../test/support/app.ts";
import { createTestConnection, type Loose } from "../../../test/support/scim.ts";

type Connection = Awaited<ReturnType<typeof createTestConnection>>;

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const urn = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";

let muster: TestApp;
let entra: Connection;
let okta: Connection;
let editor: Person;
let stranger: Person;
const ids: Record<string, string> = {};

const admin = () => muster.as(muster.administrator);
const at = ({ connectionId }: Connection) => `/connections/${connectionId}/attributes`;
const define = async (connection: Connection, definition: object) => {
  const { status, body } = await admin().post(at(connection), { urn, ...definition });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.items.find((item: Loose) => item.name === (definition as Loose).name);
};
/** Waits until everybody is read by the definitions as they are. */
const settled = async (connection: Connection): Promise<Loose> => {
  for (;;) {
    const { body } = await admin().get(at(connection));
    if (body.reading?.state !== "running") return body;
    await new Promise((done) => setTimeout(done, 25));
  }
};
const list = async (connection: Connection, query: string): Promise<Loose> => {
  const { status, body } = await connection.send("GET", `/Users?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const found = async (connection: Connection, filter: string): Promise<string[]> => {
  const { Resources } = await list(connection, `filter=${encodeURIComponent(filter)}`);
  return Resources.map((user: Loose) => user.userName.split("@")[0]).toSorted();
};
const get = async (connection: Connection, id: string): Promise<Loose> =>
  (await connection.send("GET", `/Users/${id}`)).body;

beforeAll(async () => {
  muster = await createTestApp({ startJobs: true });
  entra = await createTestConnection(muster, "Entra");
  okta = await createTestConnection(muster, "Okta");
  editor = await muster.createPerson("editor");
  stranger = await muster.createOrganisation("Fabrikam");
  // Before anything is defined; Entra sends everything as text.
  const people = { ana: "7", bo: "40", chen: "third", dia: undefined };
  for (const [name, floor] of Object.entries(people))
    ids[name] = await entra.createUser(`${name}@x.test`, {
      [name === "bo" ? urn.toUpperCase() : urn]: {
        badge: `B-${name}`,
        [name === "ana" ? "Floor" : "floor"]: floor,
        remote: name === "ana" ? "True" : "False",
      },
    });
});
afterAll(() => muster.close());

describe("an attribute that people have already", () => {
  test("is kept and returned as it was sent, and found, before anybody defines it", async () => {
    expect((await get(entra, ids["ana"]!))[urn]).toEqual({
      badge: "B-ana",
      Floor: "7",
      remote: "True",
    });
    expect(await found(entra, `${urn}:floor eq "7"`)).toEqual(["ana"]);
  });

  test("is read by its type once it is defined", async () => {
    await define(entra, {
      name: "badge",
      type: "string",
      caseExact: true,
      shownAs: "Badge number",
    });
    await define(entra, { name: "floor", type: "integer", description: "The storey of the desk." });
    await define(entra, { name: "remote", type: "boolean" });
    expect(await settled(entra)).toMatchObject({ reading: { state: "done", done: 4, total: 4 } });

    expect((await get(entra, ids["ana"]!))[urn]).toEqual({
      badge: "B-ana",
      floor: 7,
      remote: true,
    });
    const bo = await get(entra, ids["bo"]!);
    expect(bo[urn]).toEqual({ badge: "B-bo", floor: 40, remote: false });
    expect(bo.schemas).toEqual([core, urn]);
    // What does not fit stays as it was sent.
    expect((await get(entra, ids["chen"]!))[urn]).toMatchObject({ floor: "third", remote: false });
  });

  test("is filtered by its type, with every operator", async () => {
    expect(await found(entra, `${urn}:floor eq 7`)).toEqual(["ana"]);
    expect(await found(entra, `${urn}:floor eq "40"`)).toEqual(["bo"]);
    expect(await found(entra, `${urn}:floor gt 7`)).toEqual(["bo"]);
    expect(await found(entra, `${urn}:floor le 7 or floor ge 40`)).toEqual(["ana", "bo"]);
    expect(await found(entra, `${urn}:remote eq true`)).toEqual(["ana"]);
    expect(await found(entra, `not (${urn}:remote eq "False")`)).toEqual(["ana"]);
    expect(await found(entra, `${urn}:badge eq "b-ana"`)).toEqual([]);
    expect(await found(entra, `${urn}:badge sw "B-"`)).toEqual(["ana", "bo", "chen", "dia"]);
    expect(await found(entra, `${urn}:floor pr`)).toEqual(["ana", "bo", "chen"]);
    const wrong = await entra.send(
      "GET",
      `/Users?filter=${encodeURIComponent(`${urn}:floor eq "x"`)}`,
    );
    expect(wrong).toMatchObject({ status: 400, body: { scimType: "invalidFilter" } });
  });

  test("sorts numbers as numbers, through pages by cursor too", async () => {
    const names = ({ Resources }: Loose) =>
      Resources.map((user: Loose) => user.userName.split("@")[0]);
    const up = await list(entra, `sortBy=${urn}:floor`);
    expect(names(up).slice(0, 2)).toEqual(["ana", "bo"]);
    const down = await list(entra, `sortBy=${urn}:floor&sortOrder=descending`);
    expect(names(down).slice(2)).toEqual(["bo", "ana"]);
    const walked: string[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined;) {
      const page = await list(entra, `sortBy=${urn}:floor&count=1&cursor=${cursor}`);
      walked.push(...names(page));
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(names(up));
  });

  test("changes are in the ledger, with the definition as their cause", async () => {
    const rows = await muster.organisations.within(muster.administrator.orgId, async (tx) => {
      const sql = `select cause_sentence from ledger where subject_id = '${ids["ana"]}' and action = 'user.changed'`;
      return (await tx.executeSql(sql)).rows;
    });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toMatchObject({
      cause_sentence: expect.stringContaining("Dana Reyes defined the attribute"),
    });
  });
});

describe("a defined attribute", () => {
  test("is in /Schemas and /ResourceTypes of its connection only", async () => {
    const documents = async (connection: Connection) => ({
      schemas: (await connection.send("GET", "/Schemas")).body,
      types: (await connection.send("GET", "/ResourceTypes")).body,
    });
    const { schemas, types } = await documents(entra);
    const schema = schemas.Resources.find(({ id }: Loose) => id === urn);
    expect(schema).toMatchObject({ name: "contoso" });
    expect(
      schema.attributes.map(({ name, type, multiValued, caseExact }: Loose) => [
        name,
        type,
        multiValued,
        caseExact,
      ]),
    ).toEqual([
      ["badge", "string", false, true],
      ["floor", "integer", false, false],
      ["remote", "boolean", false, false],
    ]);
    expect(types.Resources[0].schemaExtensions).toContainEqual({ schema: urn, required: false });
    expect(types.Resources[1].schemaExtensions).toEqual([]);
    expect(JSON.stringify(await documents(okta))).not.toContain(urn);
  });

  test("is checked and coerced on POST, PUT and PATCH, in every form of path", async () => {
    const eve = await entra.createUser("eve@x.test", {
      [urn]: { floor: "12", remote: "false", shoe: 44 },
    });
    expect((await get(entra, eve))[urn]).toEqual({ floor: 12, remote: false, shoe: 44 });
    const patched = await entra.patch(
      `/Users/${eve}`,
      { op: "Replace", path: `${urn}:floor`, value: "13" },
      { op: "Add", path: urn, value: { badge: "E" } },
      { op: "Add", value: { [`${urn}:remote`]: "True", [urn]: { hat: "L" } } },
    );
    expect(patched.body[urn]).toEqual({ floor: 13, remote: true, shoe: 44, badge: "E", hat: "L" });
    expect(
      (await entra.patch(`/Users/${eve}`, { op: "remove", path: `${urn}:badge` })).body[urn],
    ).toEqual({
      floor: 13,
      remote: true,
      shoe: 44,
      hat: "L",
    });
    for (const value of ["high", 1.5, [1, 2]])
      expect(
        await entra.patch(`/Users/${eve}`, { op: "replace", path: `${urn}:floor`, value }),
      ).toMatchObject({
        status: 400,
        body: { scimType: "invalidValue", detail: expect.stringContaining("floor") },
      });
    const put = await entra.send("PUT", `/Users/${eve}`, {
      schemas: [core],
      userName: "eve@x.test",
      [urn]: { floor: "1" },
    });
    expect(put.body[urn]).toEqual({ floor: 1 });
    await entra.send("DELETE", `/Users/${eve}`);
  });

  test("can be chosen and hidden", async () => {
    const path = `/Users/${ids["ana"]}`;
    const chosen = await entra.send("GET", `${path}?attributes=${urn}:floor`);
    expect(chosen.body).toEqual({ schemas: [core, urn], id: ids["ana"], [urn]: { floor: 7 } });
    const hidden = await entra.send("GET", `${path}?excludedAttributes=${urn}:floor,${urn}:badge`);
    expect(hidden.body[urn]).toEqual({ remote: true });
    const searched = await entra.send("POST", "/Users/.search", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
      filter: `${urn}:floor eq 7`,
      attributes: [`${urn}:badge`],
    });
    expect(searched.body.Resources[0][urn]).toEqual({ badge: "B-ana" });
  });

  test("may be a list, a decimal, a time, a reference", async () => {
    await define(okta, { name: "tags", type: "string", multiValued: true });
    await define(okta, { name: "share", type: "decimal" });
    await define(okta, { name: "hired", type: "dateTime" });
    await define(okta, { name: "page", type: "reference" });
    const make = (name: string, extension: object) =>
      okta.createUser(`${name}@y.test`, { [urn]: extension });
    const fay = await make("fay", {
      tags: ["Red", "blue"],
      share: "0.5",
      hired: "2020-05-01T00:00:00Z",
      page: "https://x.test/A",
    });
    await make("gus", { tags: "red", share: 10, hired: "1999-05-01T00:00:00+02:00" });
    expect((await get(okta, fay))[urn]).toMatchObject({
      share: 0.5,
      hired: "2020-05-01T00:00:00Z",
    });
    expect(await found(okta, `${urn}:tags eq "RED"`)).toEqual(["fay", "gus"]);
    expect(await found(okta, `${urn}:tags[value eq "blue"]`)).toEqual(["fay"]);
    expect(await found(okta, `${urn}:share lt 9`)).toEqual(["fay"]);
    expect(await found(okta, `${urn}:hired eq "2020-05-01T02:00:00+02:00"`)).toEqual(["fay"]);
    expect(await found(okta, `${urn}:page eq "https://x.test/a"`)).toEqual([]);
    const order = (await list(okta, `sortBy=${urn}:hired`)).Resources.map(
      (user: Loose) => user.userName,
    );
    expect(order).toEqual(["gus@y.test", "fay@y.test"]);
    const shares = (await list(okta, `sortBy=${urn}:share`)).Resources.map(
      (user: Loose) => user.userName,
    );
    expect(shares).toEqual(["fay@y.test", "gus@y.test"]);
    const { body } = await okta.patch(`/Users/${fay}`, {
      op: "remove",
      path: `${urn}:tags[value eq "red"]`,
    });
    expect(body[urn].tags).toEqual(["blue"]);
  });

  test("means one thing here and another there, at the same time", async () => {
    await define(okta, { name: "floor", type: "string" });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => [
        entra.send("POST", "/Users", {
          schemas: [core],
          userName: `n${n}@z.test`,
          [urn]: { floor: String(n) },
        }),
        okta.send("POST", "/Users", {
          schemas: [core],
          userName: `n${n}@z.test`,
          [urn]: { floor: String(n) },
        }),
      ]).flat(),
    );
    expect(answers.map(({ body }) => body[urn].floor)).toEqual(
      Array.from({ length: 12 }, (_, n) => [n, String(n)]).flat(),
    );
  });
});

describe("definitions", () => {
  test("count on another node from the next request on", async () => {
    const node = await createApp(muster, pino({ level: "silent" }));
    const floorOf = async (name: string) => {
      const answer = await node.inject({
        method: "POST",
        url: `/scim/v2/${entra.connectionId}/Users`,
        headers: {
          authorization: `Bearer ${entra.token}`,
          "content-type": "application/scim+json",
        },
        payload: JSON.stringify({
          schemas: [core],
          userName: `${name}@n.test`,
          [urn]: { desk: "5" },
        }),
      });
      return answer.json()[urn].desk;
    };
    expect(await floorOf("one")).toBe("5");
    const { id } = await define(entra, { name: "desk", type: "integer" });
    expect(await floorOf("two")).toBe(5);
    await admin().patch(`${at(entra)}/${id}`, { type: "string" });
    expect(await floorOf("three")).toBe("5");
    // What stands when the definition goes stays as it is.
    await settled(entra);
    await admin().delete(`${at(entra)}/${id}`);
    expect(await floorOf("four")).toBe("5");
    await settled(entra);
    expect((await found(entra, `${urn}:desk eq "5"`)).length).toBe(4);
    await node.close();
  });

  test("can be taken back: values stay and are found as they stand", async () => {
    const { body } = await admin().get(at(entra));
    const floor = body.items.find(({ name }: Loose) => name === "floor");
    expect((await admin().delete(`${at(entra)}/${floor.id}`)).status).toBe(200);
    await settled(entra);
    expect((await get(entra, ids["ana"]!))[urn].floor).toBe(7);
    expect(await found(entra, `${urn}:floor eq 7 and ${urn}:badge pr`)).toEqual(["ana"]);
    expect((await admin().delete(`${at(entra)}/${floor.id}`)).status).toBe(404);
  });

  test("of SCIM's own URNs, twice, or without a proper name are refused", async () => {
    const post = (definition: object) =>
      admin().post(at(entra), { urn, name: "x", type: "string", ...definition });
    const enterprise = "urn:ietf:params:scim:schemas:extension:Enterprise:2.0:User";
    for (const own of [core, enterprise, "urn:ietf:params:scim:api:messages:2.0:PatchOp"])
      expect(await post({ urn: own })).toMatchObject({
        status: 400,
        body: { title: "That URN belongs to SCIM itself" },
      });
    for (const wrong of [
      { urn: "contoso" },
      { urn: `${urn}:` },
      { name: "a.b" },
      { name: "" },
      { type: "complex" },
      { shownAs: " " },
    ])
      expect((await post(wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await post({ name: "BADGE", urn: urn.toUpperCase() })).status).toBe(409);
    expect((await post({ urn: `${urn}:badge` })).status).toBe(409);
  });

  test("two made at once of one name are one", async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => admin().post(at(okta), { urn, name: "race", type: "string" })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  test("are seen and made by those who may", async () => {
    const own = { urn, name: "y", type: "string" };
    const one = `${at(entra)}/${entra.connectionId}`;
    expect((await muster.as(null).get(at(entra))).status).toBe(401);
    expect((await muster.as(editor).post(at(entra), own)).status).toBe(403);
    for (const status of [
      (await muster.as(stranger).get(at(entra))).status,
      (await muster.as(stranger).post(at(entra), own)).status,
      (await muster.as(stranger).patch(one, {})).status,
      (await muster.as(stranger).delete(one)).status,
      (await admin().delete(one)).status,
    ])
      expect(status).toBe(404);
  });
});

describe("what nobody has defined", () => {
  const shoes = "urn:ietf:params:scim:schemas:extension:shoes:2.0:User";
  const offersOf = async (
    connection: Connection,
    until: (offers: Loose[]) => boolean,
  ): Promise<Loose[]> => {
    for (;;) {
      const { body } = await admin().get(at(connection));
      const offers = body.offers.filter((offer: Loose) => offer.urn === shoes);
      if (until(offers)) return offers;
      await new Promise((done) => setTimeout(done, 30));
    }
  };
  const byName = (offers: Loose[]) =>
    Object.fromEntries(offers.map(({ name, ...offer }) => [name, offer]));
  const people: string[] = [];

  test("is offered with how many have it, examples, and what it seems to be", async () => {
    for (let n = 0; n < 5; n += 1)
      people.push(
        await okta.createUser(`shoe${n}@x.test`, {
          [shoes]: {
            size: String(40 + n),
            code: `00${n}`,
            tags: ["a"],
            secretWord: "plum",
            ...(n < 2 && { laced: "True" }),
            ...(n === 0 && { made: { by: "hand" } }),
          },
        }),
      );
    const offers = byName(await offersOf(okta, (all) => all.some(({ people }) => people === 5)));
    expect(offers).toMatchObject({
      size: { people: 5, guess: { type: "integer", multiValued: false } },
      code: { people: 5, guess: { type: "string", multiValued: false } },
      tags: { people: 5, guess: { type: "string", multiValued: true }, examples: ["a"] },
      laced: { people: 2, guess: { type: "boolean", multiValued: false }, examples: ["True"] },
      made: { people: 1, guess: null },
      secretWord: { examples: ["…"] },
    });
    expect(offers["size"].examples).toHaveLength(3);
  });

  test("is counted as people change and go", async () => {
    await okta.patch(`/Users/${people[0]}`, { op: "remove", path: `${shoes}:laced` });
    await okta.patch(`/Users/${people[4]}`, { op: "add", path: `${shoes}:laced`, value: "False" });
    await okta.patch(`/Users/${people[4]}`, { op: "add", path: `${shoes}:laced`, value: "True" });
    await okta.send("DELETE", `/Users/${people[1]}`);
    const offers = byName(
      await offersOf(
        okta,
        (all) => byName(all)["size"]?.people === 4 && byName(all)["laced"]?.people === 1,
      ),
    );
    expect(offers["laced"].examples.toSorted()).toEqual(["False", "True"]);
    // Who sends the same again changes nothing.
    await okta.patch(`/Users/${people[4]}`, { op: "replace", path: `${shoes}:size`, value: "44" });
    expect(byName(await offersOf(okta, () => true))["size"].people).toBe(4);
  });

  test("is no longer offered once it is defined, and again when that is taken back", async () => {
    const { id } = await define(okta, {
      urn: shoes,
      name: "size",
      type: "integer",
      shownAs: "Shoe size",
    });
    expect(byName(await offersOf(okta, () => true))["size"]).toBeUndefined();
    await settled(okta);
    const { body } = await admin().get("/accounts?search=shoe2");
    const account = await admin().get(`/accounts/${body.items[0].id}`);
    expect(account.body.identity.fields).toEqual([{ label: "Shoe size", value: "42" }]);
    await admin().patch(`${at(okta)}/${id}`, { shownAs: null });
    expect((await admin().get(`/accounts/${body.items[0].id}`)).body.identity.fields).toEqual([]);

    await admin().delete(`${at(okta)}/${id}`);
    await settled(okta);
    expect(byName(await offersOf(okta, () => true))).toMatchObject({
      size: { people: 4 },
      code: { people: 4 },
      laced: { people: 1 },
    });
  });

  test("is bounded in number", async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`n${n}`, n]));
    await okta.createUser("many@x.test", { [shoes]: many });
    await offersOf(okta, (all) => all.length > 100);
    const { body } = await admin().get(at(okta));
    expect(body.offers.length).toBeLessThanOrEqual(200);
  });
});
