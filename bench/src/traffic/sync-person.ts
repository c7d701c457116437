import { idOf, type Perform } from "../load/perform.ts";
import { asks } from "./asks.ts";

const ok = { status: [200] };
const stored = { status: [200, 204] };

/** What Entra asks for each person of an initial cycle: not there yet, create, read back, correct. Gives the id. */
export const syncPerson = async (perform: Perform, index: number): Promise<string | undefined> => {
  await perform("filter userName (miss)", asks.byUserName(index), { status: [200], total: 0 });
  const id = await createPerson(perform, index);
  if (id === undefined) return undefined;
  await perform("GET", asks.read(id), ok);
  await perform("PATCH", asks.change(id, index, 1), stored);
  return id;
};

export const createPerson = async (
  perform: Perform,
  index: number,
): Promise<string | undefined> => {
  const created = await perform("POST", asks.create(index), { status: [200, 201] });
  return created === undefined ? undefined : idOf(created);
};
