import { afterAll, expect, test } from "vitest";
import { endProducts } from "../../support/product.ts";
import { dialects, faultsOf, runCrowd, type Crowd, type Dialect } from "./run.ts";

afterAll(() => endProducts());

test.for(Object.keys(dialects) as Dialect[])(
  "400 people in the %s dialect arrive without a failure, and a second cycle writes nothing",
  async (dialect) => {
    const crowd = await runCrowd({ people: 400, dialect, membersPerPatch: 50 });
    expect(faultsOf(crowd)).toEqual([]);
    expect(crowd.initial.counts.created).toBe(crowd.expected.people + crowd.expected.groups);
    // What it looks for it would see.
    const broken: Crowd = {
      ...crowd,
      people: crowd.people - 1,
      second: { ...crowd.second, writes: 1 },
    };
    expect(faultsOf(broken)).toHaveLength(2);
  },
);
