/** What somebody may do with a noun: `accounts:view`. `session` is no permission: it asks for nothing but a session. */
export type Permission = `${string}:${string}`;

/** A noun with all that may be done with it, in words for people: rows and columns of the matrix of access roles. */
export type DeclaredNoun = {
  readonly noun: string;
  readonly label: string;
  readonly verbs: readonly {
    readonly verb: string;
    readonly permission: Permission;
    readonly label: string;
    readonly sentence: string;
  }[];
};

const declared = Symbol("declared");

/** One module's permissions by verb: `assetPermissions.view` is "assets:view". */
export type PermissionSet = { readonly [declared]: DeclaredNoun };

/**
 * Declares once what may be done with a noun. The API's guard, its description and the matrix in the console follow.
 * @param sentences by verb: what somebody who has the permission can do
 */
export const definePermissions = <const Noun extends string, const Verb extends string>(
  noun: Noun,
  label: string,
  sentences: Readonly<Record<Verb, string>>,
): { readonly [V in Verb]: `${Noun}:${V}` } & PermissionSet => {
  const verbs = (Object.keys(sentences) as Verb[]).map((verb) => ({
    verb,
    permission: `${noun}:${verb}` as const,
    label: sayVerb(verb),
    sentence: sentences[verb],
  }));
  const names = Object.fromEntries(verbs.map(({ verb, permission }) => [verb, permission]));
  return Object.assign(names as { [V in Verb]: `${Noun}:${V}` }, {
    [declared]: { noun, label, verbs },
  });
};

export const declaredIn = (set: PermissionSet): DeclaredNoun => set[declared];

/** "check-out" → "Check out" */
const sayVerb = (verb: string): string =>
  (verb.charAt(0).toUpperCase() + verb.slice(1)).replaceAll("-", " ");

/** Declared here because the ledger lies below this module. */
export const ledgerPermissions = definePermissions("ledger", "Ledger", {
  view: "See every change with its cause.",
  undo: "Take back what was done, as far as they may do it themselves.",
});

export const rolePermissions = definePermissions("roles", "Access roles", {
  view: "See what each access role may do, and who has it.",
  administer: "Make, change and delete access roles, up to what they may do themselves.",
});
