import { expect, test } from "vitest";
import { leastShare, sharedSlots } from "./shared-slots.ts";

test.for([
  { slots: 16, processes: 1, cores: 1, shared: 2 },
  { slots: 16, processes: 1, cores: 2, shared: 4 },
  { slots: 16, processes: 2, cores: 2, shared: 2 },
  { slots: 16, processes: 8, cores: 2, shared: 1 },
  { slots: 16, processes: 1, cores: 4, shared: 8 },
  { slots: 16, processes: 1, cores: 64, shared: 8 },
  { slots: 16, processes: 8, cores: 64, shared: 8 },
  { slots: 1, processes: 1, cores: 1, shared: 1 },
])("$processes on $cores cores: $shared of $slots", ({ slots, processes, cores, shared }) => {
  expect(sharedSlots(slots, processes, cores)).toBe(shared);
});

test("a connection has two slots at least, of all processes together", () => {
  expect([1, 2, 8].map((processes) => leastShare(processes))).toEqual([2, 1, 1]);
});
