import { expect, test } from "vitest";
import { createLogger } from "../logger.ts";
import { createHttpServer } from "./server.ts";

const ipSeen = async (trustedProxies: string[] | undefined, remoteAddress: string) => {
  const app = createHttpServer({
    logger: createLogger("silent"),
    isHttps: false,
    ...(trustedProxies && { trustedProxies }),
  });
  app.get("/ip", ({ ip }) => ({ ip }));
  const headers = { "x-forwarded-for": "203.0.113.9" };
  const { body } = await app.inject({ url: "/ip", remoteAddress, headers });
  await app.close();
  return JSON.parse(body).ip;
};

test("X-Forwarded-For is believed of trusted proxies, and of nobody else", async () => {
  expect(await ipSeen(undefined, "127.0.0.1")).toBe("203.0.113.9");
  expect(await ipSeen(undefined, "10.0.0.5")).toBe("10.0.0.5");
  expect(await ipSeen(["10.0.0.0/8"], "10.0.0.5")).toBe("203.0.113.9");
  expect(await ipSeen(["10.0.0.0/8"], "127.0.0.1")).toBe("127.0.0.1");
  expect(await ipSeen([], "127.0.0.1")).toBe("127.0.0.1");
});
