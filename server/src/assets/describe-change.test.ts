import * as fc from "fast-check";
import { expect, test } from "vitest";
import { describeChange } from "./describe-change.ts";
import { assetFields, type AssetValues } from "./fields.ts";
import type { Choice } from "./store/choices.ts";

const empty: AssetValues = {
  tag: "AST-00001",
  name: null,
  serial: null,
  modelId: null,
  categoryId: null,
  statusId: "ready",
  locationId: null,
  purchasedOn: null,
  cost: null,
  notes: null,
};

const choice = (options: Choice["options"], id: string, name: string): [string, Choice] => [
  id,
  { options, id, name, tenantId: "t", manufacturer: null, categoryId: null, statusKind: null },
];
const choices = new Map([
  choice("statuses", "ready", "Ready to deploy"),
  choice("statuses", "repair", "In repair"),
  choice("locations", "oslo", "Oslo"),
]);

const cases: { before?: Partial<AssetValues>; after: Partial<AssetValues>; sentence: string }[] = [
  { after: { serial: "C02" }, sentence: "Serial number set to C02" },
  {
    before: { serial: "C02" },
    after: { serial: null },
    sentence: "Serial number removed, it was C02",
  },
  { before: { cost: 10 }, after: { cost: 12.5 }, sentence: "Cost changed from 10 to 12.5" },
  { after: { statusId: "repair" }, sentence: "Status changed from Ready to deploy to In repair" },
  { after: { locationId: "oslo" }, sentence: "Location set to Oslo" },
  { after: { notes: "Long text" }, sentence: "Notes changed" },
  { after: { name: "A", serial: "B" }, sentence: "Name and serial number changed" },
  { after: { name: "A", serial: "B", cost: 0 }, sentence: "Name, serial number and cost changed" },
];

test.each(cases)("$sentence", ({ before = {}, after, sentence }) => {
  const earlier = { ...empty, ...before };
  const change = describeChange(earlier, { ...earlier, ...after }, choices);
  expect(change?.sentence).toBe(sentence);
  expect(change?.after).toEqual(after);
});

test("values that stay are no change, and exactly those that do not are recorded", () => {
  const some = fc.record(
    Object.fromEntries(assetFields.map(({ key }) => [key, fc.constantFrom(null, "a", "b")])),
  ) as unknown as fc.Arbitrary<AssetValues>;
  fc.assert(
    fc.property(some, some, (before, after) => {
      const changed = assetFields.map(({ key }) => key).filter((key) => before[key] !== after[key]);
      const change = describeChange(before, after, choices);
      expect(Object.keys(change?.after ?? {})).toEqual(changed);
      expect(Object.keys(change?.before ?? {})).toEqual(changed);
    }),
  );
});
