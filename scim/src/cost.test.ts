import { expect, test, vi } from "vitest";
import { planBulk } from "./bulk/plan-bulk.ts";
import {
  applyPatch,
  BULK_REQUEST,
  groupResourceType,
  parseBulk,
  parsePatch,
  parseResource,
  USER_SCHEMA,
  userResourceType,
} from "./index.ts";

// However busy the machine is.
vi.setConfig({ testTimeout: 180_000 });

/** Processor time of this thread in microseconds, the least of some runs: what a busy machine takes is not counted. */
const costOf = (work: () => unknown): number => {
  const runs = Array.from({ length: 5 }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  });
  return Math.min(...runs);
};

/** How many times dearer the eightfold is: about 8 for work that is linear, 64 for quadratic, 512 for cubic. */
const growth = (size: number, workOn: (size: number) => () => unknown): number => {
  const [small, large] = [workOn(size), workOn(8 * size)];
  return costOf(large) / costOf(small);
};

/** How many members of sets the work looks at, one after the other. */
const stepsThroughSets = (work: () => unknown): number => {
  const iterators = Object.getPrototypeOf(new Set().values()) as Iterator<unknown>;
  // Put back below.
  // oxlint-disable-next-line unbound-method
  const { next } = iterators;
  let steps = 0;
  iterators.next = function () {
    steps += 1;
    return next.call(this);
  };
  try {
    work();
  } finally {
    iterators.next = next;
  }
  return steps;
};

test("many elements that look alike cost as much as each of them alone", () => {
  const times = growth(2_500, (size) => {
    const emails = Array.from({ length: size }, (_, at) => ({ value: "a@x", type: `t${at}` }));
    const addresses = emails.map(({ type }) => ({ country: type }));
    const { resource } = parseResource(userResourceType, { userName: "a", emails, addresses });
    const operations = parsePatch(
      { Operations: [{ op: "add", value: { emails, addresses } }] },
      userResourceType,
    );
    return () => expect(applyPatch(resource, operations, userResourceType).changed).toBe(false);
  });
  expect(times).toBeLessThan(28);
});

test("operations of bulk that all refer to each other cost as much as their references", () => {
  const times = growth(125, (size) => {
    const ids = Array.from({ length: size }, (_, at) => `o${at}`);
    const members = ids.slice(0, size * 0.4).map((id) => ({ value: `bulkId:${id}` }));
    const bulk = parseBulk(
      {
        schemas: [BULK_REQUEST],
        Operations: ids.map((bulkId) => ({
          method: "POST",
          bulkId,
          path: "/Groups",
          data: { members },
        })),
      },
      { types: [groupResourceType], maxOperations: 1000 },
    );
    const references = size * members.length;
    expect(stepsThroughSets(() => planBulk(bulk))).toBeLessThan(4 * (size * size + references));
    return () => planBulk(bulk);
  });
  expect(times).toBeLessThan(180);
});

test.each([
  [
    "adding to a list",
    (at: number) => ({ op: "add", path: "emails", value: [{ value: `a${at}@x`, type: `t${at}` }] }),
  ],
  [
    "looking through a list",
    (at: number) => ({ op: "replace", path: `emails[type eq "t${at}"].value`, value: "b@x" }),
  ],
  ["adding to an extension", (at: number) => ({ op: "add", path: `urn:a:b:c${at}`, value: "d" })],
  ["adding extensions", (at: number) => ({ op: "add", path: `urn:a:b${at}:c`, value: "d" })],
])("%s many times is refused early, however long the list", (_what, attack) => {
  let mostTaken = 0;
  const times = growth(1_250, (size) => {
    const emails = Array.from({ length: size }, (_, at) => ({ value: `a${at}@x`, type: `t${at}` }));
    const body = { Operations: Array.from({ length: 10_000 }, (_, at) => attack(at)) };
    const operations = parsePatch(body, userResourceType);
    return () => {
      let taken = 0;
      const counted = new Proxy(operations, {
        get: (target, key, receiver) => {
          if (typeof key === "string" && /^\d+$/.test(key)) taken += 1;
          return Reflect.get(target, key, receiver) as unknown;
        },
      });
      expect(() =>
        applyPatch({ schemas: [USER_SCHEMA], userName: "a", emails }, counted, userResourceType),
      ).toThrow(/fewer of them in one PATCH/);
      mostTaken = Math.max(mostTaken, taken);
    };
  });
  expect(mostTaken).toBeLessThan(2_000);
  // Fewer are taken of a longer list, so that all of them together cost about the same.
  expect(times).toBeLessThan(5);
});
