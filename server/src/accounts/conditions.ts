/** What a rule may ask of an attribute. `is` means any of the values. */
export const operators = ["is", "starts-with", "ends-with", "domain", "present"] as const;
export type Operator = (typeof operators)[number];

/** A condition on one attribute of the person. A list of values (addresses, e-mails) meets it if any of them does. */
export type AttributeCondition = {
  /** As an administrator writes it: `userName`, `addresses.country`, `urn:…:User:department`. */
  readonly path: string;
  /** Where the person's folded document has it. */
  readonly keys: readonly string[];
  readonly operator: Operator;
  /** As written, for people. */
  readonly values: readonly string[];
  /** As compared. */
  readonly folded: readonly string[];
};

/** A person's folded document, or the parts of it that rules read. */
export type Attributes = Readonly<Record<string, unknown>>;

export const meets = (attributes: Attributes, condition: AttributeCondition): boolean => {
  const test = tests[condition.operator];
  return valuesAt(attributes, condition.keys).some((value) =>
    condition.operator === "present"
      ? value !== ""
      : condition.folded.some((operand) => test(value, operand)),
  );
};

const tests: Record<Operator, (value: string, operand: string) => boolean> = {
  is: (value, operand) => value === operand,
  "starts-with": (value, operand) => value.startsWith(operand),
  "ends-with": (value, operand) => value.endsWith(operand),
  domain: (value, operand) => value.endsWith(`@${operand.replace(/^@/, "")}`),
  present: () => true,
};

/** All values that a document has at a place, through lists, as text. */
const valuesAt = (node: unknown, [key, ...rest]: readonly string[]): string[] => {
  if (Array.isArray(node))
    return node.flatMap((item) => valuesAt(item, key === undefined ? [] : [key, ...rest]));
  if (key !== undefined)
    return typeof node === "object" && node !== null && Object.hasOwn(node, key)
      ? valuesAt((node as Attributes)[key], rest)
      : [];
  return ["string", "number", "boolean"].includes(typeof node) ? [String(node)] : [];
};

const words: Record<Operator, string> = {
  is: "is",
  "starts-with": "starts with",
  "ends-with": "ends with",
  domain: "is in the domain",
  present: "has a value",
};

/** "department is Sales or Marketing" */
export const conditionInWords = ({
  path,
  operator,
  values,
}: Pick<AttributeCondition, "path" | "operator" | "values">): string =>
  [shortName(path), words[operator], operator === "present" ? "" : values.join(" or ")]
    .filter(Boolean)
    .join(" ");

/** The last part of an extension's path: people do not read URNs. */
const shortName = (path: string): string =>
  path.startsWith("urn:") ? path.slice(path.lastIndexOf(":") + 1) : path;
