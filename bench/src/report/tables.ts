import { judgeGoals } from "./goals.ts";
import { markdownTable, milliseconds, whole } from "./markdown.ts";
import { find, select, unique, type Report } from "./report.ts";

/** The report as Markdown. */
export const writeTables = (report: Report): string =>
  [
    "# Benchmark",
    introduction(report),
    "## Goals",
    markdownTable(["goal", "measured", ""], judgeGoals(report)),
    "## Whole sync, and other mixes of requests",
    mixes(report),
    "## Every kind of request, p50 / p99 in ms",
    ...unique(report.results.map(({ scenario }) => scenario))
      .filter((scenario) => scenario !== "fill")
      .map((scenario) => kinds(report, scenario)),
    "## Requests per second, each kind by itself",
    throughput(report),
    "## What a request costs the database",
    "Rows written are those of top-level statements: Muster's writes stand inside `with` and show in the log bytes instead.",
    facts(report, "database work", "kind"),
    "## Memory of the server, MB",
    facts(report, "memory", "when"),
    "## Kept whole",
    facts(report, "race"),
    facts(report, "walk"),
    facts(report, "one group"),
    failures(report),
  ]
    .filter((part) => part !== "")
    .join("\n\n") + "\n";

const introduction = (report: Report): string => {
  const { machine, foreignLoad: load } = report;
  return [
    `A ${report.plan} run of ${report.minutes.toFixed(1)} minutes on ${report.started.slice(0, 10)}: ${machine.cores} cores, ${machine.gigabytes} GiB, Node ${machine.node}, PostgreSQL ${machine.postgres} with fsync, synchronous_commit and full_page_writes on.`,
    `Servers, PostgreSQL and the load generator share the cores. Meanwhile other processes kept ${load.mean.toFixed(2)} cores busy on average (p50 ${load.p50.toFixed(2)}, p99 ${load.p99.toFixed(2)}). Compare within a run only: times of two runs say nothing about each other.`,
    ...report.contenders.map(({ name, description }) => `- **${name}**: ${description}`),
    ...report.retired.map(
      ({ contender, because }) => `- ${contender} took part no further: ${because}.`,
    ),
    ...report.leftOut.map((step) => `- Left out, for time: ${step}.`),
    "![chart](report.svg)",
  ].join("\n");
};

const namesOf = (report: Report) => report.contenders.map(({ name }) => name);

const mixes = (report: Report): string => {
  const slots = unique(
    report.results
      .filter(({ kind }) => kind === "all")
      .map(({ scenario, people, concurrency }) => `${scenario}|${people}|${concurrency}`),
  );
  const rows = slots.flatMap((slot) => {
    const [scenario = "", people, concurrency] = slot.split("|");
    const wanted = {
      scenario,
      people: Number(people),
      concurrency: Number(concurrency),
      kind: "all",
    };
    const floor = find(report, { ...wanted, contender: "floor" })?.perSecond;
    return select(report, wanted).map((result) => [
      scenario,
      people ?? "",
      concurrency ?? "",
      result.contender,
      whole(result.perSecond),
      floor === undefined ? "" : ((result.perSecond ?? 0) / floor).toFixed(2),
      milliseconds(result.serverCpu),
      milliseconds(result.postgresCpu),
      milliseconds(result.loadCpu),
    ]);
  });
  return markdownTable(
    [
      "mix",
      "people",
      "at once",
      "contender",
      "requests/s",
      "of the floor",
      "server CPU ms",
      "PostgreSQL CPU ms",
      "generator CPU ms",
    ],
    rows,
  );
};

const kinds = (report: Report, scenario: string): string => {
  const slots = unique(
    select(report, { scenario })
      .filter(({ p50 }) => p50 !== undefined)
      .map(({ kind, people, concurrency }) => `${kind}|${people}|${concurrency}`),
  );
  const names = namesOf(report);
  const rows = slots.map((slot) => {
    const [kind = "", people = "", concurrency = ""] = slot.split("|");
    const wanted = { scenario, kind, people: Number(people), concurrency: Number(concurrency) };
    return [
      kind,
      people,
      concurrency,
      ...names.map((contender) => {
        const result = find(report, { ...wanted, contender });
        return result?.p50 === undefined
          ? ""
          : `${milliseconds(result.p50)} / ${milliseconds(result.p99)}`;
      }),
    ];
  });
  return `### ${scenario}\n\n${markdownTable(["kind", "people", "at once", ...names], rows)}`;
};

const throughput = (report: Report): string => {
  const names = namesOf(report);
  const probes = select(report, { scenario: "probe", concurrency: 8 });
  const rows = unique(probes.map(({ kind, people }) => `${kind}|${people}`)).map((slot) => {
    const [kind = "", people = ""] = slot.split("|");
    return [
      kind,
      people,
      ...names.map((contender) =>
        whole(
          probes.find(
            (one) =>
              one.kind === kind && one.people === Number(people) && one.contender === contender,
          )?.perSecond,
        ),
      ),
    ];
  });
  return markdownTable(["kind, 8 at once", "people", ...names], rows);
};

const facts = (report: Report, topic: string, first?: string): string => {
  const found = report.facts.filter((fact) => fact.topic === topic);
  if (found.length === 0) return "";
  const fields = Object.keys(found[0]!.values).filter((field) => field !== first);
  const rows = found
    .map(({ contender, people, values }) => [
      ...(first === undefined ? [] : [String(values[first])]),
      contender,
      String(people || ""),
      ...fields.map((field) => String(values[field] ?? "")),
    ])
    .toSorted((one, other) =>
      first === undefined ? 0 : one[0]!.localeCompare(other[0]!, "en", { numeric: true }),
    );
  const heads = [...(first === undefined ? [] : [first]), "contender", "people", ...fields];
  return (first === undefined ? `### ${topic}\n\n` : "") + markdownTable(heads, rows);
};

const failures = (report: Report): string => {
  const rows = report.results
    .filter((result) => result.failures > 0)
    .map((result) => [
      result.contender,
      result.scenario,
      result.kind,
      String(result.people),
      String(result.failures),
      (result.firstFailure ?? "").replaceAll(/[|\n]/g, " ").slice(0, 160),
    ]);
  if (rows.length === 0) return "Every answer was the expected one.";
  const heads = ["contender", "scenario", "kind", "people", "wrong answers", "the first"];
  return `## Wrong answers\n\n${markdownTable(heads, rows)}`;
};
