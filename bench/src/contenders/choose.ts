import type { Contender } from "./contender.ts";
import { floor } from "./floor.ts";
import { muster, musterWithWorkers } from "./muster.ts";
import { installPeers, peers } from "./peers.ts";

const all: readonly Contender[] = [floor, muster, musterWithWorkers, ...peers];

/**
 * The contenders that were asked for; all of them, or in a quick run the product and the floor, when none was.
 * Peers are installed when they are among them.
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
  const chosen = names === undefined ? [...own] : all.filter(({ name }) => names.includes(name));
  if (chosen.some((one) => peers.includes(one))) await installPeers();
  return chosen;
};
