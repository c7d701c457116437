import { conditionFunctions } from "./condition-functions.ts";
import { dateFunctions } from "./date-functions.ts";
import type { ExpressionFunction } from "./function-table.ts";
import { listFunctions } from "./list-functions.ts";
import { replaceFunctions } from "./replace-function.ts";
import { roleFunctions } from "./role-functions.ts";
import { textFunctions } from "./text-functions.ts";

/** Every function of Entra's mapping language, by its case-sensitive name (§4.3). */
export const functions: ReadonlyMap<string, ExpressionFunction> = new Map(
  Object.entries({
    ...conditionFunctions,
    ...dateFunctions,
    ...listFunctions,
    ...replaceFunctions,
    ...roleFunctions,
    ...textFunctions,
  }),
);
