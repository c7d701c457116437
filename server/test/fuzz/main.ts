import { parseArgs } from "node:util";
import { fuzz } from "./run.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "100000" },
    minutes: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const started = Date.now();
const { requests, seed, statuses, memory, failures, aftermath } = await fuzz({
  requests: Number(values.requests),
  seed: Number(values.seed),
  milliseconds: Number(values.minutes) * 60_000,
  onProgress: (sent) => process.stderr.write(`\r${sent} requests`),
});

const seconds = Math.round((Date.now() - started) / 1000);
const counted = [...statuses].sort(([left], [right]) => left - right);
const isFine = failures.length + aftermath.length === 0;
const lines = [
  `${requests} requests in ${seconds} s with seed ${seed}`,
  `Answers: ${counted.map(([status, count]) => `${count} × ${status}`).join(", ")}`,
  `Memory: ${memory.before} MB before, ${memory.most} MB at most`,
  ...failures.map(
    ({ fault, request }) => `\nFAILED: ${fault}\n${JSON.stringify(request, null, 2)}`,
  ),
  ...aftermath.map((sentence) => `\nAFTERWARDS: ${sentence}`),
  ...(isFine ? ["Nothing broke."] : []),
];
process.stdout.write(`\n${lines.join("\n")}\n`);
if (!isFine) process.exitCode = 1;
