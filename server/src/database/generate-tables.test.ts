import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../../test/support/database.ts";
import { describeTables, tablesFile } from "./generate-tables.ts";
import type { Database } from "./open.ts";

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it("is run after every new migration (node server/src/database/generate-tables.ts)", async () => {
  expect(await readFile(tablesFile, "utf8")).toBe(await describeTables(database.ownerUrl));
});

it("ends in peace when the server stops while its connection is being closed", async () => {
  const { host, port } = new Client({ connectionString: database.ownerUrl });
  let stops = 0;
  const stopping = createServer((client) => {
    const isSocket = host.startsWith("/");
    const upstream = connect(isSocket ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
    upstream.pipe(client);
    client.on("data", (message) => {
      if (!message.equals(farewell)) return void upstream.write(message);
      stops += 1;
      upstream.unpipe(client).destroy();
      client.end(shuttingDown);
    });
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
  });
  await once(stopping.listen(0, "127.0.0.1"), "listening");
  const url = new URL(database.ownerUrl);
  url.searchParams.delete("port");
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String((stopping.address() as AddressInfo).port);
  // What nobody listens to fails the run.
  await describeTables(url.href);
  await new Promise((closed) => stopping.close(closed));
  expect(stops).toBe(1);
});

/** With which a client ends a connection ("X"). */
const farewell = Buffer.from([0x58, 0, 0, 0, 4]);

/** An error as the server sends it to whoever is idle when it stops. */
const shuttingDown = (() => {
  const fields = Buffer.from("SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0");
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
})();
