import { expect, inject, it } from "vitest";
import { urlOfCopy } from "../../test/support/copies.ts";
import { asOwner } from "./owner.ts";

const connect = (url: string) => asOwner(url, (client) => client.query("select 1 as one"));

it("runs the work and gives its result", async () => {
  expect((await connect(inject("postgres").url)).rows).toEqual([{ one: 1 }]);
});

it.each([
  ["no address at all", "muster", "DATABASE_URL is not an address such as postgres://"],
  [
    "another database's address",
    "mysql://localhost/muster",
    "DATABASE_URL is not an address such as postgres://",
  ],
  ["a server that is not there", "postgres://u:secret@localhost:1/muster", "ECONNREFUSED"],
  [
    "a socket that is not there",
    "postgres://u@localhost/muster?host=/nowhere",
    "PostgreSQL at /nowhere/muster cannot be used",
  ],
  [
    "a database that is not there",
    urlOfCopy(inject("postgres").url, "nowhere"),
    'database "nowhere" does not exist',
  ],
])("says what is wrong with %s, and no password", async (_, url, sentence) => {
  const failure = await connect(url).catch((error: Error) => error.message);
  expect(failure).toContain(sentence);
  expect(failure).not.toContain("secret");
});
