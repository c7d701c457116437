import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFairQueue, type QueueLimits } from "./fair-queue.ts";

const limits: QueueLimits = { slots: 16, shared: 8, least: 1, mostWaiting: 100, companyMs: 10_000 };

/** How many of a lone lane work at once. */
const alone = ({ slots }: QueueLimits): number => slots - Math.floor(slots / 4);

type Step =
  | { readonly do: "offer"; readonly lane: string }
  | { readonly do: "finish"; readonly nth: number }
  | { readonly do: "withdraw"; readonly nth: number };

const lane = fc.constantFrom("a", "b", "c", "d", "e");
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant("offer" as const), lane }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("finish" as const), nth: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("withdraw" as const), nth: fc.nat() }) },
  ),
  { maxLength: 300 },
);
const small = fc.record({
  slots: fc.integer({ min: 1, max: 20 }),
  shared: fc.integer({ min: 1, max: 10 }),
  least: fc.integer({ min: 1, max: 3 }),
  mostWaiting: fc.integer({ min: 1, max: 20 }),
  companyMs: fc.integer({ min: 0, max: 50 }),
});

/** Plays steps, a millisecond each, and says after each what works and what waits. */
const play = (
  given: QueueLimits,
  script: readonly Step[],
  look: (state: { working: readonly string[]; waiting: readonly string[] }, now: number) => void,
) => {
  const queue = createFairQueue<{ lane: string }>(given);
  const working: { lane: string }[] = [];
  const waiting: { lane: string }[] = [];
  const state = () => ({
    working: working.map((one) => one.lane),
    waiting: waiting.map((one) => one.lane),
  });
  const finish = (nth: number, now: number) => {
    const [ended] = working.splice(nth % working.length, 1);
    for (const ticket of queue.finish(ended!.lane, now)) {
      waiting.splice(waiting.indexOf(ticket), 1);
      working.push(ticket);
    }
  };
  let now = 0;
  for (const step of script) {
    now += 1;
    if (step.do === "offer") {
      const ticket = { lane: step.lane };
      const before = state();
      const place = queue.offer(step.lane, ticket, now);
      if (place === "working") working.push(ticket);
      if (place === "waiting") waiting.push(ticket);
      if (place === "refused")
        expect(before.waiting.filter((one) => one === step.lane)).toHaveLength(given.mostWaiting);
    } else if (step.do === "finish" && working.length > 0) finish(step.nth, now);
    else if (step.do === "withdraw" && waiting.length > 0) {
      const [gone] = waiting.splice(step.nth % waiting.length, 1);
      queue.withdraw(gone!.lane, gone!);
    }
    expect(queue.working()).toBe(working.length);
    expect(queue.waiting()).toBe(waiting.length);
    look(state(), now);
  }
  return { finish, state, now };
};

describe("whatever comes in whatever order", () => {
  test("never more are in work than there are slots, and none waits while nothing works", () => {
    fc.assert(
      fc.property(small, steps, (given, script) => {
        play(given, script, ({ working, waiting }) => {
          expect(working.length).toBeLessThanOrEqual(given.slots);
          if (working.length === 0) expect(waiting).toEqual([]);
        });
      }),
    );
  });

  test("who waits is served: with nothing new, what works and ends lets all of them in", () => {
    fc.assert(
      fc.property(small, steps, fc.infiniteStream(fc.nat()), (given, script, order) => {
        const played = play(given, script, () => {});
        let { now } = played;
        while (played.state().working.length > 0) played.finish(order.next().value, (now += 1));
        expect(played.state().waiting).toEqual([]);
      }),
    );
  });

  test("a lone lane waits only while all but the quarter for newcomers is in work", () => {
    fc.assert(
      fc.property(small, steps, (given, script) => {
        const own = script.map((step) => (step.do === "offer" ? { ...step, lane: "a" } : step));
        play(given, own, ({ working, waiting }) => {
          if (waiting.length > 0) expect(working).toHaveLength(alone(given));
        });
      }),
    );
  });
});

test("in company nobody begins more than is their share of what is shared", () => {
  fc.assert(
    fc.property(small, steps, (given, script) => {
      let before: readonly string[] = [];
      play(given, script, ({ working, waiting }) => {
        const company = new Set([...working, ...waiting]);
        const share = Math.max(given.least, Math.floor(given.shared / company.size));
        const had = countEach(before);
        if (company.size > 1)
          for (const [name, count] of countEach(working))
            if (count > (had.get(name) ?? 0)) expect(count).toBeLessThanOrEqual(share);
        before = working;
      });
    }),
  );
});

const countEach = (names: readonly string[]): Map<string, number> =>
  new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));

