import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";

describe("MUSTER_PRIVATE_ISSUERS", () => {
  test.each<[string | undefined, string[]]>([
    [undefined, []],
    [
      " Login.corp.example, 10.0.0.7:8443,[::1]:9",
      ["login.corp.example", "10.0.0.7:8443", "[::1]:9"],
    ],
  ])("%j names %j", (given, hosts) => {
    expect(readConfig({ MUSTER_PRIVATE_ISSUERS: given }).privateIssuers).toEqual(hosts);
  });

  test.each(["https://login.corp.example", "10.0.0.0/8", "a b", "me@host"])(
    "%j is refused",
    (given) => {
      expect(() => readConfig({ MUSTER_PRIVATE_ISSUERS: given })).toThrow(/give hosts/);
    },
  );
});

describe("MUSTER_TRUST_PROXY", () => {
  test.each<[string | undefined, string[]]>([
    [undefined, ["loopback"]],
    ["none", []],
    ["10.0.0.5", ["10.0.0.5"]],
    ["10.0.0.0/8, 2001:db8::/32,loopback", ["10.0.0.0/8", "2001:db8::/32", "loopback"]],
  ])("%j trusts %j", (given, trusted) => {
    expect(readConfig({ MUSTER_TRUST_PROXY: given }).trustedProxies).toEqual(trusted);
  });

  test.each(["true", "proxy.internal", "10.0.0.0/33", "10.0.0.5,", "2001:db8::/129", "1.2.3.4/x"])(
    "%j is refused with a sentence",
    (given) => {
      expect(() => readConfig({ MUSTER_TRUST_PROXY: given })).toThrow(/give the addresses/);
    },
  );
});
