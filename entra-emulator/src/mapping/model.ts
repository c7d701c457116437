import type { Expression } from "../expression/parse.ts";
import type { ScopingFilter } from "../scope/scoping-filter.ts";
import type { TargetPath } from "../scim/target-path.ts";

/** One row of an attribute mapping as an administrator writes it (§4.2). */
export type MappingRow = {
  readonly type?: "Direct" | "Constant" | "Expression" | "None";
  /** The source attribute, the constant or the expression. */
  readonly source: string;
  readonly target: string;
  readonly matchingPriority?: number;
  /** Used when the source is null, and only at creation. */
  readonly defaultValue?: string;
  readonly flowType?: "Always" | "ObjectAddOnly";
  readonly targetType?: TargetType;
};

export type TargetType = "String" | "Boolean" | "Integer" | "Reference";

export type ObjectActions = {
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
};

/** The mapping of one kind of object, as written in a mapping file. */
export type ObjectMappingTable = {
  readonly enabled?: boolean;
  readonly attributes: readonly MappingRow[];
  readonly scopingFilters?: readonly ScopingFilter[];
  readonly actions?: Partial<ObjectActions>;
};

export type MappingTable = {
  readonly users: ObjectMappingTable;
  readonly groups: ObjectMappingTable;
  /** Leaving scope sends nothing; deletion at the source still does (§3.7). */
  readonly skipOutOfScopeDeletions?: boolean;
};

/** A row made ready: path and expression parsed once. */
export type Mapping = {
  readonly row: MappingRow;
  readonly path: TargetPath;
  readonly expression: Expression;
  readonly targetType: TargetType;
  readonly matchingPriority: number;
  readonly flowType: "Always" | "ObjectAddOnly";
};

export type ObjectMapping = {
  readonly enabled: boolean;
  readonly attributes: readonly Mapping[];
  /** The matching attributes in order of precedence; never empty. */
  readonly matching: readonly Mapping[];
  readonly scopingFilters: readonly ScopingFilter[];
  readonly actions: ObjectActions;
};

export type Mappings = {
  readonly users: ObjectMapping;
  readonly groups: ObjectMapping;
  readonly skipOutOfScopeDeletions: boolean;
  /** Changes whenever the table does: a changed mapping forces an initial cycle (§2.1). */
  readonly fingerprint: string;
};
