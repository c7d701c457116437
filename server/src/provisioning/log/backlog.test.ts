import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createBacklog } from "./backlog.ts";

/** A backlog whose writes end when they are told to. */
const createSlowBacklog = (portion: number, most: number) => {
  const written: number[][] = [];
  const ending: (() => void)[] = [];
  const backlog = createBacklog<number>({
    write: (items) => {
      written.push([...items]);
      return new Promise((resolve) => ending.push(resolve));
    },
    weigh: (item) => item,
    portion,
    most,
  });
  const endWrite = async () => {
    ending.shift()?.();
    await nextTurn();
  };
  return { backlog, written, endWrite };
};

test("everything is written once and in order, a portion at a time, however it comes", async () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 1, max: 20 }) }),
    fc.constantFrom("flush" as const, "end" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { backlog, written, endWrite } = createSlowBacklog(25, Infinity);
      const added: number[] = [];
      for (const one of steps) {
        if (one === "flush") void backlog.flush();
        else if (one === "end") await endWrite();
        else {
          added.push(one.add);
          backlog.add(one.add);
        }
      }
      const flushed = backlog.flush();
      for (const _ of added) await endWrite();
      await flushed;
      expect(written.flat()).toEqual(added);
      for (const items of written)
        expect(items.slice(0, -1).reduce((sum, item) => sum + item, 0)).toBeLessThan(25);
    }),
  );
});

test("a full portion does not wait to be asked for", () => {
  const { backlog, written } = createSlowBacklog(10, 100);
  backlog.add(9);
  expect(written).toEqual([]);
  backlog.add(1);
  expect(written).toEqual([[9, 1]]);
});

test("while nothing can be written, the oldest are given up", async () => {
  const { backlog, written, endWrite } = createSlowBacklog(10, 30);
  for (let item = 10; item <= 16; item += 1) backlog.add(item);
  await endWrite();
  await endWrite();
  await endWrite();
  expect(written).toEqual([[10], [16]]);
});

test("one that is larger than all the room is written all the same", () => {
  const { backlog, written } = createSlowBacklog(10, 30);
  backlog.add(50);
  expect(written).toEqual([[50]]);
});
