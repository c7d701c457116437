/** The programmatic face: what tests and the demo use to drive an emulated Entra tenant. */

import { prepareMappings } from "./mapping/load.ts";
import { presets } from "./mapping/presets.ts";
import type { MappingTable } from "./mapping/model.ts";
import { openScimClient } from "./scim/client.ts";
import { readTenantUrl } from "./scim/tenant-url.ts";
import { probedAttributes } from "./engine/cycle.ts";
import type { Connection } from "./engine/cycle.ts";
import { probeConnection } from "./engine/test-connection.ts";
import type { ConnectionResult } from "./engine/test-connection.ts";

export { generateDirectory } from "./directory/generate.ts";
export { loadDirectory } from "./directory/load.ts";
export type { Directory, GraphUser } from "./directory/model.ts";
export { retellStory, tellChapter } from "./directory/story.ts";
export { runCycle } from "./engine/cycle.ts";
export type { Connection, CycleOptions } from "./engine/cycle.ts";
export type { CycleReport } from "./engine/cycle-report.ts";
export { createState, loadState, saveState } from "./engine/job-state.ts";
export type { JobState } from "./engine/job-state.ts";
export { provisionOnDemand } from "./engine/on-demand.ts";
export type { OnDemandTrace } from "./engine/on-demand.ts";
export type { LogEntry } from "./engine/provisioning-log.ts";
export { loadMappingTable } from "./mapping/load.ts";
export { presets } from "./mapping/presets.ts";
export type { MappingTable } from "./mapping/model.ts";
export type { OAuthClient } from "./scim/access-tokens.ts";
export { runConformance } from "./validator/run.ts";
export type { ConformanceReport } from "./validator/run.ts";

/** Entra's Test Connection, for users and groups. Throws TenantUrlError; a bad connection is in the result. */
export async function runTestConnection(
  connection: Connection,
  mapping: MappingTable = presets.mail,
): Promise<ConnectionResult> {
  const { url, ...signIn } = connection;
  const client = openScimClient({ ...signIn, base: readTenantUrl(url).base });
  try {
    return await probeConnection(client, {
      attributes: probedAttributes(prepareMappings(mapping)),
    });
  } finally {
    client.close();
  }
}
