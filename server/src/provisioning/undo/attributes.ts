import { isDeepStrictEqual } from "node:util";
import type { Jobs } from "#jobs";
import type { Reversal } from "#ledger";
import { changeDefinition, define, removeDefinition } from "../attributes/define.ts";
import { listDefinitions } from "../attributes/store.ts";
import { findConnection } from "../connections/store.ts";
import type { Definition } from "../dialect/definition.ts";
import { provisioningPermissions } from "../permissions.ts";
import { exclusively } from "./exclusively.ts";

type Given = Omit<Definition, "id">;

/** The definitions of a connection by their full names; null where an entry speaks of one that is not there. */
type Definitions = Readonly<Record<string, Given | null>>;

const nameOf = ({ urn, name }: Pick<Definition, "urn" | "name">): string => `${urn}:${name}`;

/** The ledger keeps ids with some: a definition that is made again has another. */
const asGiven = ({
  urn,
  name,
  type,
  multiValued,
  caseExact,
  description,
  shownAs,
}: Given): Given => ({
  urn,
  name,
  type,
  multiValued,
  caseExact,
  description,
  shownAs,
});

const givenIn = (values: Readonly<Record<string, unknown>>): Given | null =>
  values["urn"] === undefined ? null : asGiven(values as Given);

export const attributeDefinitions = (jobs: Jobs): Reversal<Definitions> => ({
  name: "connection.attributes",
  label: "Attributes",
  actions: [
    "connection.attribute-defined",
    "connection.attribute-changed",
    "connection.attribute-removed",
  ],
  permissions: [provisioningPermissions.edit],
  opening: exclusively,
  read: async (tx, connectionId) => {
    if ((await findConnection(tx, connectionId)) === undefined) return undefined;
    const definitions = await listDefinitions(tx, connectionId);
    return Object.fromEntries(definitions.map((one) => [nameOf(one), asGiven(one)]));
  },
  back: (state, entry) => {
    const [before, after] = [givenIn(entry.before), givenIn(entry.after)];
    const name = nameOf((after ?? before)!);
    return isDeepStrictEqual(state[name] ?? null, after)
      ? { state: { ...state, [name]: before } }
      : { why: "The attribute was defined otherwise since." };
  },
  consequence: () => "Everybody of the connection is read anew, in the background.",
  write: async (tx, { subjectId: connectionId, wanted, cause }) => {
    const edit = { connectionId, cause, jobs };
    const ids = new Map(
      (await listDefinitions(tx, connectionId)).map((one) => [nameOf(one), one.id]),
    );
    for (const [name, definition] of Object.entries(wanted)) {
      const id = ids.get(name);
      if (definition == null) {
        if (id !== undefined) await removeDefinition(tx, edit, id);
      } else if (id === undefined) await define(tx, edit, definition);
      else {
        const { urn: _urn, name: _name, ...change } = definition;
        await changeDefinition(tx, edit, id, change);
      }
    }
  },
});
