/** An attribute that a rule may ask for, and how its values are compared. */
export type RuleAttribute = {
  /** As it is written. */
  readonly path: string;
  /** Where the folded document has it. */
  readonly keys: readonly string[];
  fold(value: string): string;
};

/** Finds an attribute by its path; undefined when no person can have it. Handed in by app.ts: SCIM's paths are not ours. */
export type FindRuleAttribute = (path: string) => RuleAttribute | undefined;
