import { expect, test } from "vitest";
import type { AssetField } from "../api/contract.ts";
import { changedValues } from "./form-values.ts";

const field = (key: string, type: AssetField["type"]): AssetField => ({
  key,
  type,
  label: key,
  required: false,
  searchable: false,
  sortable: false,
  inList: false,
});
const fields = [field("tag", "text"), field("cost", "number"), field("notes", "textarea")];
const before = { tag: "A-1", cost: "10", notes: "" };

const cases = [
  { name: "nothing when nothing changed", after: before, sent: {} },
  { name: "a number as a number", after: { ...before, cost: "12.5" }, sent: { cost: 12.5 } },
  { name: "emptied as null", after: { ...before, cost: "" }, sent: { cost: null } },
  { name: "blanks around text not at all", after: { ...before, tag: " A-1 " }, sent: {} },
  { name: "text as typed", after: { ...before, notes: "new" }, sent: { notes: "new" } },
];

test.for(cases)("sends $name", ({ after, sent }) => {
  expect(changedValues(fields, before, after)).toEqual(sent);
});
