import { argument, declare } from "./function-table.ts";
import { ExpressionError, toText } from "./values.ts";
import type { Value } from "./values.ts";

/**
 * Replace(source, oldValue, regexPattern, regexGroupName, replacementValue, replacementAttributeName, template):
 * what it does depends on which slots are filled.
 */
export const replaceFunctions = { Replace: declare(7, 7, replaceText) };

function replaceText(args: readonly Value[]): string | null {
  const [source, old, pattern, group, value, attribute, template] = [0, 1, 2, 3, 4, 5, 6].map(
    (index) => toText(argument(args, index)),
  );
  const replacement = value ?? attribute ?? null;

  if (isGiven(template)) {
    // Template mode: the template is filled from the source where it holds oldValue.
    if (isGiven(old)) return source == null ? null : template.replaceAll(old, source);
    if (isGiven(pattern)) return fillFromMatch(source ?? null, pattern, group ?? null, template);
    throw new ExpressionError("Replace with a template needs oldValue or a pattern.");
  }
  if (source == null) return null;
  if (isGiven(old)) {
    if (replacement === null) throw new ExpressionError("Replace needs a replacement value.");
    return source.replaceAll(old, () => replacement);
  }
  if (!isGiven(pattern)) throw new ExpressionError("Replace needs oldValue or a pattern.");
  if (replacement === null) throw new ExpressionError("Replace needs a replacement value.");
  return isGiven(group)
    ? replaceGroup(source, pattern, group, replacement)
    : source.replaceAll(compile(pattern), () => replacement);
}

function fillFromMatch(
  source: string | null,
  pattern: string,
  group: string | null,
  template: string,
): string | null {
  const match = source === null ? null : compile(pattern, "").exec(source);
  if (match === null) return null;
  const found = isGiven(group) ? (match.groups?.[group] ?? match[0]) : match[0];
  return template.replaceAll(isGiven(group) ? `{${group}}` : "{0}", () => found);
}

function replaceGroup(source: string, pattern: string, group: string, replacement: string): string {
  return source.replaceAll(compile(pattern), (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1);
    const found = (groups as Record<string, string | undefined> | undefined)?.[group];
    return found === undefined ? whole : whole.replace(found, () => replacement);
  });
}

/** .NET writes named groups as JavaScript does, and inline options as `(?i)`. */
function compile(pattern: string, flags = "g"): RegExp {
  const ignoresCase = pattern.startsWith("(?i)");
  try {
    return new RegExp(
      ignoresCase ? pattern.slice(4) : pattern,
      `u${flags}${ignoresCase ? "i" : ""}`,
    );
  } catch (error) {
    throw new ExpressionError(`Replace cannot read its pattern: ${String(error)}`);
  }
}

function isGiven(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== "";
}
