import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../test/support/app.ts";
import { explain } from "../../test/support/explain.ts";
import { insertManyPeople } from "../../test/support/many-people.ts";
import { createTestConnection } from "../../test/support/scim.ts";
import { statement } from "#database";
import { lastLeaverWith, onlyPersonWith } from "#directory";
import { newId, type Transaction } from "#tenancy";
import { selectRehires } from "./store.ts";

const people = 6000;
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let product: TestApp;
let connectionId: string;
beforeAll(async () => {
  product = await createTestApp();
  ({ connectionId } = await createTestConnection(product));
  await insertManyPeople(
    product,
    connectionId,
    Array.from({ length: people }, (_, index) => ({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: `person.${index}@contoso.test`,
      [enterprise]: { employeeNumber: `N${index}` },
    })),
  );
});
afterAll(() => product.close());

const within = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  product.organisations.within(product.administrator.orgId, work);

test("whoever has an employee number is found by index, whether they left or are here", async () => {
  for (const find of [lastLeaverWith, onlyPersonWith]) {
    const plan = await within((tx) =>
      explain(
        tx,
        statement(
          sql`select id from ${find(tx, { connectionId, employeeNumber: "N7", exceptId: newId() })} one`,
        ),
      ),
    );
    expect(plan).not.toContain("Seq Scan directory_users");
    expect(plan.join("\n")).toMatch(/directory_users_(former_)?employee/);
  }
});

test("the list of returns is walked by index", async () => {
  const plan = await within((tx) =>
    explain(tx, selectRehires(tx, { state: "suggested" }, { before: newId(), limit: 51 })),
  );
  expect(plan).not.toContain("Seq Scan directory_users");
});
