import { lookup } from "node:dns";
import { request as requestByHttp, type IncomingMessage } from "node:http";
import { request as requestByHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { inPrivate, type KeysRule } from "./keys-rule.ts";

const mostBytes = 256 * 1024;

/** Why the keys of an issuer could not be had: a sentence for the administrator. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/**
 * Gets a document from an issuer: nothing but a 200 of modest size from an address that the rule allows, redirects not
 * followed. The rule is asked about the very IP address that is connected to, so that a name cannot lead elsewhere
 * after it was checked.
 * @throws KeysUnavailable
 */
export const fetchKeys = async (
  url: URL,
  rule: KeysRule,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> => {
  const refusal = rule.refusal(url.href);
  if (refusal !== undefined) throw new KeysUnavailable(refusal);
  try {
    const answer = await ask(url, rule, signal);
    if (answer.statusCode !== 200)
      throw new KeysUnavailable(`It answered ${answer.statusCode} instead of 200.`);
    return new Uint8Array(await readModest(answer));
  } catch (error) {
    if (error instanceof KeysUnavailable) throw error;
    if (signal.aborted) throw new KeysUnavailable("It did not answer in time.");
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new KeysUnavailable(`It cannot be reached${code && ` (${code})`}.`);
  }
};

const ask = (url: URL, rule: KeysRule, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? requestByHttps : requestByHttp;
    const headers = { accept: "application/jwk-set+json, application/json" };
    request(url, { headers, signal, agent: false, lookup: lookUpFor(url, rule) }, resolve)
      .on("error", reject)
      .end();
  });

/** Finds the addresses of a name; asked for no host that is an address itself, which the rule has seen. */
const lookUpFor =
  (url: URL, rule: KeysRule): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error !== null || first === undefined) return done(error ?? new Error("no address"), "");
      if (!found.every(({ address }) => rule.mayBeAt(url, address)))
        return done(new KeysUnavailable(inPrivate), "");
      return options.all === true ? done(null, found) : done(null, first.address, first.family);
    });
  };

const readModest = async (answer: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) {
      answer.destroy();
      throw new KeysUnavailable(`It sent more than ${mostBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
