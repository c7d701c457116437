import type { Answer } from "../scim/client.ts";
import { isJson } from "../scim/json.ts";
import type { Json } from "../scim/json.ts";
import { enterpriseUser, listResponse } from "../scim/urns.ts";
import { failReading } from "./provisioning-error.ts";

/** A resource as the target gave it; its id is all that is certain. */
export type TargetResource = Json & { readonly id: string };

type Shape = "text" | "boolean" | "object" | "objects";

const userShapes: Readonly<Record<string, Shape>> = {
  userName: "text",
  externalId: "text",
  displayName: "text",
  title: "text",
  preferredLanguage: "text",
  active: "boolean",
  name: "object",
  meta: "object",
  emails: "objects",
  phoneNumbers: "objects",
  addresses: "objects",
  roles: "objects",
  [enterpriseUser]: "object",
};
const groupShapes: Readonly<Record<string, Shape>> = {
  displayName: "text",
  externalId: "text",
  meta: "object",
  members: "objects",
};

/** Reads a resource, as strictly as Entra's typed client does (R15, R64). Throws ProvisioningError. */
export function readResource(answer: Answer, kind: "User" | "Group"): TargetResource {
  const json = readJson(answer);
  return checkResource(json, kind, answer);
}

/** Reads a ListResponse. Throws ProvisioningError for HTML, a bare list, or a resource of the wrong shape. */
export function readList(answer: Answer, kind: "User" | "Group"): readonly TargetResource[] {
  const json = readJson(answer);
  if (!isJson(json)) throw failReading(answer, "The answer to a query is not a ListResponse.");
  const { schemas, totalResults, Resources: resources } = json;
  if (!Array.isArray(schemas) || !schemas.includes(listResponse)) {
    throw failReading(answer, "The answer to a query does not list the ListResponse schema.");
  }
  if (typeof totalResults !== "number") throw failReading(answer, "totalResults is not a number.");
  if (resources === undefined && totalResults === 0) return [];
  if (!Array.isArray(resources)) throw failReading(answer, "Resources is not a list.");
  return resources.map((resource) => checkResource(resource, kind, answer));
}

function readJson(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    throw failReading(answer, "The answer is not JSON.");
  }
}

function checkResource(json: unknown, kind: "User" | "Group", answer: Answer): TargetResource {
  if (!isJson(json)) throw failReading(answer, "The resource is not an object.");
  const { id } = json;
  if (typeof id !== "string" || id === "") throw failReading(answer, "The resource has no id.");
  for (const [attribute, shape] of Object.entries(kind === "User" ? userShapes : groupShapes)) {
    const value = json[attribute];
    if (value !== undefined && value !== null && !fits(value, shape)) {
      throw failReading(answer, `${attribute} has the wrong type.`);
    }
  }
  const enterprise = json[enterpriseUser];
  const manager = isJson(enterprise) ? enterprise["manager"] : undefined;
  if (manager !== undefined && manager !== null && !isJson(manager)) {
    throw failReading(answer, "manager must come back as an object.");
  }
  return { ...json, id };
}

function fits(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "object":
      return isJson(value);
    default:
      return Array.isArray(value) && value.every(isJson);
  }
}
