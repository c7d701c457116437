/** Nouns of the ledger's actions, in the words of the pages they are on. */
const nouns: Record<string, string> = {
  account: "Sub Account",
  asset: "Asset",
  custody: "Custody",
  recovery: "Recovery",
  user: "Directory user",
  group: "Directory group",
  membership: "Membership",
  rules: "Role assignments",
  connection: "Connection",
  organisation: "Organisation",
};

const asWords = (text: string): string => {
  const words = text.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const nounOf = (action: string): string => action.split(".", 1)[0] ?? action;

export const sayNoun = (noun: string): string => nouns[noun] ?? asWords(noun);

/** "account.role-locked" as "Role locked". */
export const sayAction = (action: string): string =>
  asWords(action.slice(nounOf(action).length + 1));

/** The ledger's actions to choose from: under each noun all of it, then each deed. Pure. */
export const actionChoices = (actions: readonly string[]) =>
  [...new Set(actions.map(nounOf))]
    .map((noun) => ({
      group: sayNoun(noun),
      items: [
        { value: noun, label: `${sayNoun(noun)}: everything` },
        ...actions
          .filter((action) => nounOf(action) === noun && action !== noun)
          .map((action) => ({ value: action, label: sayAction(action) })),
      ],
    }))
    .toSorted((one, other) => one.group.localeCompare(other.group));

/** What was chosen, as the API asks for it. */
export const readChoice = (chosen: string | undefined) =>
  chosen === undefined ? {} : chosen.includes(".") ? { action: chosen } : { noun: chosen };
