/** Background work: whatever leaves the process, or takes longer than a request, goes through here after the commit. */
export { createJobs, defineJob, type JobKind, type Jobs } from "./jobs.ts";
export { computePortion } from "./portion.ts";
