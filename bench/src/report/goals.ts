import { find, select, unique, type Report } from "./report.ts";

/** A goal of the product, what the run measured, and whether that is enough: "met", "missed by …" or "not measured". */
type Judgement = [goal: string, measured: string, verdict: string];

/** What the run says of each goal. All but memory and correctness are ratios within the run. */
export const judgeGoals = (report: Report): Judgement[] => [
  ...syncGoals(report),
  ...growthGoals(report),
  ...groupGoals(report),
  ...memoryGoals(report),
  ...wholenessGoals(report),
];

const atLeast = (goal: string, value: number | undefined, bound: number): Judgement =>
  value === undefined || Number.isNaN(value)
    ? [goal, "", "not measured"]
    : [goal, value.toFixed(2), value >= bound ? "met" : `missed by ${(bound - value).toFixed(2)}`];

const atMost = (goal: string, value: number | undefined, bound: number): Judgement =>
  value === undefined || Number.isNaN(value)
    ? [goal, "", "not measured"]
    : [goal, value.toFixed(2), value <= bound ? "met" : `missed by ${(value - bound).toFixed(2)}`];

const syncGoals = (report: Report): Judgement[] => {
  const rates = select(report, { scenario: "sync", kind: "all", concurrency: 8 });
  const rateOf = (name: string) => rates.find(({ contender }) => contender === name)?.perSecond;
  const own = rateOf("muster") ?? NaN;
  const workers = rateOf("muster-2") ?? NaN;
  const peers = rates.filter(
    ({ contender }) => !["floor", "muster", "muster-2"].includes(contender),
  );
  const best = Math.max(...peers.map(({ perSecond }) => perSecond ?? 0));
  return [
    atLeast("whole sync ≥ 0.6 × the floor", own / (rateOf("floor") ?? NaN), 0.6),
    atLeast("whole sync with two workers ≥ the floor", workers / (rateOf("floor") ?? NaN), 1),
    atLeast(
      "whole sync ≥ 3 × the best durable peer",
      peers.length === 0 ? undefined : own / best,
      3,
    ),
  ];
};

const flatKinds = [
  "userName eq",
  "externalId eq",
  "emails eq",
  "familyName eq",
  "GET by id",
  "PATCH",
  "POST",
];

const growthGoals = (report: Report): Judgement[] => {
  const own = { scenario: "probe", contender: "muster", concurrency: 1 } as const;
  const levels = unique(select(report, own).map(({ people }) => people)).sort((a, b) => a - b);
  const [least, most] = [levels[0], levels.at(-1)];
  if (least === undefined || most === undefined || least === most) return [];
  return flatKinds.map((kind) => {
    const before = find(report, { ...own, kind, people: least })?.p50 ?? NaN;
    const after = find(report, { ...own, kind, people: most })?.p50 ?? NaN;
    return atMost(`${kind}: p50 at ${most} people ≤ 1.2 × at ${least}`, after / before, 1.2);
  });
};

const groupGoals = (report: Report): Judgement[] => {
  const all = select(report, { scenario: "one group" });
  const own = all.filter(({ contender }) => contender === "muster");
  const most = Math.max(...own.map(({ people }) => people));
  const grown = (name: string, kind: RegExp) =>
    all.filter(
      ({ contender, people, kind: asked }) =>
        contender === name && people === most && kind.test(asked),
    );
  const adds = grown("muster", /^\+100/);
  const floor = grown("floor", /^\+100/);
  const reads = grown("muster", /^GET without/);
  const middle = (results: typeof all) =>
    results.reduce((sum, { p50 }) => sum + (p50 ?? NaN), 0) / results.length;
  return [
    atMost("+100 members: p50 ≤ 2 × the floor's", middle(adds) / middle(floor), 2),
    atMost(
      "+100 members: last tenth ≤ 1.2 × the first",
      (adds.at(-1)?.p50 ?? NaN) / (adds[0]?.p50 ?? NaN),
      1.2,
    ),
    atMost(
      "GET of a group without its members: last tenth ≤ 1.2 × the first",
      (reads.at(-1)?.p50 ?? NaN) / (reads[0]?.p50 ?? NaN),
      1.2,
    ),
  ];
};

const memoryGoals = (report: Report): Judgement[] =>
  (
    [
      [20_000, 200],
      [100_000, 250],
    ] as const
  ).map(([people, bound]) => {
    const fact = report.facts.find(
      (one) => one.topic === "memory" && one.contender === "muster" && one.people === people,
    );
    const peak = fact === undefined ? undefined : Number(fact.values["peak"]);
    return atMost(`peak memory after ${people} people ≤ ${bound} MB`, peak, bound);
  });

const wholenessGoals = (report: Report): Judgement[] => {
  const own = (topic: string) =>
    report.facts.filter((fact) => fact.contender === "muster" && fact.topic === topic).at(-1)
      ?.values;
  const races = own("race");
  const walk = own("walk");
  const verdict = (isMet: boolean) => (isMet ? "met" : "missed");
  return [
    races === undefined
      ? ["30 of 30 member adds and 10 of 10 PATCHes stored, none refused", "", "not measured"]
      : [
          "30 of 30 member adds and 10 of 10 PATCHes stored, none refused",
          `${races["addsStored"]} and ${races["patchesStored"]}, ${Number(races["addsRefused"]) + Number(races["patchesRefused"])} refused`,
          verdict(
            races["addsStored"] === "30 of 30" &&
              races["patchesStored"] === "10 of 10" &&
              races["addsRefused"] === 0 &&
              races["patchesRefused"] === 0,
          ),
        ],
    walk === undefined
      ? ["a full walk without a duplicate or a gap", "", "not measured"]
      : [
          "a full walk without a duplicate or a gap",
          `${walk["seen"]} of ${walk["stored"]} seen in ${walk["seconds"]} s, ${walk["duplicates"]} twice`,
          verdict(walk["seen"] === walk["stored"] && walk["duplicates"] === 0),
        ],
  ];
};
