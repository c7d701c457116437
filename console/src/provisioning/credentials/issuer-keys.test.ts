import { describe, expect, test } from "vitest";
import { entraKeysOf, readKeys } from "./issuer-keys.ts";

describe("what was pasted for keys", () => {
  test.each([
    [" https://issuer.example/keys\n", { keysUrl: "https://issuer.example/keys" }],
    ['{"keys": [{"kty": "RSA"}]}', { keys: { keys: [{ kty: "RSA" }] } }],
    ['{"kty": "RSA"}', undefined],
    ['{"keys": [', undefined],
    ["issuer.example", undefined],
    ["", undefined],
  ])("%j is read as %j", (text, read) => {
    expect(readKeys(text)).toEqual(read);
  });
});

test("the keys of Entra are known by its issuer, those of others are not", () => {
  expect(entraKeysOf("https://login.microsoftonline.com/5c0e/v2.0")).toBe(
    "https://login.microsoftonline.com/5c0e/discovery/v2.0/keys",
  );
  expect(entraKeysOf("https://login.microsoftonline.com/5c0e/v2.0/x")).toBe("");
  expect(entraKeysOf("https://issuer.example/v2.0")).toBe("");
});
