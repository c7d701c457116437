import type { Contender } from "./contender.ts";
import { floor } from "./floor.ts";
import { muster } from "./muster.ts";

const all: readonly Contender[] = [floor, muster];

/**
 * The contenders that were asked for; all of them, or in a quick run the product and the floor, when none was.
 * @throws Error naming those there are, on an unknown name
 */
export const chooseContenders = async (
  names: readonly string[] | undefined,
  isQuick: boolean,
): Promise<Contender[]> => {
  const unknown = names?.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new Error(`No contender "${unknown}": ${all.map(({ name }) => name).join(", ")}.`);
  const own = isQuick ? [floor, muster] : all;
  return names === undefined ? [...own] : all.filter(({ name }) => names.includes(name));
};
