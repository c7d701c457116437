import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runConformance } from "../../../entra-emulator/src/index.ts";
import type { Session } from "../support/api-client.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";

/*
 * Entra signs in as an OAuth client instead of with a secret token, as gallery applications have to.
 */

type Client = {
  readonly clientId: string;
  readonly tokenEndpoint: string;
  readonly secret: string;
};

let product: Product;
let session: Session;
let connection: { id: string; endpoint: string; token: string };
let folder: string;

beforeAll(async () => {
  product = await startProduct();
  session = await product.signIn();
  connection = await product.connect(session);
  folder = await mkdtemp(join(tmpdir(), "muster-oauth-"));
});
afterAll(async () => {
  await product?.stop();
  endProducts();
  await rm(folder, { recursive: true });
});

const secrets = () => `/connections/${connection.id}/client-secrets`;
const makeSecret = async (): Promise<Client & { id: string }> => {
  const { status, body } = await session.post(secrets(), {
    label: "Entra",
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return { ...body, id: body.item.id };
};

const emulate = (command: string, client: Client, ...more: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const signIn = `--token-endpoint ${client.tokenEndpoint} --client-id ${client.clientId} --client-secret ${client.secret}`;
    const args = [command, "--url", connection.endpoint, ...signIn.split(" "), ...more];
    execFile(
      process.execPath,
      ["entra-emulator/bin/entra-emulator.js", ...args],
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr });
      },
    );
  });

test("an OAuth client provisions, wherever it sends its secret, until the secret is revoked", async () => {
  const client = await makeSecret();
  const sync = (sentIn: string) =>
    emulate("sync", client, "--send-credentials", sentIn, "--state", join(folder, "state.json"));
  const initial = await sync("header");
  expect(initial).toMatchObject({ code: 0, said: expect.stringContaining("66 created") });
  for (const sentIn of ["body", "both"])
    expect(await sync(sentIn)).toMatchObject({
      code: 0,
      said: expect.stringContaining("nothing to do"),
    });
  expect(await emulate("test", { ...client, secret: "msc_wrong" })).toMatchObject({
    code: 2,
    said: expect.stringContaining("invalid_client"),
  });
  expect((await session.delete(`${secrets()}/${client.id}`)).status).toBe(204);
  const after = await sync("header");
  expect(after).toMatchObject({ code: 2, said: expect.stringContaining("revoked") });
});

test("the conformance run passes with access tokens", async () => {
  connection = await product.connect(session, "For the validators");
  const { clientId, tokenEndpoint, secret: clientSecret } = await makeSecret();
  const client = { clientId, tokenEndpoint, clientSecret, sentIn: "both" } as const;
  const { results } = await runConformance({ url: connection.endpoint, client });
  expect(results.length).toBeGreaterThanOrEqual(47);
  expect(results.filter(({ isPassed }) => !isPassed)).toEqual([]);
});
