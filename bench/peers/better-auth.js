// better-auth with its SCIM plugin on PostgreSQL, its tables made by its own migrations.
import { createServer } from "node:http";
import { scim } from "@better-auth/scim";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import pg from "pg";

const token = "a-token-of-the-benchmark-0123456789abcdef";
const server = createServer();
await new Promise((resolve) => {
  server.listen(0, "127.0.0.1", resolve);
});
const address = `http://127.0.0.1:${server.address().port}`;
const options = {
  baseURL: address,
  secret: "a secret of the benchmark, 0123456789",
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  plugins: [
    scim({ connections: [{ id: "bench", credentials: [{ type: "bearer", id: "bench", token }] }] }),
  ],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
const handle = toNodeHandler(betterAuth(options));
server.on("request", (request, response) => void handle(request, response));
console.log(`ready at ${address}/api/auth/scim/v2 ${token}`);
process.once("SIGTERM", () => process.exit(0));
