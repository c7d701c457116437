import type { Query } from "#database";
import type { Transaction } from "#tenancy";

type Plan = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly Plan[];
};

/** How PostgreSQL would answer a statement: its plan's nodes, such as "Seq Scan assets" or "Index Scan assets_by_tag". */
export const explain = async (tx: Transaction, compilable: Query<unknown>): Promise<string[]> => {
  const { sql, parameters } = compilable.compile();
  return read(await tx.executeSql(`explain (format json) ${sql}`, [...parameters]));
};

/** The same of a statement that runs as it was planned once, whatever its values (`tx.keepPlans`). */
export const explainKept = async (
  tx: Transaction,
  compilable: Query<unknown>,
): Promise<string[]> => {
  const { sql, parameters } = compilable.compile();
  const values = parameters.length === 0 ? "" : `(${parameters.map(() => "null").join(", ")})`;
  tx.keepPlans();
  await tx.executeSql(`prepare kept as ${sql}`);
  const explained = await tx.executeSql(`explain (format json) execute kept${values}`);
  await tx.executeSql("deallocate kept");
  return read(explained);
};

const read = ({ rows }: { rows: unknown[] }): string[] => {
  const [{ "QUERY PLAN": plans } = { "QUERY PLAN": [] }] = rows as {
    "QUERY PLAN": { Plan: Plan }[];
  }[];
  return plans.flatMap(({ Plan: top }) => nodesOf(top));
};

const nodesOf = (plan: Plan): string[] => [
  `${plan["Node Type"]} ${plan["Index Name"] ?? plan["Relation Name"] ?? ""}`.trim(),
  ...(plan.Plans ?? []).flatMap(nodesOf),
];
