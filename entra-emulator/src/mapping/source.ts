import type { Directory, GraphGroup, GraphUser } from "../directory/model.ts";
import type { AppRole, Value } from "../expression/values.ts";

/** What the provisioning engine knows of an object beside its own attributes. */
export type Standing = {
  /** Entra's aggregate of unassigned, out of scope, disabled and in the recycle bin (§3.7). */
  readonly isSoftDeleted: boolean;
  readonly roles: readonly AppRole[];
};

/** The mapping editor's names for attributes that Graph calls otherwise (§4.1). */
const graphNames: Readonly<Record<string, string>> = {
  objectId: "id",
  originalUserPrincipalName: "userPrincipalName",
  physicalDeliveryOfficeName: "officeLocation",
  telephoneNumber: "businessPhones",
  mobile: "mobilePhone",
  facsimileTelephoneNumber: "faxNumber",
};

/** Gives the reader of a user's source attributes. References (manager) are read as object ids. */
export function readUserSource(user: GraphUser, standing: Standing): (attribute: string) => Value {
  return (attribute) => {
    switch (attribute) {
      case "IsSoftDeleted":
        return standing.isSoftDeleted ? "True" : "False";
      case "userPrincipalName":
        // A guest's name loses its marker on the way (§2.3).
        return user.userPrincipalName.replace("#EXT#", "");
      case "manager":
        return user.manager?.id ?? null;
      case "telephoneNumber":
        return toValue(user.businessPhones?.[0]);
      case "appRoleAssignments":
        return standing.roles.length === 0
          ? null
          : { kind: "roles", behaviour: "append", roles: standing.roles };
      default:
        return readAttribute(user, attribute);
    }
  };
}

/** Gives the reader of a group's source attributes; its members are not an attribute here. */
export function readGroupSource(group: GraphGroup): (attribute: string) => Value {
  return (attribute) => (attribute === "members" ? null : readAttribute(group, attribute));
}

/** Gives the app roles assigned to a principal, in the directory's order. */
export function listRoles(directory: Directory, principalIds: ReadonlySet<string>): AppRole[] {
  return directory.appRoleAssignedTo
    .filter((assignment) => principalIds.has(assignment.principalId))
    .flatMap((assignment) => assignment.appRole ?? []);
}

function readAttribute(object: GraphUser | GraphGroup, attribute: string): Value {
  const name = graphNames[attribute] ?? attribute;
  const plain = object as unknown as Readonly<Record<string, unknown>>;
  const onPremises = plain["onPremisesExtensionAttributes"] as Record<string, unknown> | undefined;
  return toValue(plain[name] ?? onPremises?.[name]);
}

function toValue(raw: unknown): Value {
  if (typeof raw === "boolean" || typeof raw === "number") return raw;
  if (typeof raw === "string") return raw === "" ? null : raw;
  if (Array.isArray(raw)) return raw.filter((entry) => typeof entry === "string");
  return null;
}
