import { pino } from "pino";
import { expect, test } from "vitest";
import { messageOf } from "../../test/support/message.ts";
import { createHttpServer } from "#http";
import type { Access } from "./access.ts";
import { requireSession } from "./require-session.ts";

const declaring = async (config: { permission?: string; public?: boolean }) => {
  const app = createHttpServer({ logger: pino({ level: "silent" }), isHttps: false });
  requireSession(app, {
    permissions: ["assets:view"],
    url: "http://localhost",
  } as unknown as Access);
  return () => app.get("/things", { config }, () => "things");
};

const cases = [
  { config: {}, fits: false, because: "neither public nor guarded" },
  {
    config: { permission: "assets:veiw" },
    fits: false,
    because: "a permission that no module declares",
  },
  { config: { permission: "assets:view", public: true }, fits: false, because: "both at once" },
  { config: { permission: "assets:view" }, fits: true, because: "guarded" },
  { config: { permission: "session" }, fits: true, because: "for whoever is signed in" },
  { config: { public: true }, fits: true, because: "public" },
];

test.each(cases)("a route that is $because: can be registered $fits", async ({ config, fits }) => {
  const register = await declaring(config);
  expect(messageOf(register)).toMatch(fits ? /^$/ : /^GET \/things must carry either/);
});
