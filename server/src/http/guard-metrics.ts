import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import type { FastifyRequest } from "fastify";
import { forbidden, unauthorized } from "./errors.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Lets whoever has the operator's token read the metrics; without one, whoever asks from this machine.
 * @throws HttpError 401 or 403 saying what to set
 */
export const guardMetrics = (
  { headers, ip }: Pick<FastifyRequest, "headers" | "ip">,
  token: string | undefined,
): void => {
  if (token === undefined) {
    if (isLoopback(ip)) return;
    throw forbidden(
      "Metrics are for this machine only",
      "To read them from another one, set MUSTER_METRICS_TOKEN where Muster runs and send it as a bearer token.",
    );
  }
  const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  if (!timingSafeEqual(digest(given), digest(token)))
    throw unauthorized(
      "That is not the metrics token",
      "Send the value of MUSTER_METRICS_TOKEN as a bearer token: Authorization: Bearer ….",
    );
};

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const isLoopback = (ip: string): boolean => {
  const plain = ip.replace(/^::ffff:/i, "");
  return loopback.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
};
