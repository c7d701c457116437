import { expect, test } from "vitest";
import { evaluateUsers } from "../engine/source-objects.ts";
import { createState } from "../engine/job-state.ts";
import type { Directory, GraphUser } from "../directory/model.ts";
import { resolveAssignment } from "../scope/assignment.ts";
import type { ScopeMode } from "../scope/assignment.ts";
import type { MappedValue } from "./apply.ts";
import { MappingError, prepareMappings } from "./load.ts";
import type { MappingRow, MappingTable } from "./model.ts";
import { presets } from "./presets.ts";

const userName: MappingRow = { source: "mail", target: "userName", matchingPriority: 1 };
const tableOf = (...rows: readonly MappingRow[]): MappingTable => ({
  users: { attributes: [userName, ...rows] },
  groups: presets.mail.groups,
});

const map = (
  user: Partial<GraphUser>,
  table: MappingTable,
  more: Partial<Directory> = {},
  mode: ScopeMode = "all",
): readonly MappedValue[] => {
  const directory = {
    users: [{ id: "u", userPrincipalName: "u@x", ...user }],
    groups: [],
    appRoleAssignedTo: [],
    ...more,
  };
  const [evaluated] = evaluateUsers({
    directory,
    mappings: prepareMappings(table),
    assignment: resolveAssignment(directory, mode),
    state: createState(),
    now: new Date(),
  });
  return evaluated?.map() ?? [];
};

const valueAt = (values: readonly MappedValue[], target: string): unknown =>
  values.find((one) => one.path.text === target)?.value;

test("the shipped presets differ in the user name only", () => {
  const [mail, upn] = [presets.mail.users.attributes, presets.upn.users.attributes];
  expect(mail[0]).toEqual({ source: "mail", target: "userName", matchingPriority: 1 });
  expect(upn[0]).toEqual({ source: "userPrincipalName", target: "userName", matchingPriority: 1 });
  expect(mail.slice(1)).toEqual(upn.slice(1));
  expect(mail).toHaveLength(22);
  const recommended = presets.recommended.users.attributes;
  expect(recommended.filter((row, index) => row.source !== mail[index]?.source)).toEqual([
    { source: "objectId", target: "externalId" },
  ]);
});

test("mapping editor names reach Graph's attributes", () => {
  const values = map(
    {
      id: "u",
      officeLocation: "B2",
      businessPhones: ["+1", "+2"],
      mobilePhone: "+3",
      faxNumber: "+4",
    },
    presets.mail,
  );
  expect(valueAt(values, 'addresses[type eq "work"].formatted')).toBe("B2");
  expect(valueAt(values, 'phoneNumbers[type eq "work"].value')).toBe("+1");
  expect(valueAt(values, 'phoneNumbers[type eq "mobile"].value')).toBe("+3");
  expect(valueAt(values, 'phoneNumbers[type eq "fax"].value')).toBe("+4");
});

test("a default value is for creation, a constant is always there, None is nothing", () => {
  const values = map(
    {},
    tableOf(
      { source: "jobTitle", target: "title", defaultValue: "Employee" },
      { type: "Constant", source: "en-GB", target: "locale" },
      { type: "None", source: "", target: "nickName" },
      { source: "displayName", target: "displayName", flowType: "ObjectAddOnly" },
    ),
  );
  expect(values.find((one) => one.path.text === "title")).toMatchObject({
    value: null,
    defaultValue: "Employee",
  });
  expect(valueAt(values, "locale")).toBe("en-GB");
  expect(values.some((one) => one.path.text === "nickName")).toBe(false);
  expect(values.find((one) => one.path.text === "displayName")).toMatchObject({
    isForCreationOnly: true,
  });
});

test("IgnoreFlowIfNullOrEmpty takes an empty attribute out of the flow, so that nothing clears it", () => {
  const table = tableOf({
    type: "Expression",
    source: "IgnoreFlowIfNullOrEmpty([jobTitle])",
    target: "title",
  });
  expect(map({}, table).map((one) => one.path.text)).toEqual(["userName"]);
  expect(valueAt(map({ jobTitle: "Lead" }, table), "title")).toBe("Lead");
});

test.each([
  ["disabled", { accountEnabled: false }],
  ["in the recycle bin", { deletedDateTime: "2026-11-01T00:00:00Z" }],
])("IsSoftDeleted of somebody %s makes active false", (_name, user) => {
  expect(valueAt(map(user, presets.mail), "active")).toBe(false);
  expect(valueAt(map({}, presets.mail), "active")).toBe(true);
});

test("assigned is who is assigned, and the direct members of an assigned group with its roles", () => {
  const appRole = { id: "r", value: "Admin", displayName: "Admin" };
  const table = tableOf(
    {
      type: "Expression",
      source: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      target: "active",
    },
    {
      type: "Expression",
      source: "SingleAppRoleAssignment([appRoleAssignments])",
      target: 'roles[primary eq "True"].value',
    },
  );
  const group = { id: "g", displayName: "G", members: [{ id: "u" }] };
  const values = map(
    {},
    table,
    { groups: [group], appRoleAssignedTo: [{ principalId: "g", appRole }] },
    "assigned",
  );
  expect(valueAt(values, "active")).toBe(true);
  expect(valueAt(values, 'roles[primary eq "True"].value')).toBe("Admin");
  expect(valueAt(map({}, table, { groups: [group] }, "assigned"), "active")).toBe(false);
});

test.each([
  [
    "no row matches",
    {
      users: { attributes: [{ source: "mail", target: "userName" }] },
      groups: presets.mail.groups,
    },
    "matchingPriority",
  ],
  [
    "a bad path",
    tableOf({ source: "mail", target: "emails[type is work]" }),
    "users.attributes[1]",
  ],
  [
    "a bad expression",
    tableOf({ type: "Expression", source: "Join(", target: "title" }),
    "users.attributes[1]",
  ],
])("%s is a MappingError that names the place", (_name, table, place) => {
  expect(() => prepareMappings(table)).toThrow(MappingError);
  expect(() => prepareMappings(table)).toThrow(place);
});

test("a value that does not fit its target says so", () => {
  expect(() =>
    map({ displayName: "maybe" }, tableOf({ source: "displayName", target: "active" })),
  ).toThrow("True or False");
});
