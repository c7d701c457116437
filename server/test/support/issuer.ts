import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";

type Key = { readonly kid: string; readonly privateKey: CryptoKey; readonly jwk: JWK };

const makeKey = async (kid: string): Promise<Key> => {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: "sig" } };
};

/** An issuer of assertions on this machine, which publishes its keys by plain http. */
export const startIssuer = async () => {
  let keys: Key[] = [await makeKey("first")];
  let fetches = 0;
  const publish = (response: ServerResponse): void => {
    response.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
  };
  let answer = publish;
  const server: Server = createServer((_request, response) => {
    fetches += 1;
    answer(response);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    host,
    issuer: `http://${host}/v2.0`,
    keysUrl: `http://${host}/keys`,
    jwks: () => ({ keys: keys.map(({ jwk }) => jwk) }),
    fetches: () => fetches,
    /** Signs with its newest key, if not told otherwise. */
    sign: (claims: Record<string, unknown>, header: Record<string, unknown> = {}, key = keys[0]!) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: key.kid, ...header })
        .sign(key.privateKey),
    /** Has a further key, and signs with that from now on. */
    addKey: async (kid: string) => {
      keys = [await makeKey(kid), ...keys];
    },
    makeKey,
    /** Answers otherwise than with its keys; as it did, when told nothing. */
    answerWith: (otherwise?: (response: ServerResponse) => void) => {
      answer = otherwise ?? publish;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
