import { expectTypeOf, test } from "vitest";
import type { Group, User } from "../resource/resource.ts";
import type { ENTERPRISE_USER_SCHEMA } from "../urns.ts";

test("the static types come from the attribute entries", () => {
  expectTypeOf<User["userName"]>().toEqualTypeOf<string>();
  expectTypeOf<User["active"]>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<NonNullable<User["emails"]>[number]["primary"]>().toEqualTypeOf<
    boolean | undefined
  >();
  type Enterprise = NonNullable<User[typeof ENTERPRISE_USER_SCHEMA]>;
  expectTypeOf<NonNullable<Enterprise["manager"]>["value"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Group["displayName"]>().toEqualTypeOf<string>();
});
