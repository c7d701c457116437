import { argument, declare } from "./function-table.ts";
import { toInteger, toList, toText } from "./values.ts";

/** Multi-valued attributes. */
export const listFunctions = {
  Count: declare(1, 1, ([value = null]) => toList(value).length),
  Item: declare(
    2,
    2,
    (args) => toList(argument(args, 0))[toInteger(argument(args, 1), "Item") - 1] ?? null,
  ),
  Join: declare(2, Infinity, (args) => {
    const parts = args
      .slice(1)
      .flatMap((value) => toList(value))
      .filter((part) => part !== "");
    return parts.length === 0 ? null : parts.join(toText(argument(args, 0)) ?? "");
  }),
  RemoveDuplicates: declare(1, 1, ([value = null]) => [...new Set(toList(value))]),
  Split: declare(2, 2, (args) => {
    const text = toText(argument(args, 0));
    if (text === null) return null;
    return text.split(toText(argument(args, 1)) ?? "").filter((part) => part !== "");
  }),
};
