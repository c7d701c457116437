import type { Connection } from "../engine/cycle.ts";
import { openScimClient, TransportFailure } from "../scim/client.ts";
import { readTenantUrl } from "../scim/tenant-url.ts";
import type { Check } from "./check.ts";
import { CheckFailure, startConversation } from "./conversation.ts";
import type { Turn } from "./conversation.ts";
import { galleryChecks } from "./gallery-checks.ts";
import { groupChecks } from "./group-checks.ts";
import { oktaChecks } from "./okta-checks.ts";
import { previewChecks } from "./preview-checks.ts";
import { userChecks } from "./user-checks.ts";

export type CheckResult = {
  readonly id: string;
  readonly suite: Check["suite"];
  readonly title: string;
  readonly isPassed: boolean;
  readonly milliseconds: number;
  /** Of a failed check: what did not hold, and the request and answer that showed it. */
  readonly problem?: string;
  readonly turns?: readonly Turn[];
};

export type ConformanceReport = {
  /** The name of the flag in the web validator's own result file. */
  readonly SFComplianceFailed: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly results: readonly CheckResult[];
};

/** Every check, in the order they run. */
export const checks: readonly Check[] = [
  ...userChecks,
  ...groupChecks,
  ...previewChecks,
  ...galleryChecks,
  ...oktaChecks,
];

/** Runs the conformance checks against a target, one after another, and deletes what they made. */
export async function runConformance(
  connection: Connection,
  onResult: (result: CheckResult) => void = () => {},
): Promise<ConformanceReport> {
  const { url, ...signIn } = connection;
  const client = openScimClient({ ...signIn, base: readTenantUrl(url).base });
  const results: CheckResult[] = [];
  try {
    for (const check of checks) {
      const made: string[] = [];
      const result = await runCheck(check, startConversation(client), made);
      for (const path of made.reverse()) {
        await client.send({ verb: "DELETE", path }).catch((error: unknown) => {
          // Cleaning up is a courtesy; the next check tells when the target has gone.
          if (!(error instanceof TransportFailure)) throw error;
        });
      }
      results.push(result);
      onResult(result);
    }
  } finally {
    client.close();
  }
  const failed = results.filter((result) => !result.isPassed).length;
  return { SFComplianceFailed: failed > 0, passed: results.length - failed, failed, results };
}

async function runCheck(
  check: Check,
  conversation: ReturnType<typeof startConversation>,
  made: string[],
): Promise<CheckResult> {
  const { id, suite, title } = check;
  const begun = performance.now();
  try {
    await check.run(conversation, (path) => made.push(path));
    return { id, suite, title, isPassed: true, milliseconds: performance.now() - begun };
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    const milliseconds = performance.now() - begun;
    return {
      id,
      suite,
      title,
      isPassed: false,
      milliseconds,
      problem: error.message,
      turns: conversation.turns,
    };
  }
}
