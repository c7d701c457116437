import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], extra: object = {}) => ({
  test: {
    name,
    include,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes when a busy machine gets to it: how soon is no claim of ours.
    expect: { poll: { timeout: 20_000 } },
    ...extra,
  },
});

export default defineConfig({
  test: {
    projects: [
      project("architecture", ["server/test/architecture.test.ts"]),
      project("scim", ["scim/src/**/*.test.ts"]),
      project(
        "server",
        ["server/src/**/*.test.ts", "server/test/{catalogue,strip-types,hostile/*}.test.ts"],
        {
          globalSetup: ["server/test/support/postgres.ts"],
        },
      ),
      project("console", ["console/{src,test}/**/*.test.ts"]),
      project("emulator", ["entra-emulator/{src,test}/**/*.test.ts"]),
      project("bench", ["bench/src/**/*.test.ts"]),
      project("journeys", ["server/test/{journeys,fuzz}/**/*.test.ts"], { testTimeout: 180_000 }),
    ],
  },
});
