import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalText,
  hashEntry,
  hashSeal,
  packMembers,
  sealedFields,
  unpackMembers,
  type CanonicalEntry,
} from "./canonical.ts";

const value = fc.option(fc.string({ unit: "binary" }).map((text) => text.toWellFormed()));
const entry = fc.record(
  Object.fromEntries(sealedFields.map((name) => [name, value])),
) as fc.Arbitrary<CanonicalEntry>;

describe("canonical text", () => {
  test("are the same for the same values, in whatever order they were put down", () => {
    fc.assert(
      fc.property(entry, (one) => {
        const turned = Object.fromEntries(Object.entries(one).toReversed()) as CanonicalEntry;
        expect(hashEntry(turned)).toEqual(hashEntry(one));
      }),
    );
  });

  test("differ as soon as one value does", () => {
    fc.assert(
      fc.property(entry, fc.constantFrom(...sealedFields), value, (one, field, other) => {
        fc.pre(one[field] !== other);
        expect(hashEntry({ ...one, [field]: other })).not.toEqual(hashEntry(one));
      }),
    );
  });

  test("no value can pass for two, nor a null for a text", () => {
    const list = fc.array(fc.tuple(fc.constantFrom("a", "b"), value), { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(canonicalText("k", one) === canonicalText("k", other)).toBe(same);
      }),
    );
    expect(canonicalText("k", [["a", "1\nb=1:2"]])).not.toEqual(
      canonicalText("k", [
        ["a", "1"],
        ["b", "2"],
      ]),
    );
    expect(canonicalText("k", [["a", null]])).not.toEqual(canonicalText("k", [["a", ""]]));
  });
});

test("members come back as they were packed", () => {
  const member = fc.record({
    id: fc.uuid(),
    hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(fc.array(member), (members) => {
      expect(unpackMembers(packMembers(members))).toEqual(members);
    }),
  );
  expect(unpackMembers(Buffer.alloc(47))).toBeUndefined();
});

test("a seal's hash is over each of its facts", () => {
  const seal = {
    orgId: "o",
    number: 1,
    firstTransaction: "1",
    firstId: "a",
    lastTransaction: "2",
    lastId: "b",
    entries: 2,
    members: Buffer.from("m"),
    previous: Buffer.alloc(32),
    sealedAt: new Date(0),
  };
  const others = {
    orgId: "p",
    number: 2,
    firstTransaction: "0",
    firstId: "b",
    lastTransaction: "3",
    lastId: "c",
    entries: 3,
    members: Buffer.from("n"),
    previous: Buffer.alloc(32, 1),
    sealedAt: new Date(1),
  };
  for (const [name, other] of Object.entries(others))
    expect(hashSeal({ ...seal, [name]: other }), name).not.toEqual(hashSeal(seal));
});
