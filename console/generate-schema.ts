import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateApi } from "swagger-typescript-api";

const folder = import.meta.dirname;
const file = "schema.generated.ts";

/** The API's types, from the description that the server commits. */
const generateSchema = async (output: string): Promise<void> => {
  await generateApi({
    input: join(folder, "../server/openapi.json"),
    output,
    fileName: file,
    generateClient: false,
    generateRouteTypes: true,
    silent: true,
  });
};

/** What `generateSchema` would write now. */
export const readFreshSchema = async (): Promise<string> => {
  const output = await mkdtemp(join(tmpdir(), "muster-schema-"));
  try {
    await generateSchema(output);
    return await readFile(join(output, file), "utf8");
  } finally {
    await rm(output, { recursive: true, force: true });
  }
};

if (import.meta.main) await generateSchema(join(folder, "src/api"));
