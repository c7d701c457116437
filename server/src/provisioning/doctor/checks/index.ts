import type { Check } from "../check.ts";
import { arriving } from "./arriving.ts";
import { groups } from "./groups.ts";
import { people } from "./people.ts";

/** Every check, in the order in which the page shows them. */
export const checks: readonly Check[] = [...arriving, ...people, ...groups];

export const findCheck = (id: string): Check | undefined => checks.find((check) => check.id === id);
