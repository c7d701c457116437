import { expect, test } from "vitest";
import { actionChoices, readChoice, sayAction } from "./actions.ts";

test("actions stand under their nouns, in words", () => {
  expect(actionChoices(["asset.changed", "account.role-locked", "account.created"])).toEqual([
    {
      group: "Asset",
      items: [
        { value: "asset", label: "Asset: everything" },
        { value: "asset.changed", label: "Changed" },
      ],
    },
    {
      group: "Sub Account",
      items: [
        { value: "account", label: "Sub Account: everything" },
        { value: "account.role-locked", label: "Role locked" },
        { value: "account.created", label: "Created" },
      ],
    },
  ]);
});

test("a choice is a noun or one action", () => {
  expect(readChoice(undefined)).toEqual({});
  expect(readChoice("asset")).toEqual({ noun: "asset" });
  expect(readChoice("asset.changed")).toEqual({ action: "asset.changed" });
});

test("an action nobody has named is said as it is written", () => {
  expect(sayAction("connection.client-secret-revoked")).toBe("Client secret revoked");
});
