/** The types of RFC 7643 §2.3. */
export type AttributeType =
  | "string"
  | "boolean"
  | "decimal"
  | "integer"
  | "dateTime"
  | "binary"
  | "reference"
  | "complex";
/** Who may write an attribute, and when (RFC 7643 §7). */
export type Mutability = "readOnly" | "readWrite" | "immutable" | "writeOnly";
/** When an attribute is answered (RFC 7643 §7). */
export type Returned = "always" | "never" | "default" | "request";
/** Among whom a value is unique (RFC 7643 §7). */
export type Uniqueness = "none" | "server" | "global";

/** One attribute with its characteristics (RFC 7643 §2.2, §7). Plain data. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
  /** False: accepted, but left out of `/Schemas`. */
  readonly published?: boolean;
  /** True: no schema of ours declares it, so its values are kept as sent and never validated. */
  readonly undeclared?: boolean;
}

/** A schema (RFC 7643 §7). Plain data, so that one can be read from a database row. */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
  /** True of an extension: names under its URN that it does not declare are kept as sent, as those of unknown URNs are. */
  readonly open?: boolean;
}

/** A schema that a resource type adds to its own. */
export interface SchemaExtension {
  readonly schema: Schema;
  readonly required: boolean;
}

/** A kind of resource: its core schema and what extends it (RFC 7643 §6). */
export interface ResourceType {
  readonly name: string;
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly SchemaExtension[];
}
