import { describe, expect, test } from "vitest";
import { keysRule } from "./keys-rule.ts";

const strict = keysRule([]);
const named = keysRule(["127.0.0.1:9000", "login.corp.example", "10.0.0.7:8443", "[::1]:9"]);

describe("an address of keys", () => {
  test.each([
    "https://login.microsoftonline.com/5c0e/discovery/v2.0/keys",
    "https://issuer.example:8443/keys",
    "https://20.190.128.1/keys",
    "https://[2606:4700::1]/keys",
  ])("%s is fine", (url) => {
    expect(strict.refusal(url)).toBeUndefined();
  });

  test.each([
    "http://issuer.example/keys",
    "http://127.0.0.1:9000/keys",
    "file:///etc/passwd",
    "ftp://issuer.example/keys",
    "https://user@issuer.example/keys",
    "https://user:secret@issuer.example/keys",
    "https://localhost/keys",
    "https://localhost./keys",
    "https://LOCALHOST./keys",
    "https://keys.localhost/keys",
    "https://issuer.example./keys",
    "https://127.0.0.1./keys",
    "https://127.0.0.1/keys",
    "https://127.1/keys",
    "https://0x7f000001/keys",
    "https://2130706433/keys",
    "https://0.0.0.0/keys",
    "https://10.0.0.7:8443/keys",
    "https://172.20.0.1/keys",
    "https://192.168.1.1/keys",
    "https://169.254.169.254/latest/meta-data",
    "https://100.100.100.200/keys",
    "https://[::1]/keys",
    "https://[::]/keys",
    "https://[::ffff:127.0.0.1]/keys",
    "https://[64:ff9b::7f00:1]/keys",
    "https://[2002:7f00:1::]/keys",
    "https://[fd00::1]/keys",
    "https://[fe80::1]/keys",
    "nonsense",
    "",
  ])("%s is refused with a sentence", (url) => {
    expect(strict.refusal(url)).toMatch(/\.$/);
  });

  test("of a host that the operator named may be private, and by http on this machine only", () => {
    for (const url of [
      "http://127.0.0.1:9000/keys",
      "http://[::1]:9/keys",
      "https://10.0.0.7:8443/keys",
      "https://LOGIN.corp.example/keys",
    ])
      expect(named.refusal(url), url).toBeUndefined();
    for (const url of [
      "http://127.0.0.1:9001/keys",
      "https://127.0.0.1/keys",
      "http://10.0.0.7:8443/keys",
      "http://login.corp.example/keys",
      "https://10.0.0.7/keys",
    ])
      expect(named.refusal(url), url).toMatch(/\.$/);
  });

  test("is judged again by where its name leads", () => {
    const url = new URL("https://issuer.example/keys");
    expect(strict.mayBeAt(url, "20.190.128.1")).toBe(true);
    expect(strict.mayBeAt(url, "10.1.2.3")).toBe(false);
    expect(strict.mayBeAt(url, "::ffff:20.190.128.1")).toBe(false);
    expect(named.mayBeAt(new URL("https://login.corp.example/"), "10.1.2.3")).toBe(true);
  });
});