describe("a flood beside somebody who asks one at a time", () => {
  /** A flood that always has its queue full. */
  const flooded = (given = limits) => {
    const made = createFairQueue<string>(given);
    // Tickets are told apart: the queue keeps a set of them.
    let number = 0;
    const queue: typeof made = {
      ...made,
      offer: (name, _ticket, now) => made.offer(name, `${name} ${(number += 1)}`, now),
    };
    const fill = (now: number) => {
      while (queue.offer("flood", "", now) !== "refused");
    };
    fill(0);
    return { queue, fill };
  };

  test("alone it has all slots but a quarter", () => {
    expect(flooded().queue.working()).toBe(12);
  });

  test("whoever comes finds a free slot, at first and later", () => {
    const { queue, fill } = flooded();
    expect(queue.offer("quiet", "", 1)).toBe("working");
    queue.finish("quiet", 2);
    // The flood's requests end one by one, and it goes on until it is down to its share.
    for (let now = 3; now < 100 && queue.working() > 4; now += 1) {
      queue.finish("flood", now);
      fill(now);
    }
    for (let now = 100; now < 1000; now += 10) {
      expect(queue.offer("quiet", "", now)).toBe("working");
      fill(now);
      queue.finish("quiet", now + 1);
      queue.finish("flood", now + 2);
      expect(queue.working()).toBe(4);
    }
  });

  test("the flood goes on with its share while the other is there, and with all when it has left", () => {
    const { queue, fill } = flooded();
    queue.offer("quiet", "", 1);
    queue.finish("quiet", 2);
    for (let now = 3; now < 100 && queue.working() > 4; now += 1) queue.finish("flood", now);
    fill(20);
    expect(queue.working()).toBe(4);
    queue.finish("flood", 1 + limits.companyMs);
    expect(queue.working()).toBe(12);
  });

  test("it goes on at once, however few slots are shared", () => {
    const { queue } = flooded({ ...limits, shared: 1 });
    queue.offer("quiet", "", 1);
    for (let now = 2; now < 100 && queue.working() > 2; now += 1) queue.finish("flood", now);
    expect(queue.finish("flood", 20)).toEqual([expect.stringMatching(/^flood /)]);
  });

  test("two floods are served in turn", () => {
    const { queue } = flooded({ ...limits, slots: 1 });
    for (const _ of Array.from({ length: 50 })) queue.offer("other", "", 1);
    const served: string[] = [];
    while (served.length < 80) {
      const [next] = queue.finish(served.at(-1) ?? "flood", 2 + served.length);
      served.push(next!.split(" ", 1)[0]!);
    }
    expect(served.slice(0, 6)).toEqual(["other", "flood", "other", "flood", "other", "flood"]);
    expect(served.filter((name) => name === "other")).toHaveLength(40);
  });
});

describe("those who have not shown who they are", () => {
  const strangers = "strangers";
  const made = () => {
    const queue = createFairQueue<number>({ ...limits, least: 2 }, (lane) => lane !== strangers);
    let ticket = 0;
    const offer = (lane: string, now: number) => queue.offer(lane, (ticket += 1), now);
    const countIn = (lane: string, count: number) =>
      Array.from({ length: count }, () => offer(lane, 1)).filter((place) => place === "working")
        .length;
    return { queue, countIn };
  };

  test("take nothing from a lone lane, however many they are, and go on beside it", () => {
    const { queue, countIn } = made();
    expect(countIn("known", 1)).toBe(1);
    expect(countIn(strangers, 100)).toBe(2);
    expect(countIn("known", 100)).toBe(11);
    // One ends and the next goes on, at once.
    expect(queue.finish(strangers, 2)).toHaveLength(1);
    expect(queue.finish("known", 3)).toHaveLength(1);
    expect(queue.working()).toBe(14);
  });

  test("take nothing from lanes that share", () => {
    const { countIn } = made();
    expect([countIn("a", 1), countIn("b", 1)]).toEqual([1, 1]);
    expect(countIn(strangers, 100)).toBe(2);
    expect([countIn("a", 100), countIn("b", 100)]).toEqual([3, 3]);
  });

  test("have all slots but a quarter while nobody else is there, as after a start", () => {
    const { queue, countIn } = made();
    expect(countIn(strangers, 100)).toBe(12);
    expect(countIn("known", 1)).toBe(1);
    // They end, down to what they may have beside others.
    for (let now = 2; now < 12; now += 1) expect(queue.finish(strangers, now)).toEqual([]);
    expect(queue.finish(strangers, 12)).toHaveLength(1);
  });
});

test("how long a queue takes follows from how fast it was lately", () => {
  const queue = createFairQueue<number>({ ...limits, slots: 1 });
  for (let ticket = 0; ticket <= 100; ticket += 1) queue.offer("a", ticket, 0);
  for (let now = 100; now <= 5000; now += 100) queue.finish("a", now);
  // 50 in five seconds; 50 are left.
  expect(queue.drainSeconds("a", 5000)).toBeCloseTo(5, 1);
  for (let now = 5010; now <= 5300; now += 10) queue.finish("a", now);
  expect(queue.drainSeconds("a", 5300)).toBeLessThan(2);
});
