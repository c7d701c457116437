import { afterEach, beforeEach, expect, test } from "vitest";
import { loadDirectory, provisionOnDemand } from "../src/index.ts";
import type { OnDemandTrace } from "../src/index.ts";
import { startStrictServer } from "./strict-server.ts";
import type { StrictServer } from "./strict-server.ts";

let server: StrictServer;
beforeEach(async () => {
  server = await startStrictServer();
});
afterEach(() => server.close());

const provision = async (
  subject: string,
  more: { url?: string; members?: readonly string[] } = {},
): Promise<OnDemandTrace> => {
  const { url = server.url, ...rest } = more;
  const directory = await loadDirectory();
  return provisionOnDemand({
    connection: { url, token: server.token },
    directory,
    subject,
    ...rest,
  });
};

test("a user takes five steps, and the wire sees probe, match, write", async () => {
  const trace = await provision("Ana Ito");
  expect(trace.action).toBe("Create");
  expect(trace.provisioningSteps.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "TestConnection success",
    "EntryImport success",
    "EntrySynchronizationScoping success",
    "EntryMatching success",
    "EntryExport success",
  ]);
  expect(server.requests.map(({ method }) => method)).toEqual(["GET", "GET", "POST"]);
  expect((await provision("ana.ito@contoso.test")).action).toBe("Skip");
});

test("a group brings five members along, or those named", async () => {
  expect((await provision("All Employees")).action).toBe("Create");
  expect(server.users.size).toBe(5);
  expect([...server.groups.values()][0]?.["members"]).toHaveLength(5);
  await provision("IT Asset Admins", { members: ["Ravi Menon"] });
  expect(server.users.size).toBe(6);
  await expect(
    provision("All Employees", { members: ["1", "2", "3", "4", "5", "6"] }),
  ).rejects.toThrow("at most 5");
});

test("it speaks the legacy dialect whatever the flag says", async () => {
  await provision("Ana Ito");
  for (const user of server.users.values()) user["title"] = "Changed";
  await provision("Ana Ito", { url: `${server.url}?aadOptscim062020` });
  expect(server.requests.at(-1)?.body?.Operations).toEqual([
    { op: "Replace", path: "title", value: "Analyst" },
  ]);
});

test("two people of one name are told apart", async () => {
  await expect(provision("Maria Silva")).rejects.toThrow("2 people");
  await expect(provision("Nobody")).rejects.toThrow("Nobody in the directory");
});

test("who has no mail is skipped, and says why", async () => {
  const trace = await provision("Paulo Mendes");
  expect(trace.action).toBe("Skip");
  expect(JSON.stringify(trace)).toContain("the source attribute for userName is empty");
});
