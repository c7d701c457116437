import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  generateDirectory,
  runTestConnection,
  tellChapter,
  type Directory,
} from "../../../entra-emulator/src/index.ts";
import type { Answered, Session } from "../support/api-client.ts";
import { countMisdecided } from "../support/application.ts";
import { createEntraTenant } from "../support/entra.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";
import { readMirror, requestScim, type ScimConnection } from "../support/scim-client.ts";

const seed = 11;
const chapters = 8;

/** What an administrator pastes behind the endpoint: it chooses Entra's dialect. */
const dialects = {
  "legacy, with a trailing slash": "/",
  "compliant, as its flag asks": "?aadOptscim062020",
};

let product: Product;
let dana: Session;
const mirrors = new Map<string, object>();

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
});

afterAll(async () => {
  await product?.stop();
  endProducts();
});

describe("people join, move, leave and return", () => {
  test.for(Object.entries(dialects))("%s", async ([name, ending]) => {
    const connection = await product.connect(dana, name);
    const pasted = { ...connection, endpoint: connection.endpoint + ending };
    const entra = createEntraTenant(pasted, generateDirectory(200, seed));
    const events: string[] = [];

    expect(await entra.sync()).toMatchObject({ kind: "initial", failures: [] });
    expect(await entra.sync()).toMatchObject({ kind: "incremental", writes: 0 });
    for (let chapter = 0; chapter < chapters; chapter += 1) {
      entra.change((directory) => {
        const told = tellChapter(directory, seed, chapter);
        events.push(...told.events.map(({ kind }) => kind));
        return told.directory;
      });
      const report = await entra.sync();
      expect(report).toMatchObject({ outcome: "completed", failures: [] });
      expect(report.writes).toBeGreaterThan(0);
    }
    expect(new Set(events)).toEqual(new Set(["joined", "moved", "left", "returned"]));
    expect(await entra.sync()).toMatchObject({ writes: 0 });

    // Looked at anew, as after "Restart provisioning", nothing is found that differs.
    const afresh = createEntraTenant(pasted, entra.directory());
    const { counts, failures } = await afresh.sync();
    expect({ ...counts, failures }).toMatchObject({
      created: 0,
      updated: 0,
      disabled: 0,
      membersAdded: 0,
      managersSet: 0,
      failures: [],
    });
    expect(await countMisdecided(dana, connection.id)).toBe(0);
    mirrors.set(name, await readNamed(connection, entra.directory()));
  });

  test("every dialect led to the same people and groups", () => {
    const [[, first] = [], ...others] = [...mirrors];
    expect(Object.keys(first as object).length).toBeGreaterThan(200);
    expect(others).toHaveLength(Object.keys(dialects).length - 1);
    for (const [name, mirror] of others) expect(mirror, name).toEqual(first);
  });
});

test.for(["", "/", "?aadOptscim062020", "/?aadOptscim062020", "?AzureAdScimPatch2017"])(
  "Test Connection succeeds with %j behind the endpoint",
  async (ending) => {
    const { endpoint, token } = await product.connect(dana, `Ending ${ending}`);

    const result = await runTestConnection({ url: endpoint + ending, token });

    expect(result).toMatchObject({ isSuccessful: true });
  },
);

test.for([
  ["/Users/?filter=%s", 'userName eq "nobody@contoso.test"'],
  ["//Users?filter=%s", 'userName eq "nobody@contoso.test"'],
  ["/Users?aadOptscim062020&filter=%s", 'userName eq "nobody@contoso.test"'],
  ["/Users/?aadOptscim062020=&filter=%s", 'userName eq "nobody@contoso.test"'],
  ["/Groups/?excludedAttributes=members&filter=%s", 'displayName eq "None"'],
] as const)("the address %s is understood", async ([address, filter]) => {
  const connection = await product.connect(dana, address);
  const path = address.replace("%s", new URLSearchParams({ filter }).toString().slice(7));

  const { status, body } = await requestScim(connection, { path });

  expect({ status, body }).toMatchObject({ status: 200, body: { totalResults: 0 } });
});

/** All resources of a mirror, whole but for `meta`, under names instead of ids. */
const readNamed = async (
  connection: ScimConnection,
  directory: Directory,
): Promise<Record<string, object>> => {
  const users = await readMirror(connection, "Users");
  const groups = await readMirror(connection, "Groups");
  expect(users).toHaveLength(directory.users.length);
  const names = new Map<string, string>([
    ...users.map(({ id, userName }): [string, string] => [id, userName]),
    ...groups.map(({ id, displayName }): [string, string] => [id, displayName]),
  ]);
  const named = (resource: Answered["body"]) => {
    const { meta: _, ...rest } = resource;
    const text = JSON.stringify(rest)
      .replaceAll(connection.endpoint, "")
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? id);
    const parsed = JSON.parse(text);
    for (const list of ["members", "groups"])
      parsed[list]?.sort((a: Valued, b: Valued) => (a.value < b.value ? -1 : 1));
    return parsed;
  };
  return Object.fromEntries([...users, ...groups].map((one) => [names.get(one.id), named(one)]));
};

type Valued = { readonly value: string };
