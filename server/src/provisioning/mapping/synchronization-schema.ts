import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA } from "@muster/scim";
import { expressionOf, type MappingSource } from "../entra-quirks/mapping-sources.ts";
import type { MappingRow } from "./mapping-table.ts";

type Table = { readonly users: readonly MappingRow[]; readonly groups: readonly MappingRow[] };

/**
 * The mapping as Microsoft Graph's synchronizationSchema: what Entra's "Review your schema here" takes, and
 * `PUT …/synchronization/jobs/{id}/schema`. Rows without a source are left out: a job with an unknown one does not start.
 */
export const synchronizationSchema = ({ users, groups }: Table): object => ({
  synchronizationRules: [
    {
      name: "USER_OUTBOUND_USER",
      priority: 1,
      editable: true,
      sourceDirectoryName: "Azure Active Directory",
      targetDirectoryName: "customappsso",
      objectMappings: [
        objectMapping(users, "User", ENTERPRISE_USER_SCHEMA),
        objectMapping(groups, "Group", GROUP_SCHEMA),
      ],
    },
  ],
});

const objectMapping = (rows: readonly MappingRow[], source: string, target: string) => ({
  name: `Provision Microsoft Entra ID ${source}s`,
  enabled: true,
  flowTypes: "Add, Update, Delete",
  sourceObjectName: source,
  targetObjectName: target,
  attributeMappings: rows.flatMap((row) => {
    if (row.source === null) return [];
    return {
      targetAttributeName: row.target,
      source: graphSource(row.source),
      matchingPriority: row.precedence ?? 0,
      flowType: "Always",
      flowBehavior: "FlowWhenChanged",
      defaultValue: null,
      exportMissingReferences: false,
    };
  }),
});

/** An attributeMappingSource: the expression, and the same taken apart. */
const graphSource = (source: MappingSource | null): object | null => {
  if (source === null) return null;
  const expression = expressionOf(source);
  if ("attribute" in source)
    return { expression, name: source.attribute, type: "Attribute", parameters: [] };
  if ("constant" in source)
    return { expression, name: source.constant, type: "Constant", parameters: [] };
  return {
    expression,
    name: source.function,
    type: "Function",
    parameters: source.parameters.map(([key, value]) => ({ key, value: graphSource(value) })),
  };
};
