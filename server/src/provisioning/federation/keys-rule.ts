import { BlockList, isIP } from "node:net";

/** What the keys of an issuer may be fetched from. */
export type KeysRule = {
  /** Gives what is wrong with an address of keys, as a sentence; undefined when nothing is. */
  refusal(url: string): string | undefined;
  /** Whether the host of an address may be at this IP address. */
  mayBeAt(url: URL, address: string): boolean;
};

/**
 * An administrator of any organisation says where keys are, and the server goes there: so it goes to the public Internet
 * only, by https. The hosts that the operator named may be in their own network, and one on this machine may be asked by
 * plain http.
 */
export const keysRule = (privateHosts: readonly string[]): KeysRule => {
  const isNamed = (url: URL) => privateHosts.includes(url.host.toLowerCase());
  const mayBeAt = (url: URL, address: string) => isNamed(url) || isPublic(address);
  return {
    mayBeAt,
    refusal: (text) => {
      if (!URL.canParse(text)) return "That is no address.";
      const url = new URL(text);
      const address = hostAddress(url);
      const isHere =
        /(^|\.)localhost$/.test(url.hostname) || (address !== undefined && isLoopback(address));
      if (url.protocol !== "https:" && !(url.protocol === "http:" && isHere && isNamed(url)))
        return "Give an address that begins with https://.";
      if (url.username !== "" || url.password !== "")
        return "Give an address without a user name or password in it.";
      if (url.hostname.endsWith("."))
        return "Give an address without a dot at the end of its host.";
      if (isHere && !isNamed(url)) return inPrivate;
      return address === undefined || mayBeAt(url, address) ? undefined : inPrivate;
    },
  };
};

export const inPrivate =
  "That address is in a private network. Whoever runs Muster can allow its host with MUSTER_PRIVATE_ISSUERS.";

/** The IP address that is the host itself. */
const hostAddress = ({ hostname }: URL): string | undefined => {
  const plain = hostname.replace(/^\[|\]$/g, "");
  return isIP(plain) === 0 ? undefined : plain;
};

const listOf = (type: "ipv4" | "ipv6", networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), type);
  }
  return list;
};

/** What is not of the public Internet (IANA's registry of special-purpose addresses). */
const special = listOf("ipv4", [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
]);
/** All of it that is given out; the rest, and what holds an IPv4 address within it, is no way to a public issuer. */
const global6 = listOf("ipv6", ["2000::/3"]);
const special6 = listOf("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

const isPublic = (address: string): boolean =>
  isIP(address) === 4
    ? !special.check(address, "ipv4")
    : isIP(address) === 6 && global6.check(address, "ipv6") && !special6.check(address, "ipv6");

const loopback = listOf("ipv4", ["127.0.0.0/8"]);
const isLoopback = (address: string): boolean =>
  address === "::1" || (isIP(address) === 4 && loopback.check(address, "ipv4"));
