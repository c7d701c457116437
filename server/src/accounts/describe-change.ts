import type { Change } from "#ledger";
import type { AccountChange } from "./account-change.ts";
import { disabledBecause } from "./disabled-because.ts";
import type { DecisionInputs } from "./store/decision-inputs.ts";

type Names = Pick<DecisionInputs, "defaultRole" | "mappings">;

/** The ledger's words for a change of one account: an entry for each thing that is otherwise than before. */
export const describeChange = ({ before, after }: AccountChange, names: Names): Change[] => {
  const subject = { kind: "account", id: after.id, name: after.name };
  const entry = (action: string, sentence: string, fields: (keyof typeof after)[]): Change => ({
    action: `account.${action}`,
    sentence,
    subject,
    tenantId: after.tenantId,
    before: before ? pick(before, fields) : null,
    after: pick(after, fields),
  });
  const role = roleNames(before, names)(after.roleId);
  const because = originOf(after, names);
  if (before === undefined) {
    const disabled = after.status === "disabled" ? ", Disabled" : "";
    return [
      entry("created", `Sub Account created as ${role}, ${because}${disabled}`, [
        "status",
        "roleId",
        "roleOrigin",
        "roleGroupId",
      ]),
    ];
  }
  const changes: Change[] = [];
  if (before.status !== after.status)
    changes.push(
      after.status === "disabled"
        ? entry(
            "disabled",
            `${disabledBecause[after.statusReason]}; the role ${role} is remembered`,
            ["status", "statusReason"],
          )
        : entry("enabled", `Enabled again as ${role}, ${because}`, ["status", "statusReason"]),
    );
  const roleFields: (keyof typeof after)[] = [
    "roleId",
    "roleOrigin",
    "roleGroupId",
    "roleCondition",
  ];
  if (before.roleId !== after.roleId)
    changes.push(
      entry(
        "role-changed",
        `Role changed from ${before.roleName} to ${role}, ${because}`,
        roleFields,
      ),
    );
  else if (
    before.roleOrigin !== after.roleOrigin ||
    before.roleGroupId !== after.roleGroupId ||
    before.roleCondition !== after.roleCondition
  )
    changes.push(entry("role-reason-changed", `Still ${role}, now ${because}`, roleFields));
  const given = after.directoryRoleId;
  if (after.roleOrigin === "lock" && given !== null && before.directoryRoleId !== given)
    changes.push(
      entry(
        "drifted",
        `The directory would now give ${roleNames(before, names)(given)}; the role lock keeps ${role}`,
        ["directoryRoleId", "directoryRoleGroupId"],
      ),
    );
  if (
    before.name !== after.name ||
    before.email !== after.email ||
    before.userName !== after.userName
  )
    changes.push(
      entry("identity-changed", identitySentence(before, after), ["name", "email", "userName"]),
    );
  return changes;
};

const identitySentence = (
  before: { name: string; email: string | null },
  after: { name: string; email: string | null },
): string => {
  if (before.name !== after.name) return `Renamed from ${before.name} to ${after.name}`;
  if (before.email !== after.email)
    return `E-mail changed from ${before.email ?? "none"} to ${after.email ?? "none"}`;
  return "User name changed";
};

const roleNames =
  (before: AccountChange["before"], names: Names) =>
  (roleId: string): string => {
    if (roleId === before?.roleId) return before.roleName;
    if (roleId === before?.lockedRoleId) return before.lockedRoleName ?? "another role";
    if (roleId === names.defaultRole.roleId) return names.defaultRole.roleName ?? "another role";
    return names.mappings.find((mapping) => mapping.roleId === roleId)?.roleName ?? "another role";
  };

const originOf = (
  { roleOrigin, roleGroupId, roleCondition }: AccountChange["after"],
  names: Names,
): string => {
  switch (roleOrigin) {
    case "lock":
      return "held by a role lock";
    case "mapping":
      return roleCondition === null
        ? `as a member of ${names.mappings.find(({ groupId }) => groupId === roleGroupId)?.groupName ?? "a group"}`
        : `because ${roleCondition}`;
    case "default":
      return "the default access role";
  }
};

const pick = (from: object, fields: readonly string[]): object =>
  Object.fromEntries(
    fields.map((field) => [field, (from as Record<string, unknown>)[field] ?? null]),
  );
