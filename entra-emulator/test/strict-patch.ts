import { isObject, listObjects } from "./strict-filter.ts";
import type { Resource } from "./strict-filter.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** Applies a PatchOp in either dialect: the tests' own reading of RFC 7644 and of Entra's habits. */
export function applyPatch(resource: Resource, body: Resource): Resource {
  const changed = structuredClone(resource);
  for (const { op, path, value } of body["Operations"] as {
    op: string;
    path?: string;
    value?: unknown;
  }[]) {
    const verb = op.toLowerCase();
    if (path === undefined) {
      for (const [key, entry] of Object.entries(value as Resource))
        applyAt(changed, verb, key, entry);
    } else applyAt(changed, verb, path, value);
  }
  return changed;
}

function applyAt(resource: Resource, verb: string, path: string, value: unknown): void {
  if (path.startsWith(`${enterprise}:`)) {
    const extension = open(resource, enterprise);
    const attribute = path.slice(enterprise.length + 1).replace(/\.value$/, "");
    if (attribute === "manager") {
      const id = isObject(value) ? value["value"] : value;
      if (verb === "remove" || id === "" || id == null) delete extension["manager"];
      else extension["manager"] = { value: id };
    } else assign(extension, attribute, verb, value);
    return;
  }
  if (path.startsWith("members")) {
    applyMembers(resource, verb, path, value);
    return;
  }
  const filtered = /^(\w+)\[(\w+) eq "([^"]*)"\](?:\.(\w+))?$/.exec(path);
  if (filtered !== null) {
    const [, attribute = "", key = "", text = "", sub = "value"] = filtered;
    const wanted = /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : text;
    const elements = listObjects(resource[attribute]);
    resource[attribute] = elements;
    let element = elements.find((one) => one[key] === wanted);
    if (element === undefined) {
      element = { [key]: wanted };
      elements.push(element);
    }
    assign(element, sub, verb, value);
    return;
  }
  const [attribute = "", sub] = path.split(".");
  if (sub === undefined) assign(resource, attribute, verb, value);
  else assign(open(resource, attribute), sub, verb, value);
}

function assign(target: Resource, attribute: string, verb: string, value: unknown): void {
  const plain = attribute === "active" || attribute === "primary" ? toBoolean(value) : value;
  if (verb === "remove" || plain === "" || plain === null) delete target[attribute];
  else if (attribute === "roles" && Array.isArray(plain)) {
    const roles = listObjects(plain).map((role) => {
      const text = String(role["value"]);
      return text.startsWith("{") ? { value: (JSON.parse(text) as Resource)["value"] } : role;
    });
    target[attribute] = verb === "add" ? [...listObjects(target[attribute]), ...roles] : roles;
  } else target[attribute] = plain;
}

function applyMembers(resource: Resource, verb: string, path: string, value: unknown): void {
  const listed = listObjects(value).map((member) => String(member["value"]));
  const one = /value eq "([^"]*)"/.exec(path)?.[1];
  const gone = new Set(one === undefined ? listed : [one]);
  const before = listObjects(resource["members"]);
  const kept =
    verb === "replace" ? [] : before.filter((member) => !gone.has(String(member["value"])));
  resource["members"] =
    verb === "remove" ? kept : [...kept, ...listed.map((id) => ({ value: id }))];
}

function open(resource: Resource, attribute: string): Resource {
  const existing = resource[attribute];
  if (isObject(existing)) return existing;
  const created: Resource = {};
  resource[attribute] = created;
  return created;
}

function toBoolean(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (/^true$/i.test(value)) return true;
  return /^false$/i.test(value) ? false : value;
}
