import { assert, base64String, oneof, property, string, tuple, uint8Array } from "fast-check";
import { v7 } from "uuid";
import { expect, test } from "vitest";
import { asOrgId } from "#tenancy";
import { newSecretOf, readSecret } from "./secret.ts";

test("a secret says whose it is, and is found by its hash alone", () => {
  const orgId = asOrgId(v7());
  const { text, hash } = newSecretOf(orgId);
  expect(readSecret(text)).toEqual({ orgId, hash });
  expect(text).not.toContain(hash.toString("base64url"));
});

const bytes = (length: number) => uint8Array({ minLength: length, maxLength: length });

const shapedLikeOurs = tuple(bytes(16), bytes(32)).map((parts) =>
  parts.map((part) => Buffer.from(part).toString("base64url")).join("."),
);

test("whatever text a browser sends is looked up in an organisation, or not at all", () => {
  const isHarmless = (text: string) => {
    const { orgId } = readSecret(text) ?? {};
    return orgId === undefined || asOrgId(orgId) === orgId;
  };
  const anyText = oneof(string(), base64String(), shapedLikeOurs);
  expect(() => assert(property(anyText, isHarmless))).not.toThrow();
});
