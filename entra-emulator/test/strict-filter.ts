export type Resource = Record<string, unknown>;

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export function isObject(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listObjects(value: unknown): Resource[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function readManager(resource: Resource): unknown {
  const extension = resource[enterprise];
  const manager = isObject(extension) ? extension["manager"] : undefined;
  return isObject(manager) ? manager["value"] : undefined;
}

/** Applies the filters Entra sends: `eq` and `and`, letter case ignored for names and display names. */
export function matchesFilter(resource: Resource, filter: string): boolean {
  const clauses = [...filter.matchAll(/(\S+|\S+\[[^\]]*\]\S*) eq ("(?:[^"\\]|\\.)*")(?: and |$)/g)];
  if (clauses.length === 0) throw new Error(`The test server cannot read the filter ${filter}`);
  return clauses.every(([, path = "", quoted = '""']) => {
    const wanted = String(JSON.parse(quoted));
    if (path === "manager") return readManager(resource) === wanted;
    if (path === "members")
      return listObjects(resource["members"]).some((member) => member["value"] === wanted);
    const actual = resource[path];
    if (typeof actual !== "string") return false;
    return path === "id" || path === "externalId"
      ? actual === wanted
      : actual.toLowerCase() === wanted.toLowerCase();
  });
}
