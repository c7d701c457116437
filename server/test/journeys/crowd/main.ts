import { parseArgs } from "node:util";
import { dialects, faultsOf, runCrowd, type Dialect } from "./run.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "20000" },
    dialect: { type: "string", multiple: true, default: Object.keys(dialects) },
    "members-per-patch": { type: "string", default: "1" },
  },
});

for (const dialect of values.dialect as Dialect[]) {
  const crowd = await runCrowd({
    people: Number(values.people),
    dialect,
    membersPerPatch: Number(values["members-per-patch"]),
    onProgress: (phase, done, total) => {
      if (done % 500 === 0) process.stderr.write(`\r${dialect}: ${phase} ${done} of ${total}   `);
    },
  });
  const faults = faultsOf(crowd);
  for (const { kind, requests, writes, failures, milliseconds, latency } of [
    crowd.initial,
    crowd.second,
    crowd.afresh,
  ]) {
    const sent = Object.values(requests).reduce((sum, count) => sum + count, 0);
    const seconds = milliseconds / 1000;
    say(
      `${dialect}, ${kind}: ${sent} requests (${writes} writes) in ${Math.round(seconds)} s, ${Math.round(sent / seconds)}/s, ` +
        `median ${Math.round(latency.median)} ms, slowest ${Math.round(latency.slowest)} ms, ${failures.length} failures`,
    );
  }
  say(`${dialect}: ${crowd.people} people, ${crowd.groups} groups, ${crowd.memory} MB at most`);
  for (const fault of faults) say(`WRONG: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
