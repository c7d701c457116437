import { hash } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { messageOf } from "../../test/support/message.ts";
import { hashPassword, nobodysHash, requireGoodPassword, verifyPassword } from "./password.ts";

const email = "dana.reyes@contoso.test";

const cases: { password: string; refusal: RegExp | undefined; because: string }[] = [
  { password: "elevenchars", refusal: /at least 12/, because: "too short" },
  { password: "twelve chars", refusal: undefined, because: "long enough" },
  { password: "üüüüüüüüüüüü", refusal: undefined, because: "characters count, not bytes" },
  {
    password: "🔑🔑🔑🔑🔑🔑",
    refusal: /at least 12/,
    because: "characters count, not UTF-16 units",
  },
  { password: "x".repeat(256), refusal: undefined, because: "as long as can be" },
  { password: "x".repeat(257), refusal: /at most 256/, because: "too long" },
  {
    password: "Dana.Reyes@contoso.test",
    refusal: /e-mail/,
    because: "the address in other letters",
  },
  { password: "Password1234", refusal: /anybody would try/, because: "common in other letters" },
];

describe("a password", () => {
  test.each(cases)("$because: $refusal", ({ password, refusal }) => {
    const message = messageOf(() => requireGoodPassword(password, email, "next"));
    expect(message).toMatch(refusal ?? /^$/);
  });

  test("that is refused says which field", () => {
    expect(() => requireGoodPassword("short", email, "next")).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path: "next" })] }),
    );
  });

  test("is the same from a keyboard that composes its characters otherwise", async () => {
    const stored = await hashPassword("pa\u0301ssword de ana");
    expect(await verifyPassword(stored, "p\u00e1ssword de ana")).toBe(true);
    expect(await verifyPassword(stored, "password de ana")).toBe(false);
  });
});

describe("an unknown address", () => {
  test("has a password checked that costs what everybody's costs", async () => {
    const parameters = (text: string) => text.split("$").slice(1, 4).join("$");
    expect(parameters(nobodysHash)).toBe("argon2id$v=19$m=19456,t=2,p=1");
    expect(parameters(await hashPassword("any other password"))).toBe(parameters(nobodysHash));
    expect(parameters(await hash("cheap", { memoryCost: 1024 }))).not.toBe(parameters(nobodysHash));
  });

  test("is let in by no password, not even the one behind that check", async () => {
    expect(await verifyPassword(undefined, "nobody has this password")).toBe(false);
  });
});
