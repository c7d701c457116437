import { isIPv4, isIPv6 } from "node:net";

/**
 * Who is behind a remote address. What is no address (a forged X-Forwarded-For, say) is one subscriber altogether; an
 * IPv4 address as a socket for both kinds shows it (`::ffff:192.0.2.1`) is one like any other IPv4 address.
 */
export const subscriberAt = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, "");
  if (isIPv4(plain)) return plain;
  return isIPv6(plain) ? networkOf(plain) : "unknown";
};

/** The first 64 bits of an IPv6 address: one subscriber has all the rest. */
const networkOf = (address: string): string => {
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const gap =
    tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...gap, ...after].slice(0, 4).join(":");
};
