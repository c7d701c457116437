import { declare } from "./function-table.ts";
import { ExpressionError, isRoleSet } from "./values.ts";
import type { RoleSet, Value } from "./values.ts";

/** App roles, in the three forms of §3.6. */
export const roleFunctions = {
  AppRoleAssignmentsComplex: declare(1, 1, ([value = null]) => toRoles(value, "append")),
  AssertiveAppRoleAssignmentsComplex: declare(1, 1, ([value = null]) => toRoles(value, "assert")),
  SingleAppRoleAssignment: declare(
    1,
    1,
    ([value = null]) => toRoles(value, "append")?.roles[0]?.value ?? null,
  ),
};

function toRoles(value: Value, behaviour: RoleSet["behaviour"]): RoleSet | null {
  if (value === null) return null;
  if (!isRoleSet(value)) throw new ExpressionError("Only [appRoleAssignments] can be used here.");
  return { ...value, behaviour };
}
