import fc from "fast-check";
import { expect, test } from "vitest";
import { createBodyRoom } from "./body-room.ts";

const total = 1000;

test("alone a lane holds half of the room; in company everybody still finds some", () => {
  const room = createBodyRoom(total);
  expect(room.take("a", 500)).toBe(true);
  expect(room.take("a", 1)).toBe(false);
  expect(room.take("b", 250)).toBe(true);
  expect(room.take("b", 1)).toBe(false);
  expect(room.take("c", 100)).toBe(true);
  room.giveBack("a", 500);
  expect(room.take("b", 100)).toBe(true);
});

test("never more is held than there is, whatever is taken and given back", () => {
  const step = fc.record({
    lane: fc.constantFrom("a", "b", "c"),
    bytes: fc.integer({ min: 1, max: 600 }),
    back: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const room = createBodyRoom(total);
      const taken: { lane: string; bytes: number }[] = [];
      for (const { lane, bytes, back } of steps) {
        const given = back ? taken.shift() : undefined;
        if (given !== undefined) room.giveBack(given.lane, given.bytes);
        else if (room.take(lane, bytes)) taken.push({ lane, bytes });
        expect(taken.reduce((sum, one) => sum + one.bytes, 0)).toBeLessThanOrEqual(total);
      }
      for (const given of taken) room.giveBack(given.lane, given.bytes);
      expect(room.take("a", total / 2)).toBe(true);
    }),
  );
});
