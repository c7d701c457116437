import type { BulkOperation, BulkRequest, RefusedBulkOperation } from "../messages/bulk.ts";
import { bulkIdOf, referencesOf } from "./references.ts";

/** Carry out the operation `at`; or, later, add to what it created what was set aside. */
export type BulkStep =
  | {
      readonly kind: "run";
      readonly at: number;
      /** The bulkIds to set aside: what is created under them is not there yet. */
      readonly without: ReadonlySet<string>;
    }
  | { readonly kind: "complete"; readonly at: number };

/**
 * The order in which operations are carried out: that of the request, except that one which refers to what a later one
 * creates waits for it. Where operations wait for each other, one of the circle is created without the references that
 * cannot be resolved yet, and completed as soon as they can (RFC 7644 §3.7.1). A reference to nothing holds nobody up:
 * it fails when its operation is carried out.
 */
export function planBulk({ operations }: Pick<BulkRequest, "operations">): BulkStep[] {
  const creators = creatorsOf(operations);
  const needs = operations.map((operation) => neededBy(operation, creators));
  const neededFor = turnedAround(needs);
  const plan: BulkStep[] = [];
  const waiting = new Set(operations.keys());
  const incomplete = new Set<number>();

  const run = (at: number) => {
    const missing = needs[at] ?? new Set();
    const bulkIds = [...missing].map((other) => operations[other]?.bulkId ?? "");
    plan.push({ kind: "run", at, without: new Set(bulkIds) });
    waiting.delete(at);
    if (missing.size > 0) incomplete.add(at);
    for (const other of neededFor[at] ?? []) needs[other]?.delete(at);
    for (const other of incomplete)
      if (needs[other]?.size === 0) {
        incomplete.delete(other);
        plan.push({ kind: "complete", at: other });
      }
  };

  for (let [first] = waiting; first !== undefined; [first] = waiting)
    run([...waiting].find((at) => isReady(at, needs[at])) ?? onCircle(first, needs));
  return plan;
}

type Operations = BulkRequest["operations"];

/** Who creates what has a bulkId; one that is refused too, so that those who refer to it are told. */
function creatorsOf(operations: Operations): Map<string, number> {
  const creators = new Map<string, number>();
  for (const [at, { method, bulkId }] of operations.entries())
    if (method.toUpperCase() === "POST" && bulkId !== undefined && !creators.has(bulkId))
      creators.set(bulkId, at);
  return creators;
}

function neededBy(
  operation: BulkOperation | RefusedBulkOperation,
  creators: ReadonlyMap<string, number>,
): Set<number> {
  if ("refused" in operation) return new Set();
  const bulkIds = referencesOf(operation.data);
  const inPath = bulkIdOf(operation.id ?? "");
  if (inPath !== undefined) bulkIds.add(inPath);
  return new Set([...bulkIds].flatMap((bulkId) => creators.get(bulkId) ?? []));
}

function turnedAround(needs: readonly ReadonlySet<number>[]): number[][] {
  const neededFor: number[][] = needs.map(() => []);
  for (const [at, others] of needs.entries())
    for (const other of others) neededFor[other]?.push(at);
  return neededFor;
}

/** Whether it waits for nothing, but perhaps itself. */
const isReady = (at: number, needs: ReadonlySet<number> | undefined): boolean =>
  needs === undefined || needs.size === (needs.has(at) ? 1 : 0);

/** From one that waits to what it waits for, and on, until one comes again. */
function onCircle(from: number, needs: readonly ReadonlySet<number>[]): number {
  const seen = new Set<number>();
  let at = from;
  while (!seen.has(at)) {
    seen.add(at);
    [at = from] = needs[at] ?? [];
  }
  return at;
}
