import { describe, expect, test } from "vitest";
import { rhythmOf, seenInChange, seenInNewPerson, seenInProbe } from "./sightings.ts";

const minute = 60_000;
const starts = (...minutesAgo: number[]) => minutesAgo.map((ago) => new Date(1e12 - ago * minute));

describe("the rhythm of cycles", () => {
  test.each([
    ["is Entra's until enough was seen", starts(0, 30, 60), 40],
    ["is what was seen", starts(0, 30, 60, 90), 30],
    ["is not shaken by one long pause", starts(0, 40, 80, 900, 940), 40],
    ["is not shaken by somebody who tries things out", starts(0, 6, 12, 18, 24), 20],
    ["may be a day, for a job in quarantine", starts(0, 1440, 2880, 4320), 1440],
  ])("%s", (_what, seen, expected) => {
    expect(rhythmOf(seen)).toBe(expected * minute);
  });
});

describe("what is seen", () => {
  const resource = (active?: boolean) => ({ schemas: [], userName: "a", active });
  const person = (externalId: string | undefined, active = true) => ({
    document: { schemas: [], externalId },
    active,
  });

  test("in a new person: whether active is mapped", () => {
    expect(seenInNewPerson(resource())).toEqual(["active-missing"]);
    expect(seenInNewPerson(resource(true))).toEqual(["active-sent"]);
    expect(seenInNewPerson(resource(false))).toEqual(["active-sent", "created-disabled"]);
  });

  test("in a change: another externalId, not the first one; a leaver", () => {
    expect(seenInChange(person("a"), person("b"))).toEqual(["external-id-changed"]);
    expect(seenInChange(person(undefined), person("b"))).toEqual([]);
    expect(seenInChange(person("a"), person("a", false))).toEqual(["active-sent", "disabled"]);
    expect(seenInChange(person("a", false), person("a"))).toEqual(["active-sent"]);
  });

  test.each([
    ['userName eq "x"', ["matched-by-userName"]],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x"', ["matched-by-userName"]],
    ['externalId eq "x"', ["matched-by-externalId"]],
    ['emails[type eq "work"].value eq "x"', ["matched-by-mail"]],
    ['nickName eq "x"', []],
  ])("in the filter %s", (filter, expected) => {
    expect(seenInProbe(filter)).toEqual(expected);
  });
});
