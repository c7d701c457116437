import type { CycleReport } from "../engine/cycle-report.ts";
import type { Counts } from "../engine/provisioning-log.ts";

const mostFailures = 20;

const labels: readonly (readonly [key: keyof Counts, many: string, one?: string])[] = [
  ["created", "created"],
  ["updated", "updated"],
  ["disabled", "disabled"],
  ["restored", "restored"],
  ["deleted", "deleted"],
  ["unchanged", "unchanged"],
  ["managersSet", "managers set", "manager set"],
  ["membersAdded", "members added", "member added"],
  ["membersRemoved", "members removed", "member removed"],
];

/** Tells a cycle's report in words: what was done, what was skipped and why, each failure with the server's own words. */
export function describeReport(report: CycleReport): string {
  const { counts, skipped, failures, requests, writes, latency } = report;
  const done = labels
    .filter(([key]) => counts[key] > 0)
    .map(([key, many, one = many]) => `${counts[key]} ${counts[key] === 1 ? one : many}`);
  const sent = Object.entries(requests)
    .filter(([, count]) => count > 0)
    .map(([verb, count]) => `${count} ${verb}`);
  const lines = [
    `${capitalise(report.kind)} cycle ${report.outcome} in ${(report.milliseconds / 1000).toFixed(1)} s${report.reason === undefined ? "" : `: ${report.reason}`}`,
    `  ${done.length === 0 ? "nothing to do" : done.join(", ")}`,
    ...Object.entries(skipped).map(([reason, count]) => `  ${count} skipped: ${reason}`),
    `  ${writes} ${writes === 1 ? "write" : "writes"}; requests: ${sent.join(", ")}; answers in ${latency.median.toFixed(0)} ms (median), ${latency.slowest.toFixed(0)} ms (slowest)`,
    `  ${counts.failed} failed`,
    ...failures
      .slice(0, mostFailures)
      .map(
        ({ kind, identity, action, code, detail }) =>
          `    ✗ ${action} ${kind} ${identity}: ${code}\n      ${detail}`,
      ),
  ];
  const more = failures.length - mostFailures;
  if (more > 0) lines.push(`    … and ${more} more; --log tells all`);
  return lines.join("\n");
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
