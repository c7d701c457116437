import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountChange } from "../account-change.ts";
import { judge, outcomeOf, partOf, weightiest } from "./judge.ts";
import type { AccountWrite } from "../store/accounts.ts";
import type { CurrentAccount } from "../store/decision-inputs.ts";

const write = fc.record<AccountWrite>({
  id: fc.constant("account"),
  tenantId: fc.constantFrom("north", "south"),
  userId: fc.constant("person"),
  name: fc.constantFrom("Ana", "Ana Ito"),
  email: fc.constantFrom(null, "ana@contoso.test"),
  userName: fc.constant("ana"),
  status: fc.constantFrom("active", "disabled"),
  statusReason: fc.constantFrom("directory", "moved"),
  roleId: fc.constantFrom("viewer", "editor"),
  roleOrigin: fc.constantFrom("default", "mapping", "lock"),
  roleGroupId: fc.constant(null),
  directoryRoleId: fc.constant("viewer"),
  directoryRoleGroupId: fc.constant(null),
  roleCondition: fc.constant(null),
  directoryRoleCondition: fc.constant(null),
});
const change: fc.Arbitrary<AccountChange> = fc
  .tuple(fc.option(write, { nil: undefined }), write)
  .map(([before, after]) => ({
    before: before as CurrentAccount | undefined,
    after: { ...after, tenantId: before?.tenantId ?? after.tenantId },
  }));
const changes = fc.array(change, { minLength: 1, maxLength: 3 });
const cause = fc.constantFrom("scim", "rules", "administrator", "system");

describe("judge", () => {
  test("a dry run lets nothing through but what is done by hand", () => {
    fc.assert(
      fc.property(changes, cause, fc.boolean(), fc.boolean(), (own, causeKind, isLoss, isHeld) => {
        const verdict = judge({
          mode: "dry-run",
          isGuardShut: false,
          causeKind,
          changes: own,
          isLoss,
          held: isHeld ? { isDiscarded: false, outcome: "another" } : undefined,
        });
        const isByHand = causeKind === "administrator" || causeKind === "system";
        expect(verdict).toBe(isByHand ? (isHeld ? "by-hand" : "apply") : "hold");
      }),
    );
  });

  test("live, with an open guard and nobody held, everything passes", () => {
    fc.assert(
      fc.property(changes, cause, fc.boolean(), (own, causeKind, isLoss) => {
        const judged = {
          mode: "live",
          isGuardShut: false,
          causeKind,
          changes: own,
          isLoss,
        } as const;
        expect(judge({ ...judged, held: undefined })).toBe("apply");
      }),
    );
  });

  test("a shut guard holds losses and nothing else; an edit of the rules lets nobody go", () => {
    const judged = {
      mode: "live",
      isGuardShut: true,
      changes: [{}, {}] as AccountChange[],
    } as const;
    const held = { isDiscarded: false, outcome: "x" };
    expect(judge({ ...judged, causeKind: "scim", isLoss: true, held: undefined })).toBe("hold");
    expect(judge({ ...judged, causeKind: "scim", isLoss: false, held })).toBe("apply");
    expect(judge({ ...judged, causeKind: "rules", isLoss: true, held })).toBe("hold");
    expect(judge({ ...judged, causeKind: "rules", isLoss: true, held: undefined })).toBe("apply");
  });

  test("a discarded wish stays discarded, another one does not", () => {
    fc.assert(
      fc.property(changes, fc.constantFrom("scim" as const, "rules" as const), (own, causeKind) => {
        const judged = {
          mode: "live",
          isGuardShut: false,
          causeKind,
          changes: own,
          isLoss: true,
        } as const;
        const outcome = outcomeOf(own);
        expect(judge({ ...judged, held: { isDiscarded: true, outcome } })).toBe("discarded");
        expect(judge({ ...judged, held: { isDiscarded: true, outcome: "other" } })).toBe("apply");
      }),
    );
  });
});

test("an outcome is the same in any order and under any name", () => {
  fc.assert(
    fc.property(fc.uniqueArray(change, { selector: ({ after }) => after.tenantId }), (own) => {
      const renamed = own.map(({ before, after }) => ({
        before,
        after: { ...after, name: "Else" },
      }));
      expect(outcomeOf(renamed.toReversed())).toBe(outcomeOf(own));
    }),
  );
});

test("a part of a change touches its fields only, and both parts make the whole", () => {
  fc.assert(
    fc.property(change, (whole) => {
      const [part] = partOf(whole, ["status", "statusReason"]);
      if (part === undefined) return;
      expect({ ...part.after, status: 0, statusReason: 0 }).toEqual({
        ...Object.fromEntries(
          Object.keys(part.after).map((key) => [key, part.before![key as "id"]]),
        ),
        status: 0,
        statusReason: 0,
      });
      expect(part.after.status).toBe(whole.after.status);
    }),
  );
});

test("the weightiest of several is what is said", () => {
  const base = { status: "active", roleId: "viewer", tenantId: "north" };
  const of = (after: object, before: object | undefined = base) =>
    ({ before, after: { ...base, ...after } }) as AccountChange;
  expect(
    weightiest([of({ roleId: "editor" }), of({ status: "disabled", statusReason: "directory" })]),
  ).toBe("disabled");
  expect(weightiest([of({}, undefined), of({ status: "disabled", statusReason: "moved" })])).toBe(
    "moved",
  );
  expect(weightiest([of({}), of({ status: "active" }, { ...base, status: "disabled" })])).toBe(
    "enabled",
  );
  expect(weightiest([of({ name: "x" })])).toBe("identity-changed");
});
