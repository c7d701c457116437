type Document = Record<string, unknown>;
export type Patch = {
  readonly Operations: readonly { op: string; path: string; value: unknown }[];
};

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** Applies only the paths that the traffic sends: no grammar, no schema, no errors. */
export const applyFloorPatch = (document: Document, { Operations }: Patch): Document => {
  const after = structuredClone(document);
  for (const { path, value } of Operations) {
    if (path.startsWith(enterprise))
      objectAt(after, enterprise)[path.slice(enterprise.length + 1)] = value;
    else if (path === 'emails[type eq "work"].value')
      (after["emails"] as Document[])[0]!["value"] = value;
    else if (path === "active") after["active"] = value === "True";
    else if (path.startsWith("name.")) objectAt(after, "name")[path.slice(5)] = value;
    else after[path] = value;
  }
  return after;
};

const objectAt = (document: Document, key: string): Document => (document[key] ??= {}) as Document;
