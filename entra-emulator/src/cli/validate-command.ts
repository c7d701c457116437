import type { Command } from "commander";
import { runConformance } from "../index.ts";
import { readConnection, withConnection } from "./options.ts";
import type { ConnectionFlags } from "./options.ts";
import type { CheckResult } from "../validator/run.ts";

/** `validate`: the conformance checks. */
export function addValidateCommand(program: Command): void {
  withConnection(program.command("validate"))
    .description(
      "Check a target: Microsoft's validator (25 tests and 7 previews), the gallery kit's direct tests, Okta's SPEC test. Creates and deletes objects of its own",
    )
    .option("--json", "print the result as JSON")
    .action(async (flags: ConnectionFlags & { readonly json?: true }) => {
      const isJson = flags.json === true;
      const report = await runConformance(readConnection(flags), isJson ? undefined : printResult);
      if (isJson) console.log(JSON.stringify(report, null, 2));
      else console.log(`\n${report.passed} passed, ${report.failed} failed`);
      process.exitCode = report.SFComplianceFailed ? 1 : 0;
    });
}

function printResult(result: CheckResult): void {
  const { id, suite, title, isPassed, milliseconds, problem, turns } = result;
  const mark = isPassed ? "✓" : "✗";
  console.log(
    `${mark} ${id.padEnd(4)} ${suite.padEnd(12)} ${title}  ${Math.round(milliseconds)} ms`,
  );
  if (problem === undefined) return;
  console.log(`       ${problem}`);
  const last = turns?.at(-1);
  if (last === undefined) return;
  console.log(`       → ${last.request}`);
  if (last.requestBody !== undefined) console.log(`         ${JSON.stringify(last.requestBody)}`);
  console.log(`       ← ${last.status ?? "no answer"} ${last.answer}`);
}
